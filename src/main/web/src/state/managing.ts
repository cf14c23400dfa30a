import type { Client } from '../client/client';
import type { Role } from '../client/protocol';
import type { Rooms } from './rooms';

/** What a room is called and is about; what is left out stays as it is. */
export interface Face {
  name?: string;
  description?: string;
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

  /** Names a room and says what it is about. */
  async update(room: string, face: Face): Promise<void> {
    this.rooms.put(await this.client.read('rooms.update', { room, ...face }));
  }
}
