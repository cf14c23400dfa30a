import type { Message } from '../../state/room';
import { words } from '../../words';
import { exactly, when } from '../../words/times';
import { useHome } from '../context';
import { follow, paths } from '../router';
import { Count } from '../ui/Count';
import { Icon } from '../ui/Icon';
import { useTalk } from './talk';

/** How many have replied to a message in its thread, and the way there. */
export function ThreadLine({ message }: { message: Message }) {
  const { room } = useTalk();
  const { following } = useHome().threads;
  const { replies, seq } = message;
  const w = words();
  if (!replies) return null;
  const unread = following.of(room.peek().id, seq)?.unread ?? 0;
  return (
    <a
      href={paths.thread(room.peek().id, seq)}
      onClick={follow}
      class="mt-0.5 flex min-h-6 w-fit items-center gap-1 text-sm text-accent-strong hover:underline"
    >
      <Icon name="chats" size={14} />
      <span class="font-medium">{w.replies(replies.count)},</span>
      <time
        class="text-soft"
        dateTime={new Date(replies.at).toISOString()}
        title={exactly(replies.at)}
      >
        {w.lastReply(when(replies.at))}
      </time>
      <Count count={unread} label={w.unreadReplies(unread)} class="ms-1" />
    </a>
  );
}
