import { serverNow } from '../client/clock';
import type { Calls } from '../client/people';
import type { Entry } from '../client/protocol';
import { calls } from './calling';
import type { RoomState } from './room';

/** What is shown of a message. */
export interface Call {
  room: string;
  seq: number;
  thread: number | undefined;
  /** Who wrote it. */
  who: string;
  /** Where, unless it is a direct room. */
  where: string | undefined;
  text: string;
}

interface Surroundings {
  me: string;
  /** What the account wants; nothing while that is not known. */
  wants(): Calls | undefined;
  resting(): boolean;
  looking(): string | undefined;
  /** Whether this tab calls for all of the browser. */
  leads(): boolean;
  show(call: Call): void;
}

const MOST_AT_ONCE = 4;
const WINDOW_MS = 5_000;
const LONGEST = 200;

/** Calls somebody for what comes, once in a browser, and not more often than anybody can bear. */
export class Caller {
  private lately: number[] = [];

  constructor(private readonly around: Surroundings) {}

  heard(room: RoomState, entry: Entry): void {
    const { around } = this;
    const wants = around.wants();
    if (wants === undefined || !around.leads()) return;
    const situation = {
      me: around.me,
      wants,
      resting: around.resting(),
      looking: around.looking(),
      now: serverNow(),
    };
    if (calls(room, entry, situation) && this.bearable(Date.now())) {
      const text = entry.body?.text;
      around.show({
        room: room.id,
        seq: entry.seq,
        thread: entry.thread,
        who: entry.author?.name ?? '',
        where: room.type === 'direct' ? undefined : room.name,
        text: typeof text === 'string' ? shortened(text) : '',
      });
    }
  }

  private bearable(now: number): boolean {
    this.lately = this.lately.filter((at) => now - at < WINDOW_MS);
    if (this.lately.length >= MOST_AT_ONCE) return false;
    this.lately.push(now);
    return true;
  }
}

function shortened(text: string): string {
  const points = Array.from(text);
  return points.length > LONGEST ? `${points.slice(0, LONGEST - 1).join('')}…` : text;
}
