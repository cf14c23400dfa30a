import type { Client } from '../client/client';
import { Failure } from '../client/failure';
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
      if (kind === 'read' && typeof body?.room === 'string') events.read(body as unknown as ReadOn);
      if (kind === 'thread' && typeof body?.room === 'string') {
        events.thread(body as unknown as FollowedThread);
      }
    },
    refused: () => undefined,
  });
}

function whyGone({ banned, ended }: Record<string, unknown>): Failure | undefined {
  if (banned === true) return new Failure('BANNED', 'you are banned from it');
  return ended === true ? new Failure('GONE', 'it was deleted') : undefined;
}
