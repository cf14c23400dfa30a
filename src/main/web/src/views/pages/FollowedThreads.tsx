import { DELETED } from '../../client/people';
import type { ListedThread } from '../../state/following';
import { oneLine } from '../../state/picks';
import { why, words } from '../../words';
import { exactly, when } from '../../words/times';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { follow, paths } from '../router';
import { Count } from '../ui/Count';
import { usePages } from '../ui/usePages';
import { Page, PageNote, PageSkeletons } from './Page';

/** The threads that one follows, those first in which something was said last. */
export function FollowedThreads() {
  const { following } = useHome().threads;
  const { items, failure, busy, more } = usePages(`${following.turn.value}`, (_turn, after) =>
    following.page(after),
  );
  const w = words();
  return (
    <Page title={w.threads} lead={w.threadsLead}>
      {failure && <PageNote>{why(failure)}</PageNote>}
      {!items && !failure && <PageSkeletons />}
      {items?.length === 0 && <PageNote>{w.noThreads}</PageNote>}
      <ul class="grid gap-2" aria-label={w.threads}>
        {items?.map((one) => (
          <Row key={`${one.thread.room}/${one.thread.thread}`} listed={one} />
        ))}
      </ul>
      {more && (
        <button type="button" class="button button-plain mt-3" aria-busy={busy} onClick={more}>
          {w.moreThreads}
        </button>
      )}
    </Page>
  );
}

function Row({ listed: { thread, root } }: { listed: ListedThread }) {
  const { threads, rooms, people } = useHome();
  const now = threads.following.of(thread.room, thread.thread) ?? thread;
  const room = rooms.byId.value.get(thread.room)?.value;
  const at = Date.parse(now.at);
  const w = words();
  if (!now.following) return null;
  return (
    <li>
      <a
        href={paths.thread(thread.room, thread.thread)}
        onClick={follow}
        class="block rounded-md border border-line p-3 hover:bg-hover"
      >
        <span class="flex items-baseline gap-2 text-sm text-soft">
          <bdi class="min-w-0 truncate">{room?.name ?? ''}</bdi>
          <time class="ms-auto flex-none text-xs" dateTime={now.at} title={exactly(at)}>
            {when(at)}
          </time>
        </span>
        {root && (
          <span class="block">
            <span class="font-semibold">
              <PersonName name={people.gone(root.author.id) ? DELETED : root.author.name} />
            </span>{' '}
            <bdi class="line-clamp-2 break-words">
              {root.deleted ? w.deleted : oneLine(root.text)}
            </bdi>
          </span>
        )}
        <span class="mt-1 flex items-center gap-2 text-sm text-soft">
          <span>{now.replies === 0 ? w.noReplies : w.replies(now.replies)}</span>
          {now.mentions > 0 && <span class="text-danger">{w.mentionsOfYou(now.mentions)}</span>}
          <Count count={now.unread} label={w.unreadReplies(now.unread)} class="ms-auto" />
        </span>
      </a>
    </li>
  );
}
