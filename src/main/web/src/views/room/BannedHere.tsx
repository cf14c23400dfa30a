import type { Failure } from '../../client/failure';
import { words } from '../../words';
import { moment } from '../../words/times';
import { follow, paths } from '../router';

const WHY = /^[^:]*: ([^]*)$/;

/** In the place of a room that one is banned from: until when, and why, as far as that was said. */
export function BannedHere({ failure }: { failure: Failure }) {
  const m = words().moderation;
  const until = Date.parse(failure.details.until ?? '');
  const reason = WHY.exec(failure.detail)?.[1] ?? '';
  return (
    <div role="status" class="m-auto grid max-w-[400px] gap-3 p-8 text-center">
      <h1 class="text-lg font-semibold">{m.bannedHere}</h1>
      <p class="text-soft">
        {Number.isNaN(until) ? m.bannedForGood : m.bannedUntil(moment(until))}
      </p>
      {reason !== '' && (
        <p class="rounded-md bg-side p-3 break-words">
          <bdi>{reason}</bdi>
        </p>
      )}
      <p>
        <a class="button button-plain" href={paths.chats} onClick={follow}>
          {m.toChats}
        </a>
      </p>
    </div>
  );
}
