import type { Parcel } from '../../state/outbox';
import { why, words } from '../../words';
import { useHome } from '../context';
import { Text } from '../text/Text';
import { Icon } from '../ui/Icon';
import { Said } from './MessageRow';
import { Quote } from './Quote';

interface Props {
  parcel: Parcel;
  first: boolean;
  last: boolean;
}

/** Something of one's own that the server has not confirmed: on its way, waiting, or refused with a reason. */
export function ParcelRow({ parcel, first, last }: Props) {
  const { me, outbox, connection, rooms } = useHome();
  const { failure, cid } = parcel;
  const queued = connection.value.is !== 'open';
  // Between two people there is but one reason not to be let write, and whose it is nobody is told.
  const direct = rooms.get(parcel.room)?.value.type === 'direct';
  const closed = direct && failure?.reason === 'FORBIDDEN';
  const w = words();
  return (
    <Said id={me.id} name={me.name} at={parcel.at} own first={first} last={last}>
      {parcel.replyTo !== undefined && <Quote seq={parcel.replyTo} />}
      <div class={failure || parcel.seq !== undefined ? '' : 'text-soft'}>
        <Text text={parcel.text} />
      </div>
      {!failure && parcel.seq === undefined && (
        <p class="flex items-center gap-1 text-xs text-faint">
          <Icon name="clock" size={14} />
          {queued ? w.queued : w.sending}
        </p>
      )}
      {failure && (
        <p class="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-danger" role="alert">
          <span class="flex items-center gap-1">
            <Icon name="alert" size={16} />
            {w.notSent} {closed ? w.cannotSend : why(failure)}
          </span>
          <button
            type="button"
            class="min-h-6 font-medium underline"
            onClick={() => outbox.retry(cid)}
          >
            {w.retry}
          </button>
          <button
            type="button"
            class="min-h-6 font-medium underline"
            onClick={() => outbox.discard(cid)}
          >
            {w.discard}
          </button>
        </p>
      )}
    </Said>
  );
}
