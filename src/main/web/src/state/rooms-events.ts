import type { Failure } from '../client/failure';
import type { RequestTold } from '../client/membership';
import type { Entry } from '../client/protocol';
import type { ReceiptNote } from '../client/reading';
import type { FollowedThread } from '../client/threads';

/** What rooms tell of what happens in them. */
export interface RoomsEvents {
  /** What concerns the person is heard from now on, on this connection. */
  listening(): void;
  typing(room: string, users: string[]): void;
  receipt(room: string, note: ReceiptNote): void;
  /** The room was marked unread on another device while it is open here. */
  setBack(room: string): void;
  said(room: string, entry: Entry): void;
  /** A room is no longer ours. */
  gone(room: string, failure: Failure | undefined): void;
  /** A thread that one follows stands otherwise. */
  thread(told: FollowedThread): void;
  /** More has been read here than the server knows. */
  ahead(room: string, seq: number): void;
  /** What has become of one's request to be let into a room. */
  requested(told: RequestTold): void;
}
