import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { decides, type RoomState } from '../../state/room';
import { ends, invites, manages } from '../../state/rights';
import { words } from '../../words';
import { useHome } from '../context';
import { Dialog } from '../ui/Dialog';
import { useWork } from '../ui/useAsk';
import { Archiving } from './Archiving';
import { BanList } from './BanList';
import { Deleting } from './Deleting';
import { FaceFields, FaceRefusal } from './FaceFields';
import { Invites } from './Invites';
import { RequestList } from './RequestList';
import { SpanField } from './SpanField';
import { TermsFields } from './TermsFields';

/** In seconds. */
const PAUSES = [0, 5, 10, 30, 60, 300, 900, 3600, 21600];

/** What a room is called, is about and how slow it is; who is kept out of it, that it is archived, and its end. Of the first three only
 * what was changed here is sent. */
export function RoomSettings({ room, onClose }: { room: Signal<RoomState>; onClose: () => void }) {
  const home = useHome();
  const [before] = useState(room.peek());
  const [name, setName] = useState(before.name);
  const [description, setDescription] = useState(before.description);
  const [slowMode, setSlowMode] = useState(before.slowMode);
  const [history, setHistory] = useState(before.history);
  const [join, setJoin] = useState(before.join);
  const { busy, failure, run } = useWork();
  const { archived, role } = room.value;
  const w = words();
  const save = async () => {
    const face = {
      ...(name.trim() === before.name ? {} : { name: name.trim() }),
      ...(description.trim() === before.description ? {} : { description: description.trim() }),
      ...(slowMode === before.slowMode ? {} : { slowMode }),
      ...(history === before.history ? {} : { history }),
      ...(join === before.join || join === 'invite' ? {} : { join }),
    };
    if (Object.keys(face).length > 0) await home.managing.update(before.id, face);
    onClose();
  };
  return (
    <Dialog title={w.roomSettings} onClose={onClose}>
      {!archived && manages(role) && (
        <form
          class="mb-5 grid gap-4 border-b border-line pb-5"
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
          <SpanField
            label={w.moderation.slowMode}
            hint={w.moderation.slowModeHint}
            spans={PAUSES}
            off={w.moderation.slowModeOff}
            value={slowMode}
            onChange={(seconds) => setSlowMode(seconds ?? 0)}
          />
          <TermsFields
            history={history}
            join={join === 'invite' ? undefined : join}
            hint={history === 'all' ? w.membership.historyOpens : w.membership.historyHint}
            onHistory={setHistory}
            onJoin={setJoin}
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
      )}
      <div class="grid gap-5">
        {decides(room.value) && <RequestList room={room} />}
        {invites(role) && <Invites room={before.id} archived={archived} />}
        {manages(role) && <BanList room={before.id} />}
        {manages(role) && <Archiving room={before.id} archived={archived} />}
        {ends(role) && <Deleting room={room} />}
      </div>
    </Dialog>
  );
}
