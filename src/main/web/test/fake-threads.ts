import { Refusal, type Command } from './fake-commands';
import { current, messageIn, readable } from './fake-picks';
import type { FakeRoom } from './fake-room';

/** The place of the message in whose thread something is to stand. */
export function rooted(log: FakeRoom, thread: unknown): number | undefined {
  if (thread === undefined) return undefined;
  const root = log.entries.find((one) => one.seq === thread && one.kind === 'message');
  if (!root || root.thread !== undefined) {
    throw new Refusal(4000, 'INVALID field=thread: must be the seq of a message of this room');
  }
  if (current(log, root).state?.deleted) {
    throw new Refusal(4100, 'GONE field=thread: the first message of this thread was deleted');
  }
  return root.seq;
}

/** What stands in a thread; in pages that end before a place. */
export const unfold: Command = (server, user, body) => {
  const log = readable(server, user, body);
  const root = messageIn(log, body.target);
  if (root.thread !== undefined) throw new Refusal(4040, 'NOT_FOUND: there is no such message');
  const before = typeof body.before === 'number' ? body.before : Infinity;
  const all = log.entries.filter(({ thread }) => thread === root.seq);
  const there = all.filter(({ seq }) => seq < before);
  const entries = there
    .slice(-Number(body.limit ?? 50))
    .map((entry) => current(log, entry, user.id));
  return {
    root,
    entries,
    older: entries.length < there.length,
    newer: there.length < all.length,
    asOf: { seq: log.head, n: 0, cursor: log.cursor() },
  };
};
