import type { Signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { JoinRequest } from '../../client/membership';
import type { RoomState } from '../../state/room';
import { isolated, why, words } from '../../words';
import { ago } from '../../words/times';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { Avatar } from '../ui/Avatar';
import { useWork } from '../ui/useAsk';

/** Who asks to be let into a room, and the answer. */
export function RequestList({ room }: { room: Signal<RoomState> }) {
  const { membership } = useHome();
  const [requests, setRequests] = useState<readonly JoinRequest[]>();
  const [next, setNext] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const { id, requests: waiting } = room.value;
  const w = words();
  const m = w.membership;
  const load = async (after?: string) => {
    try {
      const page = await membership.requests(id, after);
      setRequests((known) =>
        after === undefined ? page.requests : [...(known ?? []), ...page.requests],
      );
      setNext(page.next);
    } catch (thrown) {
      setFailure(Failure.from(thrown));
    }
  };
  useEffect(() => void load(), [id, waiting]);
  const done = (user: string) => {
    setRequests((known) => known?.filter((one) => one.user !== user));
  };
  return (
    <section aria-label={m.requests} class="grid gap-2">
      <h3 class="text-sm font-medium">{m.requests}</h3>
      {failure && <p class="text-sm text-danger">{why(failure)}</p>}
      {requests?.length === 0 && <p class="text-sm text-soft">{m.noRequests}</p>}
      <ul class="grid max-h-60 gap-1 overflow-y-auto">
        {requests?.map((request) => (
          <RequestRow
            key={request.user}
            request={request}
            onAdmit={() => membership.admit(id, request.user).then(() => done(request.user))}
            onRefuse={() => membership.refuse(id, request.user, '').then(() => done(request.user))}
          />
        ))}
      </ul>
      {next !== undefined && (
        <button type="button" class="button button-plain" onClick={() => void load(next)}>
          {w.more}
        </button>
      )}
    </section>
  );
}

interface RowProps {
  request: JoinRequest;
  onAdmit: () => Promise<unknown>;
  onRefuse: () => Promise<unknown>;
}

function RequestRow({ request, onAdmit, onRefuse }: RowProps) {
  const { busy, failure, run } = useWork();
  const m = words().membership;
  const name = isolated(request.name);
  return (
    <li class="flex flex-wrap items-center gap-3 py-1">
      <Avatar id={request.user} name={request.name} />
      <div class="min-w-0 flex-1">
        <p class="truncate">
          <PersonName name={request.name} />{' '}
          <span class="text-xs text-faint">{ago(Date.parse(request.at))}</span>
        </p>
        {request.note !== '' && (
          <p class="text-sm break-words text-soft">
            <bdi>{request.note}</bdi>
          </p>
        )}
        {failure && (
          <p role="alert" class="text-xs text-danger">
            {why(failure)}
          </p>
        )}
      </div>
      <button
        type="button"
        class="button button-plain"
        aria-busy={busy}
        aria-label={m.refuseOf(name)}
        onClick={() => !busy && run(onRefuse)}
      >
        {m.refuse}
      </button>
      <button
        type="button"
        class="button button-soft"
        aria-busy={busy}
        aria-label={m.admitOf(name)}
        onClick={() => !busy && run(onAdmit)}
      >
        {m.admit}
      </button>
    </li>
  );
}
