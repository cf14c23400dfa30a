import type { Client } from '../client/client';
import { Failure } from '../client/failure';
import type { Invite, Invited } from '../client/invites';
import type { RoomTerms } from '../client/membership';
import type { Banned } from '../client/moderation';
import type { Role } from '../client/protocol';
import type { Rooms } from './rooms';

/** What a room is called and is about, how slow it is, and how people come; what is left out stays as it is. */
export interface Face extends RoomTerms {
  name?: string;
  description?: string;
  /** Seconds between two messages. */
  slowMode?: number;
}

/** What owners and admins do with a room and with those in it. */
export class Managing {
  constructor(
    private readonly client: Client,
    private readonly rooms: Rooms,
  ) {}

  add(room: string, user: string): Promise<object> {
    return this.client.read('rooms.add', { room, user });
  }

  remove(room: string, user: string): Promise<object> {
    return this.client.read('rooms.remove', { room, user });
  }

  /** Makes a member something else. */
  give(room: string, user: string, role: Role): Promise<object> {
    return this.client.read('rooms.role', { room, user, role });
  }

  /** Keeps a member from writing for so many seconds. */
  mute(room: string, user: string, seconds: number): Promise<object> {
    return this.client.read('rooms.mute', { room, user, seconds });
  }

  unmute(room: string, user: string): Promise<object> {
    return this.client.read('rooms.unmute', { room, user });
  }

  /** Keeps somebody out, for good without a time. */
  ban(room: string, user: string, reason: string, seconds: number | undefined): Promise<object> {
    return this.client.read('rooms.ban', {
      room,
      user,
      ...(reason === '' ? {} : { reason }),
      ...(seconds === undefined ? {} : { seconds }),
    });
  }

  unban(room: string, user: string): Promise<object> {
    return this.client.read('rooms.unban', { room, user });
  }

  /** Who is kept out. */
  bans(room: string, after?: string): Promise<{ bans: Banned[]; next?: string }> {
    return this.client.read('rooms.bans', { room, limit: 100, after });
  }

  /** Keeps a room as it is, or goes on with it. */
  async archive(room: string, archived: boolean): Promise<void> {
    const command = archived ? 'rooms.archive' : 'rooms.unarchive';
    this.rooms.put(await this.client.read(command, { room }));
  }

  /** Ends a room for everybody. That there is none any more is what was wanted: the answer may have been lost. */
  async delete(room: string): Promise<void> {
    await this.client.read('rooms.delete', { room }).catch((thrown: unknown) => {
      if (Failure.from(thrown).reason !== 'NOT_FOUND') throw thrown;
    });
    this.rooms.remove(room);
  }

  /** Makes a link by which so many people come in for so many seconds. */
  invite(room: string, seconds: number, uses: number): Promise<{ token: string; invite: Invite }> {
    return this.client.call('rooms.invite', { room, seconds, uses });
  }

  async invites(room: string): Promise<readonly Invite[]> {
    return (await this.client.read('rooms.invites', { room })).invites;
  }

  uninvite(room: string, invite: string): Promise<object> {
    return this.client.read('rooms.uninvite', { room, invite });
  }

  /** What a link leads into. */
  invited(token: string): Promise<Invited> {
    return this.client.read('rooms.invited', { token });
  }

  /** Comes in by a link; tells where one is then. */
  async accept(token: string): Promise<string> {
    const view = await this.client.read('rooms.accept', { token });
    this.rooms.put(view);
    this.rooms.follow(view.id);
    return view.id;
  }

  /** Names a room, says what it is about, and slows it down. */
  async update(room: string, face: Face): Promise<void> {
    this.rooms.put(await this.client.read('rooms.update', { room, ...face }));
  }
}
