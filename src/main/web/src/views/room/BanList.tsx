import { useState } from 'preact/hooks';
import type { Banned } from '../../client/moderation';
import { isolated, words } from '../../words';
import { ago, moment } from '../../words/times';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { Avatar } from '../ui/Avatar';
import { useWork } from '../ui/useAsk';
import { usePages } from '../ui/usePages';
import { WorkButton, WorkFailure } from '../ui/WorkButton';
import { PagedSection } from './PagedSection';

/** Who is kept out of a room, until when and why, and the way back in. */
export function BanList({ room }: { room: string }) {
  const { managing } = useHome();
  const [lifted, setLifted] = useState<readonly string[]>([]);
  const pages = usePages(room, async (_asked, after) => {
    const { bans: items, next } = await managing.bans(room, after);
    return { items, next };
  });
  const m = words().moderation;
  return (
    <PagedSection
      title={m.bans}
      none={m.noBans}
      pages={pages}
      without={({ id }) => lifted.includes(id)}
      row={(banned) => (
        <BanRow
          key={banned.id}
          banned={banned}
          onLift={async () => {
            await managing.unban(room, banned.id);
            setLifted((known) => [...known, banned.id]);
          }}
        />
      )}
    />
  );
}

function BanRow({ banned, onLift }: { banned: Banned; onLift: () => Promise<unknown> }) {
  const work = useWork();
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
        <WorkFailure work={work} />
      </div>
      <WorkButton work={work} does={onLift} label={m.liftOf(isolated(banned.name))}>
        {m.lift}
      </WorkButton>
    </li>
  );
}
