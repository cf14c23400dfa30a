import type { Signal } from '@preact/signals';
import type { RoomState } from '../../state/room';
import { why, words } from '../../words';
import { useHome } from '../context';
import { useWork } from '../ui/useAsk';
import { Asking } from './Asking';

/** A public room seen from outside. */
export function Stranger({ room }: { room: Signal<RoomState> }) {
  const { id, description, join: door, asked } = room.value;
  return (
    <div class="m-auto grid max-w-[360px] gap-4 p-8 text-center">
      {description !== '' && <bdi>{description}</bdi>}
      {door === 'request' ? <Asking id={id} asked={asked} /> : <Joining id={id} />}
    </div>
  );
}

/** A room that one just enters. */
function Joining({ id }: { id: string }) {
  const home = useHome();
  const { busy, failure, run } = useWork();
  const w = words();
  const join = async () => {
    await home.membership.atDoor(id, () => home.join(id));
    await home.rooms.show(id);
  };
  return (
    <>
      <p class="text-soft">{failure ? why(failure) : w.joinFirst}</p>
      <p>
        <button type="button" class="button button-main" aria-busy={busy} onClick={() => run(join)}>
          {w.join}
        </button>
      </p>
    </>
  );
}
