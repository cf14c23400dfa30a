import { why, words } from '../../words';
import { useHome } from '../context';
import { useWork } from '../ui/useAsk';

/** Follows a thread, or does not any more. */
export function FollowButton({ room, root }: { room: string; root: number }) {
  const { following } = useHome().threads;
  const { busy, failure, run } = useWork();
  const known = following.of(room, root);
  const w = words();
  if (!known) return null;
  return (
    <>
      {failure && (
        <span role="alert" class="min-w-0 truncate text-xs text-danger">
          {why(failure)}
        </span>
      )}
      <button
        type="button"
        class={`button ${known.following ? 'button-plain' : 'button-soft'}`}
        aria-busy={busy}
        onClick={() => !busy && run(() => following.follow(room, root, !known.following))}
      >
        {known.following ? w.unfollowThread : w.followThread}
      </button>
    </>
  );
}
