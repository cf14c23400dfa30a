import type { Asked, JoinRequest, RoomTerms, Wishes } from '../src/client/membership';
import type { Membership, RoomView } from '../src/client/protocol';
import type { FakeRoom } from './fake-room';

/** What the development server remembers of a room beside its log. */
interface Beside {
  terms: Required<RoomTerms>;
  wishes: Map<string, { settings: Wishes; at: number }>;
  requests: Map<string, JoinRequest & { refused: boolean }>;
}

const kept = new WeakMap<FakeRoom, Beside>();

/** What it is for a room. */
export function beside(target: FakeRoom): Beside {
  const known = kept.get(target) ?? {
    terms: { history: 'all', join: 'open' },
    wishes: new Map(),
    requests: new Map(),
  };
  kept.set(target, known);
  return known;
}

/** What somebody is told of it. */
export function told(target: FakeRoom, user: string): Partial<RoomView> {
  const { terms, requests } = beside(target);
  const own = requests.get(user);
  const role = target.members.get(user)?.role;
  const decides = role !== undefined && role !== 'member' && role !== 'readonly';
  const asked: Asked | undefined = own && {
    note: own.note,
    at: own.at,
    until: own.until,
    refused: own.refused,
  };
  return {
    history: terms.history,
    join: target.type === 'public' ? terms.join : 'invite',
    ...(asked && role === undefined ? { asked } : {}),
    ...(decides && terms.join === 'request' ? { requests: waiting(target).length } : {}),
  };
}

/** What a member is told of how they want to have a room. */
export function wishes(target: FakeRoom, user: string): Pick<Membership, 'settings'> {
  const own = beside(target).wishes.get(user);
  if (!own) return { settings: { favourite: false, notifications: 'all', hidden: false } };
  const { at, settings } = own;
  const until = Date.parse(settings.snoozedUntil ?? '');
  const quiet = settings.notifications !== 'all' || until > Date.now();
  const since = target.entries.filter(
    ({ seq, kind, body }) =>
      seq > at &&
      kind === 'message' &&
      (!quiet || (Array.isArray(body?.mentions) && body.mentions.includes(user))),
  );
  return { settings: { ...settings, hidden: settings.hidden && since.length === 0 } };
}

/** Those who ask to be let in. */
export function waiting(target: FakeRoom): JoinRequest[] {
  return [...beside(target).requests.values()]
    .filter(({ refused }) => !refused)
    .map(({ user, name, note, at, until }) => ({ user, name, note, at, until }));
}
