import { readFileSync } from 'node:fs';

/** A frame as it went over a socket, and who sent it. */
export interface Frame {
  from: 'client' | 'server';
  type: string;
  address?: string;
  replyAddress?: string;
  body?: Record<string, unknown>;
}

/** One side of a short conversation with a real server. */
export interface Recorded {
  me: string;
  frames: Frame[];
}

/** Recorded by `PARLEY_URL=… npm run record`; that a server still says the same is tried in the browser tests. */
export const recorded = JSON.parse(
  readFileSync(new URL('./recorded.json', import.meta.url), 'utf8'),
) as Recorded;
