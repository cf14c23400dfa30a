/** Who has read what, as it goes over the wire. */

/** How far somebody is, at the furthest. */
export interface Receipt {
  user: string;
  delivered: number;
  read: number;
  /** The entry with which they came. */
  since: number;
}

/** So many are at a place, or further on. */
export interface Step {
  seq: number;
  members: number;
}

/** How many are how far, from a place on. */
export interface Counts {
  from: number;
  delivered: Step[];
  read: Step[];
  joined: Step[];
}

/** How far all in a room are. */
export interface Receipts {
  room: string;
  members: number;
  own: Receipt;
  markers?: Receipt[];
  counts?: Counts;
}

/** The same in passing; may be lost. */
export interface ReceiptNote {
  markers?: Receipt[];
  counts?: Counts;
}

/** Where one's marker stands. */
export interface Marked {
  room: string;
  seq: number;
  n: number;
  /** How often one has marked the room unread. */
  marks?: number;
}

interface Room {
  room: string;
}

/** Saying how far one has read, asking how far others have, and what is unread. */
export interface ReadingCommands {
  'messages.read': [Room & { seq: number; marks?: number }, Marked];
  'messages.delivered': [Room & { seq: number }, object];
  'messages.receipts': [Room, Receipts];
  'messages.unread': [Room & { seq: number }, Marked];
  'messages.explain': [
    Room & { after?: number; limit?: number },
    { unread: number; mentions: number; mentioning: number[]; next?: number },
  ];
}
