import type { Signal } from '@preact/signals';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { noThread } from '../../words/refusals';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import type { Somebody } from '../people/usePerson';
import { back, paths, type ThreadAt } from '../router';
import { Icon } from '../ui/Icon';
import { useWork } from '../ui/useAsk';
import { draftIn } from './drafts';
import { FollowButton } from './FollowButton';
import { rowsOf } from './rows';
import { Talking } from './Talking';
import { TimelineRow } from './TimelineRow';
import { useAnswering } from './useAnswering';
import { useThread, type Unfolded } from './useThread';
import { useThreadRead } from './useThreadRead';
import { Writing } from './Writing';

interface Props {
  room: Signal<RoomState>;
  other: Somebody;
  where: ThreadAt;
}

const NEAR_END = 48;

/** What stands in the thread of a message; beside the conversation, or over it where there is no place beside. */
export function ThreadPanel({ room, other, where }: Props) {
  const { me } = useHome();
  const { id, since } = room.value;
  const unfolded = useThread(room, where);
  const answering = useAnswering(me.id, draftIn(id, where.root));
  const { thread, failure } = unfolded;
  const items = useRef(thread?.items);
  items.current = thread?.items;
  const said = useCallback(() => ({ items: items.current ?? [], newer: false }), []);
  const w = words();
  return (
    <aside
      aria-label={w.thread}
      class="absolute inset-0 z-10 flex w-full flex-col border-line bg-paper lg:static lg:w-96 lg:flex-none lg:border-s"
    >
      <header class="flex min-h-14 flex-none items-center gap-2 border-b border-line ps-5 pe-2">
        <h2 class="me-auto font-semibold">{w.thread}</h2>
        {thread && <FollowButton room={id} root={where.root} />}
        <button
          type="button"
          class="icon-button"
          aria-label={w.closeThread}
          onClick={() => back(paths.room(id))}
        >
          <Icon name="close" />
        </button>
      </header>
      <Talking room={room} answering={answering} thread={where.root} said={said}>
        <div class="flex min-h-0 min-w-0 flex-1 flex-col">
          {failure && (
            <div class="p-3">
              <PageNote>{noThread(failure, where.root, since)}</PageNote>
            </div>
          )}
          {!thread && !failure && <PageSkeletons />}
          {thread && <Replies room={room} unfolded={unfolded} at={where.at} />}
          {thread?.root.deleted === true && (
            <p class="border-t border-line p-4 text-center text-sm text-soft">{w.threadClosed}</p>
          )}
          {thread?.root.deleted === false && <Writing room={room} other={other} />}
        </div>
      </Talking>
    </aside>
  );
}

interface RepliesProps {
  room: Signal<RoomState>;
  unfolded: Unfolded;
  at: number | undefined;
}

function Replies({ room, unfolded: { thread, earlier }, at }: RepliesProps) {
  const { me, outbox } = useHome();
  const { busy, run } = useWork();
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const { id } = room.value;
  const root = thread?.root;
  const parcels = outbox.parcels.value.filter(
    (parcel) => parcel.room === id && parcel.thread === root?.seq,
  );
  const all = root ? rowsOf([root, ...thread.items], parcels, me.id, undefined) : [];
  const [first, ...rows] = all.map((row, index) => (index === 1 ? { ...row, first: true } : row));
  const reached = at !== undefined && thread?.items.some(({ seq }) => seq === at) === true;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && following.current) box.scrollTop = box.scrollHeight;
  }, [rows.length]);
  const newest = thread && (thread.items.at(-1)?.seq ?? thread.root.seq);
  const mark = useThreadRead(id, root?.seq, newest, () => following.current);
  useLayoutEffect(() => {
    if (!reached) return;
    following.current = false;
    scroller.current?.querySelector('.pointed')?.scrollIntoView({ block: 'center' });
  }, [at, reached]);
  const w = words();
  const count = root?.replies?.count ?? 0;
  return (
    <div
      ref={scroller}
      role="log"
      aria-label={w.thread}
      tabIndex={0}
      class="min-h-0 flex-1 overflow-x-hidden overflow-y-auto overscroll-contain pt-4 pb-2 focus-visible:-outline-offset-2"
      onScroll={({ currentTarget: box }) => {
        following.current = box.scrollHeight - box.clientHeight - box.scrollTop < NEAR_END;
        if (following.current) mark();
      }}
    >
      {first && (
        <TimelineRow room={room} row={{ ...first, last: true }} start={false} pointed={false} />
      )}
      <div class="flex items-center gap-3 px-4 py-3 text-soft md:px-6">
        <span class="text-xs font-medium">{count === 0 ? w.noReplies : w.replies(count)}</span>
        <span class="h-px flex-1 bg-line" />
      </div>
      {thread?.older === true && (
        <div class="px-4 pb-2">
          <button
            type="button"
            class="button button-plain"
            aria-busy={busy}
            onClick={() => !busy && run(earlier)}
          >
            {w.earlierReplies}
          </button>
        </div>
      )}
      {rows.map((row) => (
        <TimelineRow
          key={row.key}
          room={room}
          row={row}
          start={false}
          pointed={row.is === 'message' && row.message.seq === at}
        />
      ))}
    </div>
  );
}
