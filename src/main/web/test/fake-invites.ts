import type { Invite } from '../src/client/invites';
import type { Person } from '../src/client/protocol';
import { uuidv7 } from '../src/client/ids';
import { Refusal, room, text, type Body, type Command } from './fake-commands';
import { admitted } from './fake-moderation';
import type { FakeRoom } from './fake-room';
import type { FakeServer } from './fake-server';

interface Kept extends Invite {
  token: string;
  room: string;
}

const kept = new WeakMap<FakeServer, Kept[]>();
const all = (server: FakeServer) => kept.get(server) ?? [];

/** Links into rooms, as the development server does it. */
export const INVITES: Record<string, Command> = {
  'rooms.invite': (server, user, body) => {
    const target = moderated(server, user, body);
    const { seconds = 604_800, uses = 100 } = body as { seconds?: number; uses?: number };
    const invite: Invite = {
      id: uuidv7(),
      by: { id: user.id, name: user.name },
      madeAt: new Date().toISOString(),
      expiresAt: new Date(Date.now() + seconds * 1000).toISOString(),
      maxUses: uses,
      uses: 0,
    };
    const token = `pit_${uuidv7().replaceAll('-', '')}`.padEnd(47, 'A');
    kept.set(server, [...all(server), { ...invite, token, room: target.id }]);
    return { token, invite };
  },
  'rooms.invites': (server, user, body) => {
    const target = moderated(server, user, body);
    const own = all(server).filter((one) => one.room === target.id && open(one));
    return {
      invites: own.map(({ id, by, madeAt, expiresAt, maxUses, uses }): Invite => {
        return { id, by, madeAt, expiresAt, maxUses, uses };
      }),
    };
  },
  'rooms.uninvite': (server, user, body) => {
    moderated(server, user, body);
    kept.set(
      server,
      all(server).filter(({ id }) => id !== text(body, 'invite')),
    );
    return {};
  },
  'rooms.invited': (server, user, body) => {
    const { target, member } = admit(server, user, body);
    const { id, name, type, members } = target;
    return { room: id, name, type, memberCount: members.size, member };
  },
  'rooms.accept': (server, user, body) => {
    const { invite, target, member } = admit(server, user, body);
    if (!member) {
      invite.uses++;
      server.deliver(target, target.join(user));
      server.tell(`user.${user.id}`, { kind: 'room.added', seq: 5, body: { room: target.id } });
    }
    return target.view(user.id);
  },
};

function open({ expiresAt, uses, maxUses }: Invite): boolean {
  return Date.parse(expiresAt) > Date.now() && uses < maxUses;
}

function moderated(server: FakeServer, user: Person, body: Body): FakeRoom {
  const target = room(server, body);
  const role = target.members.get(user.id)?.role;
  if (role === undefined || role === 'member' || role === 'readonly') {
    throw new Refusal(4030, 'FORBIDDEN: nobody below the role moderator of the room invites');
  }
  return target;
}

function admit(
  server: FakeServer,
  user: Person,
  body: Body,
): { invite: Kept; target: FakeRoom; member: boolean } {
  const invite = all(server).find(({ token }) => token === text(body, 'token'));
  const target = server.rooms.get(invite?.room ?? '');
  if (!invite || !target) throw new Refusal(4040, 'NOT_FOUND: there is no such invite');
  const member = target.members.has(user.id);
  if (!member) {
    admitted(target, user.id);
    if (!open(invite)) throw new Refusal(4100, 'GONE: this invite is over; ask for another');
    if (target.archived) throw new Refusal(4034, 'READ_ONLY: this room is archived');
  }
  return { invite, target, member };
}
