import type { Following } from '../../state/following';
import { words } from '../../words';
import { refusedAct } from '../../words/refusals';
import { say } from '../status/toast';

/** Follows a thread, or does not any more. Where that cannot be, there is a word about it. */
export async function wishToFollow(
  following: Pick<Following, 'follow'>,
  room: string,
  root: number,
  follows: boolean,
): Promise<void> {
  try {
    const now = await following.follow(room, root, follows);
    if (follows && !now) say({ text: words().notFollowed });
  } catch (thrown) {
    say({ text: refusedAct(thrown) });
  }
}
