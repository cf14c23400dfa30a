import type { Role, RoomType } from '../client/protocol';

/** What a member may be, from the most to the least. */
export const ROLES: readonly Role[] = ['owner', 'admin', 'moderator', 'member', 'readonly'];

function outranks(one: Role, other: Role): boolean {
  return ROLES.indexOf(one) < ROLES.indexOf(other);
}

/** Whether a role adds people, says what the room is called and about, slows it down, archives it and lifts bans. */
export function manages(role: Role | undefined): boolean {
  return role === 'owner' || role === 'admin';
}

/** Whether a role makes links by which people come in. */
export function invites(role: Role | undefined): boolean {
  return moderates(role);
}

/** Whether a role ends the room for everybody. */
export function ends(role: Role | undefined): boolean {
  return role === 'owner';
}

interface Held {
  role: Role | undefined;
  archived: boolean;
  mutedUntil: number | undefined;
}

/** Whether one writes in a room: by one's role, by what holds there for everybody, and for oneself until it ends. */
export function writes({ role, archived, mutedUntil = 0 }: Held, now: number): boolean {
  return role !== undefined && role !== 'readonly' && !archived && mutedUntil <= now;
}

/** Whether one deletes a message: one's own even where one may only read, others' as a moderator, none in an archive. */
export function deletes({ role, archived }: Held, own: boolean): boolean {
  return role !== undefined && !archived && (own || moderates(role));
}

/** Whether a role pins messages; of two who talk to each other, both do. */
export function pins(role: Role | undefined, type: RoomType): boolean {
  return role !== undefined && (type === 'direct' || moderates(role));
}

/** Whether somebody of one role may ban a member of another. */
export function bans(mine: Role | undefined, theirs: Role): boolean {
  return removes(mine, theirs);
}

/** Whether somebody of one role may remove somebody of another. */
export function removes(mine: Role | undefined, theirs: Role): boolean {
  return mine !== undefined && manages(mine) && outranks(mine, theirs);
}

/** Whether a role writes as fast as it likes where others wait. */
export function moderates(role: Role | undefined): boolean {
  return manages(role) || role === 'moderator';
}

/** Whether somebody of one role may keep somebody of another from writing. */
export function mutes(mine: Role | undefined, theirs: Role): boolean {
  return mine !== undefined && moderates(mine) && outranks(mine, theirs);
}

/** What somebody of one role may make of somebody of another: owners anything, admins what is below them of who is. */
export function gives(mine: Role | undefined, theirs: Role): readonly Role[] {
  if (mine === 'owner') {
    return ROLES;
  }
  return mine === 'admin' && outranks(mine, theirs)
    ? ROLES.filter((role) => outranks(mine, role))
    : [];
}
