import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Role } from '../src/client/protocol';
import {
  bans,
  gives,
  invites,
  ends,
  manages,
  moderates,
  mutes,
  pins,
  removes,
  ROLES,
  writes,
} from '../src/state/rights';

/** The server's own table: what each role may, from the owner down. */
const table = new Map(
  readFileSync(new URL('../../../../ARCHITECTURE.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^\| .* \| `/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, what = '', , ...cells]) => [what, cells.slice(0, ROLES.length)]),
);

function cell(what: string, role: Role): string {
  const told = table.get(what)?.[ROLES.indexOf(role)];
  if (told === undefined) throw new Error(`the table does not have ${what}`);
  return told;
}

function roles(what: string, role: Role): readonly string[] {
  const told = cell(what, role);
  return told === 'all' ? ROLES : told === 'no' ? [] : told.split(' ');
}

describe.each(ROLES)('what the app offers to the role %s', (mine) => {
  it('is what the server lets it add and change', () => {
    expect(manages(mine)).toBe(cell('add people', mine) === 'yes');
    expect(manages(mine)).toBe(cell('name the room, say what it is about', mine) === 'yes');
    expect(manages(mine)).toBe(cell('slow the room down', mine) === 'yes');
    expect(manages(mine)).toBe(cell('archive the room', mine) === 'yes');
    expect(manages(mine)).toBe(cell('go on with it', mine) === 'yes');
    expect(manages(mine)).toBe(cell('lift a ban', mine) === 'yes');
    expect(manages(mine)).toBe(cell('see who is banned', mine) === 'yes');
    expect(moderates(mine)).toBe(roles('mute', mine).length > 0);
    expect(invites(mine)).toBe(cell('invite by link', mine) === 'yes');
    expect(invites(mine)).toBe(cell('see the links', mine) === 'yes');
    expect(invites(mine)).toBe(cell('take a link back', mine) === 'yes');
    expect(ends(mine)).toBe(cell('delete the room', mine) === 'yes');
  });

  it('is what the server lets it write and pin', () => {
    const open = { role: mine, archived: false, mutedUntil: undefined };
    expect(writes(open, 0)).toBe(cell('post', mine) === 'yes');
    expect(pins(mine, 'public')).toBe(cell('pin', mine) === 'yes');
    expect(pins(mine, 'direct')).toBe(true);
  });

  it.each(ROLES)('is what the server lets it do to the role %s', (theirs) => {
    expect(removes(mine, theirs)).toBe(roles('remove', mine).includes(theirs));
    expect(bans(mine, theirs)).toBe(roles('ban', mine).includes(theirs));
    expect(mutes(mine, theirs)).toBe(roles('mute', mine).includes(theirs));
    expect(mutes(mine, theirs)).toBe(roles('let write again', mine).includes(theirs));
    const able = roles('change the role of', mine).includes(theirs);
    expect(gives(mine, theirs)).toEqual(able ? roles('give the role', mine) : []);
  });
});

describe('who is in no room', () => {
  it('is offered nothing', () => {
    expect(manages(undefined)).toBe(false);
    expect(removes(undefined, 'member')).toBe(false);
    expect(gives(undefined, 'member')).toEqual([]);
    expect(bans(undefined, 'member')).toBe(false);
    expect(mutes(undefined, 'member')).toBe(false);
    expect(moderates(undefined)).toBe(false);
  });
});

describe('who writes', () => {
  const held = { role: 'owner', archived: false, mutedUntil: undefined } as const;

  it('does so until the room is archived', () => {
    expect(writes({ ...held, archived: true }, 0)).toBe(false);
  });

  it('does so again when a mute has ended', () => {
    expect(writes({ ...held, mutedUntil: 10 }, 9)).toBe(false);
    expect(writes({ ...held, mutedUntil: 10 }, 10)).toBe(true);
  });

  it('is a member', () => {
    expect(writes({ ...held, role: undefined }, 0)).toBe(false);
    expect(pins(undefined, 'public')).toBe(false);
  });
});
