import { useEffect } from 'preact/hooks';
import { DELETED } from '../../client/people';
import type { ListedThread } from '../../state/following';
import { messageAt, oneLine } from '../../state/picks';
import { why, words } from '../../words';
import { exactly, when } from '../../words/times';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { follow, paths } from '../router';
import { Count } from '../ui/Count';
import { Page, PageNote, PageSkeletons } from './Page';
import { useFollowed } from './useFollowed';

/** The threads that one follows, those first in which something was said last. */
export function FollowedThreads() {
  const { rooms, threads } = useHome();
  const { items: all, failure, busy, more } = useFollowed(threads.following);
  // One may have left a room meanwhile.
  const items = all?.filter(
    ({ thread }) => !rooms.listed.value || rooms.byId.value.has(thread.room),
  );
  const w = words();
  return (
    <Page title={w.threads} lead={w.threadsLead}>
      {failure && <PageNote>{why(failure)}</PageNote>}
      {!items && !failure && <PageSkeletons />}
      {items?.length === 0 && !more && <PageNote>{w.noThreads}</PageNote>}
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

function Row({ listed: { thread, root: told } }: { listed: ListedThread }) {
  const { picks, rooms, people } = useHome();
  const room = rooms.byId.value.get(thread.room)?.value;
  const root = (room && messageAt(room, thread.thread)) ?? told;
  const wanted = room !== undefined && root === undefined;
  useEffect(() => {
    if (wanted) picks.want(thread.room, thread.thread);
  }, [wanted, thread.room, thread.thread]);
  const at = Date.parse(thread.at);
  const w = words();
  return (
    <li>
      <a
        href={paths.thread(thread.room, thread.thread)}
        onClick={follow}
        class="block rounded-md border border-line p-3 hover:bg-hover"
      >
        <span class="flex items-baseline gap-2 text-sm text-soft">
          <bdi class="min-w-0 truncate">{room?.name ?? ''}</bdi>
          <time class="ms-auto flex-none text-xs" dateTime={thread.at} title={exactly(at)}>
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
          <span>{thread.replies === 0 ? w.noReplies : w.replies(thread.replies)}</span>
          {thread.mentions > 0 && (
            <span class="text-danger">{w.mentionsOfYou(thread.mentions)}</span>
          )}
          <Count count={thread.unread} label={w.unreadReplies(thread.unread)} class="ms-auto" />
        </span>
      </a>
    </li>
  );
}
