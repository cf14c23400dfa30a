import { words } from '../../words';
import { useHome } from '../context';
import { useWork } from '../ui/useAsk';
import { wishToFollow } from './wishToFollow';

/** Follows a thread, or does not any more. */
export function FollowButton({ room, root }: { room: string; root: number }) {
  const { following } = useHome().threads;
  const { busy, run } = useWork();
  const known = following.of(room, root);
  const w = words();
  if (!known) return null;
  return (
    <button
      type="button"
      class={`button ${known.following ? 'button-plain' : 'button-soft'}`}
      aria-busy={busy}
      onClick={() => !busy && run(() => wishToFollow(following, room, root, !known.following))}
    >
      {known.following ? w.unfollowThread : w.followThread}
    </button>
  );
}
