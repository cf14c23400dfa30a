import { memory } from '../../state/browser';

function key(user: string, room: string): string {
  return `parley.draft.${user}.${room}`;
}

/** What somebody began to write in a room and did not send. */
export function draftOf(user: string, room: string): string {
  return memory.get(key(user, room)) ?? '';
}

export function keepDraft(user: string, room: string, text: string): void {
  memory.set(key(user, room), text === '' ? undefined : text);
}

/** What is begun in a thread is kept beside what is begun in its room. */
export function draftIn(room: string, thread: number | undefined): string {
  return thread === undefined ? room : `${room}.${thread}`;
}
