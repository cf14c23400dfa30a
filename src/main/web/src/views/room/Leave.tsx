import type { Signal } from '@preact/signals';
import type { RoomState } from '../../state/room';
import { isolated, why, words } from '../../words';
import { useHome } from '../context';
import { go, paths } from '../router';
import { Dialog } from '../ui/Dialog';
import { useWork } from '../ui/useAsk';

/** Asks once more before one leaves. */
export function Leave({ room, onClose }: { room: Signal<RoomState>; onClose: () => void }) {
  const home = useHome();
  const { busy, failure, run } = useWork();
  const { id, name } = room.value;
  const w = words();
  const leave = async () => {
    await home.leave(id);
    go(paths.chats, 'replace');
  };
  return (
    <Dialog title={w.leaveSure} onClose={onClose}>
      <p class="text-soft">{w.leaveText(isolated(name))}</p>
      {failure && (
        <p role="alert" class="mt-3 rounded-md bg-danger-soft p-3 text-sm text-danger">
          {why(failure)}
        </p>
      )}
      <div class="mt-5 flex justify-end gap-2">
        <button type="button" class="button button-plain" onClick={onClose}>
          {w.cancel}
        </button>
        <button
          type="button"
          class="button button-danger"
          aria-busy={busy}
          onClick={() => !busy && run(leave)}
        >
          {w.leave}
        </button>
      </div>
    </Dialog>
  );
}
