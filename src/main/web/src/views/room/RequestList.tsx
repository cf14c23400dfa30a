import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { JoinRequest } from '../../client/membership';
import type { RoomState } from '../../state/room';
import { isolated, words } from '../../words';
import { ago } from '../../words/times';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { Avatar } from '../ui/Avatar';
import { useWork } from '../ui/useAsk';
import { usePages } from '../ui/usePages';
import { WorkButton, WorkFailure } from '../ui/WorkButton';
import { PagedSection } from './PagedSection';

/** Who asks to be let into a room, and the answer. */
export function RequestList({ room }: { room: Signal<RoomState> }) {
  const { membership } = useHome();
  const { id, requests: waiting } = room.value;
  // Whoever was answered and asks again has another time.
  const [answered, setAnswered] = useState<readonly string[]>([]);
  const nameOf = ({ user, at }: JoinRequest) => `${user} ${at}`;
  const pages = usePages(`${id} ${waiting}`, async (_asked, after) => {
    const { requests: items, next } = await membership.requests(id, after);
    return { items, next };
  });
  const m = words().membership;
  return (
    <PagedSection
      title={m.requests}
      none={m.noRequests}
      pages={pages}
      without={(request) => answered.includes(nameOf(request))}
      row={(request) => {
        const done = () => setAnswered((known) => [...known, nameOf(request)]);
        return (
          <RequestRow
            key={request.user}
            request={request}
            onAdmit={() => membership.admit(id, request.user).then(done)}
            onRefuse={() => membership.refuse(id, request.user, '').then(done)}
          />
        );
      }}
    />
  );
}

interface RowProps {
  request: JoinRequest;
  onAdmit: () => Promise<unknown>;
  onRefuse: () => Promise<unknown>;
}

function RequestRow({ request, onAdmit, onRefuse }: RowProps) {
  const work = useWork();
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
        <WorkFailure work={work} />
      </div>
      <WorkButton work={work} does={onRefuse} label={m.refuseOf(name)}>
        {m.refuse}
      </WorkButton>
      <WorkButton work={work} does={onAdmit} label={m.admitOf(name)} soft>
        {m.admit}
      </WorkButton>
    </li>
  );
}
