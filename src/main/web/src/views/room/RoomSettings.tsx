import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';
import { Dialog } from '../ui/Dialog';
import { useWork } from '../ui/useAsk';
import { FaceFields, FaceRefusal } from './FaceFields';

/** Names a room and says what it is about. Only what was changed here is sent. */
export function RoomSettings({ room, onClose }: { room: Signal<RoomState>; onClose: () => void }) {
  const home = useHome();
  const [before] = useState(room.peek());
  const [name, setName] = useState(before.name);
  const [description, setDescription] = useState(before.description);
  const { busy, failure, run } = useWork();
  const w = words();
  const save = async () => {
    const face = {
      ...(name.trim() === before.name ? {} : { name: name.trim() }),
      ...(description.trim() === before.description ? {} : { description: description.trim() }),
    };
    if (Object.keys(face).length > 0) await home.managing.update(before.id, face);
    onClose();
  };
  return (
    <Dialog title={w.roomSettings} onClose={onClose}>
      <form
        class="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) run(save);
        }}
      >
        <FaceFields
          name={name}
          description={description}
          onName={setName}
          onDescription={setDescription}
          failure={failure}
        />
        <FaceRefusal failure={failure} />
        <div class="flex justify-end gap-2">
          <button type="button" class="button button-plain" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main" aria-busy={busy}>
            {busy ? w.working : w.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
