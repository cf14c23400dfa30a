import type { Reason } from '../../src/client/failure';
import { uuidv7 } from '../../src/client/ids';
import type { Kind } from '../../src/state/apply';
import type { Message, RoomState } from '../../src/state/room';
import { ROLES } from '../../src/state/rights';
import type { Device, Owner } from './devices';

/** Numbers that only look random: the same for the same seed. */
export class Dice {
  constructor(private state: number) {}

  /** Less than the bound, and not negative. */
  below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }

  /** One of these; there has to be one. */
  of<T>(some: readonly T[]): T {
    const one = some[this.below(some.length)];
    if (one === undefined) throw new Error('there is nothing to choose from');
    return one;
  }
}

/** Somebody's turn to do something in a room. */
export interface Turn {
  device: Device;
  room: RoomState;
  /** Everybody there is. */
  people: readonly Owner[];
  /** Public rooms; new ones are added. */
  places: string[];
  dice: Dice;
}

const EMOJI = ['👍', '❤️', '🎉', '😀'];
const PLACES = 6;

/** What may happen to whoever acts on what they saw a moment ago. Everything else is a mistake of the server. */
export const REFUSALS: ReadonlySet<Reason> = new Set([
  'FORBIDDEN',
  'NOT_FOUND',
  'NOT_MEMBER',
  'READ_ONLY',
  'BANNED',
  'MUTED',
  'SLOW_MODE',
  'GONE',
  'CONFLICT',
  'ALREADY_EXISTS',
  'UNAVAILABLE',
  'OVERLOADED',
]);

const call = ({ device }: Turn) => device.home.client.call.bind(device.home.client);
const word = (dice: Dice) => `word ${dice.below(100_000)}`;

const pinned = (said: Message) => said.pinned !== undefined;

/** A message on the screen, best one's own. */
function target(
  { device, dice }: Turn,
  fit: (said: Message) => boolean = () => true,
): (Message & { room: string }) | undefined {
  const room = device.open === undefined ? undefined : device.room(device.open);
  const said = (room?.timeline.items ?? [])
    .filter((item) => item.is === 'message')
    .filter(fit)
    .slice(-40);
  const own = said.filter(({ author }) => author.id === device.owner.id);
  const some = own.length > 0 && dice.below(4) > 0 ? own : said;
  return room && some.length > 0 ? { ...dice.of(some), room: room.id } : undefined;
}

async function change(
  turn: Turn,
  how: (to: { room: string; target: number; cid: string }) => Promise<unknown>,
  fit?: (said: Message) => boolean,
): Promise<unknown> {
  const found = target(turn, fit);
  return found && how({ room: found.room, target: found.seq, cid: uuidv7() });
}

const somebody = ({ room, people, dice }: Turn) => ({ room: room.id, user: dice.of(people).id });

/** A message among the others, or now and then in the thread of one on the screen. */
async function say(turn: Turn): Promise<unknown> {
  const { device, room, dice } = turn;
  const root = dice.below(4) === 0 ? target(turn) : undefined;
  const where = root ? { room: root.room, thread: root.seq } : { room: room.id };
  return device.online && dice.below(2) === 0
    ? call(turn)('messages.post', { ...where, cid: uuidv7(), text: word(dice) })
    : device.home.outbox.add(where.room, word(dice), undefined, {}, where.thread);
}

