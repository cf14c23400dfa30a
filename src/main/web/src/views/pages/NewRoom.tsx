import { useState } from 'preact/hooks';
import type { Door, RoomHistory } from '../../client/membership';
import { words } from '../../words';
import { useHome } from '../context';
import { FaceFields, FaceRefusal } from '../room/FaceFields';
import { Option } from '../room/Option';
import { TermsFields } from '../room/TermsFields';
import { go, paths } from '../router';
import { Dialog } from '../ui/Dialog';
import { useWork } from '../ui/useAsk';

/** Makes a room. */
export function NewRoom({ onClose }: { onClose: () => void }) {
  const home = useHome();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [type, setType] = useState<'public' | 'private'>('public');
  const [history, setHistory] = useState<RoomHistory>('all');
  const [join, setJoin] = useState<Door>('open');
  const { busy, failure, run } = useWork();
  const w = words();
  const create = async () => {
    const terms = { history, join: type === 'public' ? join : 'open' } as const;
    const made = await home.create(name.trim(), description.trim(), type, terms);
    go(paths.room(made), 'replace');
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
          <Option
            group="type"
            name={w.publicRoom}
            hint={w.publicHint}
            chosen={type === 'public'}
            onChoose={() => setType('public')}
          />
          <Option
            group="type"
            name={w.privateRoom}
            hint={w.privateHint}
            chosen={type === 'private'}
            onChoose={() => setType('private')}
          />
        </fieldset>
        <TermsFields
          history={history}
          join={type === 'public' ? join : undefined}
          onHistory={setHistory}
          onJoin={setJoin}
        />
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
