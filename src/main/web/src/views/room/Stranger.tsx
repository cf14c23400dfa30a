import type { Signal } from '@preact/signals';
import type { RoomState } from '../../state/room';
import { why, words } from '../../words';
import { useHome } from '../context';
import { useWork } from '../ui/useAsk';
import { Asking } from './Asking';

/** A public room seen from outside. */
export function Stranger({ room }: { room: Signal<RoomState> }) {
  const home = useHome();
  const { busy, failure, run } = useWork();
  const { id, description, join: door, asked } = room.value;
  const w = words();
  const join = async () => {
    await home.join(id);
    await home.rooms.show(id);
  };
  return (
    <div class="m-auto grid max-w-[360px] gap-4 p-8 text-center">
      {description !== '' && <bdi>{description}</bdi>}
      {door === 'request' ? (
        <Asking id={id} asked={asked} />
      ) : (
        <>
          <p class="text-soft">{failure ? why(failure) : w.joinFirst}</p>
          <p>
            <button
              type="button"
              class="button button-main"
              aria-busy={busy}
              onClick={() => run(join)}
            >
              {w.join}
            </button>
          </p>
        </>
      )}
    </div>
  );
}
