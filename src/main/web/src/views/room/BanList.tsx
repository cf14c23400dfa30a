import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { Banned } from '../../client/moderation';
import { isolated, why, words } from '../../words';
import { ago, moment } from '../../words/times';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { Avatar } from '../ui/Avatar';
import { useWork } from '../ui/useAsk';

/** Who is kept out of a room, until when and why, and the way back in. */
export function BanList({ room }: { room: string }) {
  const { managing } = useHome();
  const [bans, setBans] = useState<readonly Banned[]>();
  const [next, setNext] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const w = words();
  const load = async (after?: string) => {
    try {
      const page = await managing.bans(room, after);
      setBans((known) => (after === undefined ? page.bans : [...(known ?? []), ...page.bans]));
      setNext(page.next);
    } catch (thrown) {
      setFailure(Failure.from(thrown));
    }
  };
  useEffect(() => void load(), [room]);
  return (
    <section aria-label={w.moderation.bans} class="grid gap-2">
      <h3 class="text-sm font-medium">{w.moderation.bans}</h3>
      {failure && <p class="text-sm text-danger">{why(failure)}</p>}
      {bans?.length === 0 && <p class="text-sm text-soft">{w.moderation.noBans}</p>}
      <ul class="grid max-h-60 gap-1 overflow-y-auto">
        {bans?.map((banned) => (
          <BanRow
            key={banned.id}
            banned={banned}
            onLift={async () => {
              await managing.unban(room, banned.id);
              setBans((known) => known?.filter((one) => one.id !== banned.id));
            }}
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

function BanRow({ banned, onLift }: { banned: Banned; onLift: () => Promise<unknown> }) {
  const { busy, failure, run } = useWork();
  const m = words().moderation;
  const until = Date.parse(banned.until ?? '');
  const by = m.bannedBy(isolated(banned.by.name), ago(Date.parse(banned.bannedAt)));
  return (
    <li class="flex items-center gap-3 py-1">
      <Avatar id={banned.id} name={banned.name} />
      <div class="min-w-0 flex-1">
        <p class="truncate">
          <PersonName name={banned.name} />{' '}
          <span class="text-sm text-soft">
            {Number.isNaN(until) ? m.forGood : m.until(moment(until))}
          </span>
        </p>
        <p class="text-xs break-words text-faint">
          {by}
          {banned.reason !== '' && (
            <>
              {' · '}
              <bdi>{banned.reason}</bdi>
            </>
          )}
        </p>
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
        aria-label={m.liftOf(isolated(banned.name))}
        onClick={() => !busy && run(onLift)}
      >
        {m.lift}
      </button>
    </li>
  );
}
