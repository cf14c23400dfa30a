import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { Invite } from '../../client/invites';
import { isolated, why, words } from '../../words';
import { moment } from '../../words/times';
import { useHome } from '../context';
import { linkOf } from '../entry/invited';
import { useWork } from '../ui/useAsk';
import { WorkButton, WorkFailure } from '../ui/WorkButton';
import { SpanField } from './SpanField';

/** In seconds. */
const LASTS = [3600, 86400, 604800, 2592000];
const PEOPLE = [1, 10, 100, 1000];

/** The links into a room: one can be made, which is shown once, and each be taken back. */
export function Invites({ room, archived }: { room: string; archived: boolean }) {
  const { managing } = useHome();
  const [links, setLinks] = useState<readonly Invite[]>([]);
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    managing.invites(room).then(setLinks, (thrown: unknown) => setFailure(Failure.from(thrown)));
  }, [room]);
  const w = words().invites;
  return (
    <section aria-label={w.title} class="grid gap-2">
      <h3 class="text-sm font-medium">{w.title}</h3>
      <p class="text-sm text-soft">{w.lead}</p>
      {!archived && <Making room={room} onMade={(made) => setLinks((known) => [...known, made])} />}
      {failure && <p class="text-sm text-danger">{why(failure)}</p>}
      {!failure && links.length === 0 && <p class="text-sm text-soft">{w.none}</p>}
      <ul class="grid max-h-60 gap-1 overflow-y-auto">
        {links.map((link) => (
          <LinkRow
            key={link.id}
            link={link}
            onRevoke={async () => {
              await managing.uninvite(room, link.id);
              setLinks((known) => known.filter((one) => one.id !== link.id));
            }}
          />
        ))}
      </ul>
    </section>
  );
}

function Making({ room, onMade }: { room: string; onMade: (made: Invite) => void }) {
  const { managing } = useHome();
  const [seconds, setSeconds] = useState(604800);
  const [uses, setUses] = useState(100);
  const [link, setLink] = useState<string>();
  const { busy, failure, run } = useWork();
  const w = words().invites;
  const make = async () => {
    const { token, invite } = await managing.invite(room, seconds, uses);
    setLink(linkOf(token));
    onMade(invite);
  };
  return (
    <div class="grid gap-2">
      <SpanField
        label={w.lasts}
        spans={LASTS}
        value={seconds}
        onChange={(chosen) => setSeconds(chosen ?? 604800)}
      />
      <label class="grid gap-1 text-sm font-medium">
        {w.people}
        <select
          class="field"
          value={String(uses)}
          onChange={(event) => setUses(Number(event.currentTarget.value))}
        >
          {PEOPLE.map((count) => (
            <option key={count} value={String(count)}>
              {count}
            </option>
          ))}
        </select>
      </label>
      {failure && (
        <p role="alert" class="text-sm text-danger">
          {why(failure)}
        </p>
      )}
      <button
        type="button"
        class="button button-plain justify-self-start"
        aria-busy={busy}
        onClick={() => !busy && run(make)}
      >
        {w.make}
      </button>
      {link !== undefined && <NewLink key={link} link={link} />}
    </div>
  );
}

/** A link that nobody can show again. */
function NewLink({ link }: { link: string }) {
  const [copied, setCopied] = useState(false);
  const w = words().invites;
  // Where there is no clipboard one selects it and copies it by hand.
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <div class="grid gap-1">
      <label class="grid gap-1 text-sm font-medium">
        {w.link}
        <input
          class="field"
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <p class="text-sm text-faint" role="status">
        {copied ? w.copied : w.once}
      </p>
      <button
        type="button"
        class="button button-plain justify-self-start"
        onClick={() => void copy()}
      >
        {w.copy}
      </button>
    </div>
  );
}

function LinkRow({ link, onRevoke }: { link: Invite; onRevoke: () => Promise<unknown> }) {
  const work = useWork();
  const w = words().invites;
  const by = isolated(link.by.name);
  const until = moment(Date.parse(link.expiresAt));
  return (
    <li class="flex items-center gap-3 py-1">
      <div class="min-w-0 flex-1 text-sm break-words">
        <p>{w.row(by, until)}</p>
        <p class="text-xs text-faint">{w.used(link.uses, link.maxUses)}</p>
        <WorkFailure work={work} />
      </div>
      <WorkButton work={work} does={onRevoke} label={w.revokeOf(by, until)}>
        {w.revoke}
      </WorkButton>
    </li>
  );
}
