import type { Client } from '../client/client';
import { Failure } from '../client/failure';
import type { RequestsTold, RequestTold, WishesTold } from '../client/membership';
import type { Entry, HeadHint, ReadOn } from '../client/protocol';
import type { FollowedThread } from '../client/threads';

export interface OwnEvents {
  /** From here on nothing that is told is missed. */
  listening(): void;
  added(room: string): void;
  /** @param why one is kept out, or there is no such room any more; nothing for whoever has just gone */
  removed(room: string, why: Failure | undefined): void;
  moved(heads: readonly HeadHint[]): void;
  read(told: ReadOn): void;
  thread(told: FollowedThread): void;
  /** How one wants to have a room, as another device has said. */
  wished(told: WishesTold): void;
  /** What has become of what one has asked for. */
  requested(told: RequestTold): void;
  /** How many ask to be let into a room. */
  asking(told: RequestsTold): void;
}

type Body = { kind: string } & Partial<Entry>;

/**
 * Follows one's own log: rooms that are added and removed, on whatever device, what moves in rooms that are not followed,
 * and how far one's other devices have read.
 */
export function followOwn(client: Client, me: string, events: OwnEvents): void {
  let cursor: string | undefined;
  client.follow(`user.${me}`, {
    cursor: () => cursor,
    heard: (heard) => {
      const { kind, body, cursor: now }: Body = heard;
      cursor = now ?? cursor;
      if (kind === 'ready') events.listening();
      if (kind === 'room.added' && typeof body?.room === 'string') events.added(body.room);
      if (kind === 'room.removed' && typeof body?.room === 'string') {
        events.removed(body.room, whyGone(body));
      }
      if (kind === 'heads' && Array.isArray(body?.rooms)) events.moved(body.rooms as HeadHint[]);
      if (typeof body?.room !== 'string') return;
      if (kind === 'read') events.read(body as unknown as ReadOn);
      if (kind === 'thread') events.thread(body as unknown as FollowedThread);
      if (kind === 'room.settings') events.wished(body as unknown as WishesTold);
      if (kind === 'room.request') events.requested(body as unknown as RequestTold);
      if (kind === 'requests') events.asking(body as unknown as RequestsTold);
    },
    refused: () => undefined,
  });
}

function whyGone({ banned, ended }: Record<string, unknown>): Failure | undefined {
  if (banned === true) return new Failure('BANNED', 'you are banned from it');
  return ended === true ? new Failure('GONE', 'it was deleted') : undefined;
}
