import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { JoinRequest } from '../../client/membership';
import type { RoomState } from '../../state/room';
import { isolated, words } from '../../words';
import { ago } from '../../words/times';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { Avatar } from '../ui/Avatar';
import { Field } from '../ui/Field';
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
            onRefuse={(word) => membership.refuse(id, request.user, word).then(done)}
          />
        );
      }}
    />
  );
}

interface RowProps {
  request: JoinRequest;
  onAdmit: () => Promise<unknown>;
  /** @param word for whoever is not let in; may be empty */
  onRefuse: (word: string) => Promise<unknown>;
}

function RequestRow({ request, onAdmit, onRefuse }: RowProps) {
  const work = useWork();
  const [refusing, setRefusing] = useState(false);
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
      <button
        type="button"
        class="button button-plain"
        aria-expanded={refusing}
        aria-label={m.refuseOf(name)}
        onClick={() => setRefusing(!refusing)}
      >
        {m.refuse}
      </button>
      <WorkButton work={work} does={onAdmit} label={m.admitOf(name)} soft>
        {m.admit}
      </WorkButton>
      {refusing && (
        <Refusing
          name={name}
          busy={work.busy}
          onRefuse={(word) => !work.busy && work.run(() => onRefuse(word))}
        />
      )}
    </li>
  );
}

interface RefusingProps {
  name: string;
  busy: boolean;
  onRefuse: (word: string) => void;
}

/** The last word before somebody is not let in, which need not be any. */
function Refusing({ name, busy, onRefuse }: RefusingProps) {
  const [word, setWord] = useState('');
  const form = useRef<HTMLFormElement>(null);
  // With its button, and not only the line that has the focus.
  useLayoutEffect(() => form.current?.scrollIntoView({ block: 'nearest' }), []);
  const m = words().membership;
  return (
    <form
      ref={form}
      class="grid w-full gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onRefuse(word.trim());
      }}
    >
      <Field
        label={m.refuseWord(name)}
        optional={words().optional}
        value={word}
        onInput={setWord}
        maxLength={500}
        autofocus
      />
      <button
        type="submit"
        class="button button-main justify-self-end"
        aria-busy={busy}
        aria-label={m.refuseNowOf(name)}
      >
        {m.refuseNow}
      </button>
    </form>
  );
}
