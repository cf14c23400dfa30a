import type { Client } from '../client/client';
import type { Entry, HeadHint, ReadOn } from '../client/protocol';

export interface OwnEvents {
  /** From here on nothing that is told is missed. */
  listening(): void;
  added(room: string): void;
  /** @param banned whether one is kept out */
  removed(room: string, banned: boolean): void;
  moved(heads: readonly HeadHint[]): void;
  read(told: ReadOn): void;
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
        events.removed(body.room, body.banned === true);
      }
      if (kind === 'heads' && Array.isArray(body?.rooms)) events.moved(body.rooms as HeadHint[]);
      if (kind === 'read' && typeof body?.room === 'string') events.read(body as unknown as ReadOn);
    },
    refused: () => undefined,
  });
}