/** How each kind of entry comes about. */
export const DEEDS: Record<Kind, (turn: Turn) => Promise<unknown>> = {
  message: say,
  edit: (turn) =>
    change(turn, (to) => call(turn)('messages.edit', { ...to, text: word(turn.dice) })),
  delete: (turn) => change(turn, (to) => call(turn)('messages.delete', to)),
  react: (turn) =>
    change(turn, (to) => call(turn)('messages.react', { ...to, emoji: turn.dice.of(EMOJI) })),
  unreact: (turn) =>
    change(turn, (to) => call(turn)('messages.unreact', { ...to, emoji: turn.dice.of(EMOJI) })),
  pin: (turn) => change(turn, (to) => call(turn)('messages.pin', to)),
  unpin: (turn) => change(turn, (to) => call(turn)('messages.unpin', to), pinned),
  // A room that everybody has left has nobody any more who may do much in it: new ones take the place of old ones.
  create: async ({ device, places, dice }) => {
    if (places.length >= PLACES && dice.below(4) > 0) return;
    places.push(await device.home.create(uuidv7(), '', 'public'));
    places.splice(0, places.length - PLACES);
  },
  join: ({ device, places, dice }) => device.home.join(dice.of(places)),
  leave: ({ device, room }) => device.home.leave(room.id),
  kick: (turn) => call(turn)('rooms.remove', somebody(turn)),
  role: (turn) => call(turn)('rooms.role', { ...somebody(turn), role: turn.dice.of(ROLES) }),
  rename: (turn) => call(turn)('rooms.update', { room: turn.room.id, name: uuidv7() }),
  topic: (turn) => call(turn)('rooms.update', { room: turn.room.id, description: word(turn.dice) }),
  slowmode: (turn) =>
    call(turn)('rooms.update', { room: turn.room.id, slowMode: turn.dice.below(2) }),
  ban: (turn) => call(turn)('rooms.ban', { ...somebody(turn), seconds: 1 + turn.dice.below(2) }),
  unban: async (turn) => {
    const who = somebody(turn);
    await call(turn)('rooms.ban', { ...who, seconds: 60 });
    return call(turn)('rooms.unban', who);
  },
  mute: (turn) => call(turn)('rooms.mute', { ...somebody(turn), seconds: 1 + turn.dice.below(6) }),
  unmute: async (turn) => {
    const who = somebody(turn);
    await call(turn)('rooms.mute', { ...who, seconds: 60 });
    return call(turn)('rooms.unmute', who);
  },
  history: (turn) =>
    call(turn)('rooms.update', {
      room: turn.room.id,
      history: turn.dice.below(3) === 0 ? 'since-join' : 'all',
    }),
  door: (turn) =>
    call(turn)('rooms.update', {
      room: turn.room.id,
      join: turn.dice.below(4) === 0 ? 'request' : 'open',
    }),
  archive: (turn) => call(turn)('rooms.archive', { room: turn.room.id }),
  unarchive: (turn) => call(turn)('rooms.unarchive', { room: turn.room.id }),
  // Of a room of one's own: the others go on in theirs.
  end: async ({ device: { home } }) =>
    home.managing.delete(await home.create(uuidv7(), '', 'private')),
};

/** A thread on the screen; nothing where there is none. */
function thread(turn: Turn): { room: string; root: number } | undefined {
  const root = target(turn, (said) => said.replies !== undefined);
  return root && { room: root.room, root: root.seq };
}

/** What people do with threads that leaves no entry. */
export const ASIDE: readonly ((turn: Turn) => Promise<unknown>)[] = [true, false].map(
  (follows) => async (turn: Turn) => {
    const found = thread(turn);
    const { following } = turn.device.home.threads;
    return found && following.follow(found.room, found.root, follows);
  },
);

/** Reads a thread, perhaps not to its end. */
export async function readThread(turn: Turn): Promise<unknown> {
  const found = thread(turn);
  if (!found) return;
  const { threads } = turn.device.home;
  const { items } = await threads.open(found.room, found.root);
  const upTo = items.length === 0 ? found.root : turn.dice.of(items).seq;
  return threads.following.read(found.room, found.root, upTo);
}

/** How often each is tried beside the others; not named: 3. */
const OFTEN: Partial<Record<Kind, number>> = {
  message: 60,
  edit: 14,
  react: 18,
  delete: 6,
  archive: 1,
  unarchive: 6,
  end: 1,
};

/** Kinds as often as they are tried. */
export const TRIED: readonly Kind[] = (Object.keys(DEEDS) as Kind[]).flatMap((kind) =>
  Array.from<Kind>({ length: OFTEN[kind] ?? 3 }).fill(kind),
);
