import { useState } from 'preact/hooks';
import { words } from '../../words';
import { useHome } from '../context';
import { FaceFields, FaceRefusal } from '../room/FaceFields';
import { go, paths } from '../router';
import { Dialog } from '../ui/Dialog';
import { useWork } from '../ui/useAsk';

/** Makes a room. */
export function NewRoom({ onClose }: { onClose: () => void }) {
  const home = useHome();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [type, setType] = useState<'public' | 'private'>('public');
  const { busy, failure, run } = useWork();
  const w = words();
  const create = async () => {
    go(paths.room(await home.create(name.trim(), description.trim(), type)), 'replace');
  };
  return (
    <Dialog title={w.newRoom} onClose={onClose}>
      <form
        class="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) run(create);
        }}
      >
        <FaceFields
          name={name}
          description={description}
          onName={setName}
          onDescription={setDescription}
          failure={failure}
        />
        <fieldset class="-mx-2 grid gap-1">
          <legend class="sr-only">{w.newRoom}</legend>
          <Choice
            name={w.publicRoom}
            hint={w.publicHint}
            chosen={type === 'public'}
            onChoose={() => setType('public')}
          />
          <Choice
            name={w.privateRoom}
            hint={w.privateHint}
            chosen={type === 'private'}
            onChoose={() => setType('private')}
          />
        </fieldset>
        <FaceRefusal failure={failure} />
        <div class="flex justify-end gap-2">
          <button type="button" class="button button-plain" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main" aria-busy={busy}>
            {busy ? w.working : w.create}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  name: string;
  hint: string;
  chosen: boolean;
  onChoose: () => void;
}

function Choice({ name, hint, chosen, onChoose }: ChoiceProps) {
  return (
    <label class="flex cursor-pointer items-start gap-3 rounded-md p-2 hover:bg-hover">
      <input
        type="radio"
        name="type"
        class="mt-1 size-4 flex-none accent-accent"
        checked={chosen}
        onChange={onChoose}
      />
      <span>
        <span class="block font-medium">{name}</span>
        <span class="block text-sm text-soft">{hint}</span>
      </span>
    </label>
  );
}
