import type { Entry, Person, Reaction } from '../src/client/protocol';
import { Refusal, type Body, type Command } from './fake-commands';
import { writing } from './fake-moderation';
import { messageIn, readable } from './fake-picks';
import type { FakeRoom } from './fake-room';
import type { FakeServer } from './fake-server';

const MOST_EMOJI = 20;
const PICTURE =
  /^(?:\p{RI}\p{RI}|\p{Emoji}\uFE0F?[\u{1F3FB}-\u{1F3FF}]?(?:\u200D\p{Emoji}\uFE0F?)*)$/u;

/** Who has given which emoji to a message, in the order in which they were first given. */
function given(log: FakeRoom, target: number): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const { kind, target: of, body, author } of log.entries) {
    if (of !== target || (kind !== 'react' && kind !== 'unreact')) continue;
    const emoji = String(body?.emoji);
    const users = all.get(emoji) ?? new Set();
    if (kind === 'react') users.add(author?.id ?? '');
    else users.delete(author?.id ?? '');
    if (users.size === 0) all.delete(emoji);
    else all.set(emoji, users);
  }
  return all;
}

/** The reactions of a message as somebody sees them. */
export function reactions(log: FakeRoom, target: number, viewer: string): Reaction[] {
  return [...given(log, target)].map(([emoji, users]) => ({
    emoji,
    count: users.size,
    mine: users.has(viewer),
  }));
}

/** One change of a message: the same cid changes nothing twice, and what is deleted stays so. */
function change(
  kind: 'edit' | 'delete' | 'react' | 'unreact',
  check: (log: FakeRoom, user: Person, said: Entry, body: Body) => void,
  carried: (body: Body) => object,
): Command {
  return (server: FakeServer, user, body) => {
    const log = readable(server, user, body);
    const stood = log.entries.find((one) => one.cid === body.cid && one.author?.id === user.id);
    if (stood) return { ...stood, duplicate: true };
    if (kind !== 'delete') writing(log, user.id);
    else if (log.archived) throw new Refusal(4034, 'READ_ONLY: this room is archived');
    const said = messageIn(log, body.target);
    if (said.state?.deleted) throw new Refusal(4100, 'GONE: this message was deleted');
    check(log, user, said, body);
    const entry = log.add(kind, user, carried(body), String(body.cid));
    entry.target = said.seq;
    server.deliver(log, entry);
    return { ...entry, duplicate: false };
  };
}

function reacting(log: FakeRoom, user: Person, { seq }: Entry, body: Body): void {
  const emoji = String(body.emoji);
  if (!PICTURE.test(emoji)) throw new Refusal(4000, 'INVALID field=emoji: must be one emoji');
  const all = given(log, seq);
  if (all.get(emoji)?.has(user.id)) {
    throw new Refusal(4092, 'ALREADY_EXISTS: you have reacted like this already');
  }
  if (!all.has(emoji) && all.size >= MOST_EMOJI) {
    throw new Refusal(
      4130,
      `TOO_LARGE limit=${MOST_EMOJI}: a message may have at most ${MOST_EMOJI} different emoji`,
    );
  }
}

/** What changes a message. */
export const ACTS: Record<string, Command> = {
  'messages.edit': change(
    'edit',
    (_log, user, said) => {
      if (said.author?.id !== user.id) {
        throw new Refusal(4030, 'FORBIDDEN: only its author may edit a message');
      }
    },
    ({ text, mentions, mentionsRoom }) => ({
      text,
      ...(mentions ? { mentions } : {}),
      ...(mentionsRoom ? { mentionsRoom } : {}),
    }),
  ),
  'messages.delete': change(
    'delete',
    (log, user, said) => {
      const { role } = log.members.get(user.id) ?? {};
      if (said.author?.id !== user.id && (role === 'member' || role === 'readonly')) {
        throw new Refusal(4030, 'FORBIDDEN: only its author and moderators may delete a message');
      }
    },
    () => ({}),
  ),
  'messages.react': change('react', reacting, ({ emoji }) => ({ emoji })),
  'messages.unreact': change(
    'unreact',
    (log, user, { seq }, body) => {
      if (!given(log, seq).get(String(body.emoji))?.has(user.id)) {
        throw new Refusal(4040, 'NOT_FOUND: you have not reacted like this');
      }
    },
    ({ emoji }) => ({ emoji }),
  ),
};
