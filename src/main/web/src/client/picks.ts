import type { Entry, History, Room, Target } from './protocol';

/** Single messages; `more` says that some did not fit, those after the last one. */
export interface Picked {
  entries: Entry[];
  more: boolean;
}

/** A page of what stands in a thread, and the message that it all answers. */
export interface Thread extends History {
  root: Entry;
}

/** Those of the commands that ask for single messages, and for what stands in the threads of some. */
export interface PickCommands {
  'messages.pins': [Room & { before?: number }, Picked];
  'messages.get': [Room & { seqs: number[] }, Picked];
  'messages.revisions': [Target & { after?: number }, Picked];
  'messages.thread': [
    Target & { before?: number; after?: number; around?: number; limit?: number },
    Thread,
  ];
}
