import { signal } from '@preact/signals';
import type { Client } from '../client/client';
import { Failure } from '../client/failure';
import type { JoinRequest, Notify, RequestTold } from '../client/membership';
import type { Rooms } from './rooms';

/** How one wants to have one's rooms, and asking to be let in. */
export class Membership {
  /** What somebody else decided last on what one had asked for. */
  readonly decided = signal<RequestTold | undefined>(undefined);

  constructor(
    private readonly client: Client,
    private readonly rooms: Rooms,
  ) {}

  /** Another device, or somebody else, has done something about a request of one's own. */
  told(told: RequestTold): void {
    if (told.outcome === 'admitted' || told.outcome === 'refused') this.decided.value = told;
  }

  favourite(room: string, favourite: boolean): Promise<void> {
    return this.wish(room, { favourite });
  }

  /**
   * @param snooze for how many seconds mentions at most are told of; 0 ends it
   */
  notifications(room: string, notifications: Notify, snooze?: number): Promise<void> {
    return this.wish(room, { notifications, ...(snooze === undefined ? {} : { snooze }) });
  }

  hide(room: string, hidden: boolean): Promise<void> {
    return this.wish(room, { hidden });
  }

  ask(room: string, note: string): Promise<void> {
    return this.atDoor(room, async () => {
      this.rooms.put(await this.client.call('rooms.ask', { room, note }));
    });
  }

  /** Comes into a room, or asks to; where the door turns out to be another one, the room is read anew. */
  async atDoor<T>(room: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      const { rule } = Failure.from(thrown).details;
      if (rule === 'open' || rule === 'ask') this.rooms.look(room);
      throw thrown;
    }
  }

  async withdraw(room: string): Promise<void> {
    await this.client.read('rooms.withdraw', { room });
    this.rooms.change(room, (known) => ({ ...known, asked: undefined }));
  }

  /** Who asks to be let in. Where that is one page, it also tells how many they are. */
  async requests(
    room: string,
    after?: string,
  ): Promise<{ requests: JoinRequest[]; next?: string }> {
    const page = await this.client.read('rooms.requests', { room, limit: 100, after });
    if (after === undefined && page.next === undefined) {
      const requests = page.requests.length;
      this.rooms.change(room, (known) => ({ ...known, requests }));
    }
    return page;
  }

  admit(room: string, user: string): Promise<object> {
    return this.client.read('rooms.admit', { room, user });
  }

  refuse(room: string, user: string, word: string): Promise<object> {
    return this.client.read('rooms.refuse', { room, user, ...(word === '' ? {} : { word }) });
  }

  private async wish(
    room: string,
    wish: { favourite?: boolean; notifications?: Notify; snooze?: number; hidden?: boolean },
  ): Promise<void> {
    this.rooms.put(await this.client.read('rooms.settings', { room, ...wish }));
  }
}
