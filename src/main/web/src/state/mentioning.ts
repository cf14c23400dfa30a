import type { Member, Role } from '../client/protocol';

/** Whom a text mentions: the people by id, and perhaps everybody. */
export interface Mentioning {
  mentions?: string[];
  mentionsRoom?: boolean;
}

/** Somebody who can be mentioned; everybody has no id. */
export interface Candidate {
  id: string | undefined;
  name: string;
}

/** In larger rooms it takes a role to mention everybody. */
const SMALL_ROOM = 20;
const SHOWN = 6;
const LONGEST = 40;
const MOST = 50;

/** Whether somebody may mention everybody in a room. */
export function rallies(role: Role | undefined, members: number): boolean {
  if (role === undefined || role === 'readonly') return false;
  return members <= SMALL_ROOM || role !== 'member';
}

/** What of a text is the beginning of a mention where the caret stands; nothing elsewhere. */
export function begun(text: string, caret: number): { at: number; query: string } | undefined {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const at = before.lastIndexOf('@');
  if (at < 0) return undefined;
  const query = before.slice(at + 1);
  const apart = at === 0 || /[\s([{"']/.test(before[at - 1] ?? ' ');
  return apart && !/[\n@]/.test(query) && !query.startsWith(' ')
    ? { at: caret - query.length - 1, query }
    : undefined;
}

/** Those whose name, or a part of it, begins so. */
export function matching(candidates: readonly Candidate[], query: string): Candidate[] {
  const wanted = query.toLocaleLowerCase();
  const fits = ({ name }: Candidate) => {
    const folded = name.toLocaleLowerCase();
    return folded.startsWith(wanted) || folded.includes(` ${wanted}`);
  };
  return candidates.filter(fits).slice(0, SHOWN);
}

/** Who can be mentioned in a room, as its members are known. */
export function candidates(
  members: readonly Member[],
  me: string,
  everybody: string | undefined,
): Candidate[] {
  const people = members.filter(({ id }) => id !== me).map(({ id, name }) => ({ id, name }));
  return everybody === undefined ? people : [...people, { id: undefined, name: everybody }];
}

/** Whom a text still mentions of those who were picked while it was written. */
export function mentioning(text: string, picked: readonly Candidate[]): Mentioning {
  const left = picked.filter(({ name }) => text.includes(`@${name}`));
  const ids = [...new Set(left.flatMap(({ id }) => (id === undefined ? [] : [id])))];
  return {
    ...(ids.length > 0 ? { mentions: ids.slice(0, MOST) } : {}),
    ...(left.some(({ id }) => id === undefined) ? { mentionsRoom: true } : {}),
  };
}
