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
  /** Tells the other tabs what this one has called for. */
  tell(tag: string): void;
}

const MOST_AT_ONCE = 4;
const WINDOW_MS = 5_000;
const LONGEST = 200;
/** What came so long before a tab took the lead may have come when nobody had it. */
const HANDOVER_MS = 2_000;
/** What the tab before has called for may be told a moment after it ended. */
const TOLD_MS = 200;
const HELD = 20;

/** Calls somebody for what comes, once in a browser, and not more often than anybody can bear. */
export class Caller {
  private lately: number[] = [];
  /** What another tab should be calling for just now, the latest last, and what it says that it has. */
  private held: readonly { call: Call; at: number }[] = [];
  private told: readonly string[] = [];
  private taking: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly around: Surroundings) {}

  /** Another tab has called for it. */
  called(tag: string): void {
    this.told = [...this.told, tag].slice(-HELD);
  }

  /** This tab calls from now on, also for what came while nobody did. */
  lead(): void {
    const now = Date.now();
    this.taking = setTimeout(() => {
      const left = this.held.filter(({ at }) => now - at < HANDOVER_MS);
      this.held = [];
      for (const { call } of left) if (!this.told.includes(tagOf(call))) this.call(call);
    }, TOLD_MS);
  }

  stop(): void {
    clearTimeout(this.taking);
  }

  heard(room: RoomState, entry: Entry): void {
    const { around } = this;
    const wants = around.wants();
    if (wants === undefined) return;
    const situation = {
      me: around.me,
      wants,
      resting: around.resting(),
      looking: around.looking(),
      now: serverNow(),
    };
    if (!calls(room, entry, situation)) return;
    const text = entry.body?.text;
    const call = {
      room: room.id,
      seq: entry.seq,
      thread: entry.thread,
      who: entry.author?.name ?? '',
      where: room.type === 'direct' ? undefined : room.name,
      text: typeof text === 'string' ? shortened(text) : '',
    };
    if (around.leads()) this.call(call);
    else this.held = [...this.held, { call, at: Date.now() }].slice(-HELD);
  }

  private call(call: Call): void {
    this.around.tell(tagOf(call));
    if (this.bearable(Date.now())) this.around.show(call);
  }

  private bearable(now: number): boolean {
    this.lately = this.lately.filter((at) => now - at < WINDOW_MS);
    if (this.lately.length >= MOST_AT_ONCE) return false;
    this.lately.push(now);
    return true;
  }
}

/** By which the same call is known everywhere. */
export function tagOf({ room, seq }: Call): string {
  return `${room} ${seq}`;
}

function shortened(text: string): string {
  const points = Array.from(text);
  return points.length > LONGEST ? `${points.slice(0, LONGEST - 1).join('')}…` : text;
}
