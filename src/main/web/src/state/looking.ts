import { uuidv7 } from '../client/ids';
import { memory } from './browser';

const KEY = 'parley.looking';
/** A tab says again that it is looked at; one that ended without a word is believed no longer than this. */
const AGAIN_MS = 10_000;
const BELIEVED_MS = 25_000;

/** Which room is looked at in this browser: only one tab is in front at a time. */
export class Looking {
  private readonly tab = uuidv7();
  private room: string | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly inFront: () => boolean = () => document.hasFocus()) {}

  /** This room is on the screen of this tab, or none. */
  at(room: string | undefined): void {
    this.room = room;
    this.look();
  }

  /** The tab has come to the front or left it, or time has passed. */
  look(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    if (this.room !== undefined && this.inFront()) {
      memory.set(KEY, JSON.stringify({ tab: this.tab, room: this.room, at: Date.now() }));
      this.timer = setInterval(() => this.look(), AGAIN_MS);
    } else if (this.inFront() || this.own()) {
      memory.set(KEY, undefined);
    }
  }

  /** The room that is looked at in whichever tab. */
  now(): string | undefined {
    const said = read();
    return said && Date.now() - said.at < BELIEVED_MS ? said.room : undefined;
  }

  stop(): void {
    clearInterval(this.timer);
    if (this.own()) memory.set(KEY, undefined);
    this.room = undefined;
  }

  /** Another tab may have come to the front before this one heard that it left. */
  private own(): boolean {
    return read()?.tab === this.tab;
  }
}

interface Said {
  tab: string;
  room: string;
  at: number;
}

function read(): Said | undefined {
  try {
    const said = JSON.parse(memory.get(KEY) ?? 'null') as Said | null;
    return said ?? undefined;
  } catch {
    return undefined;
  }
}
