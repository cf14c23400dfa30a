import type { Entry } from './protocol';

/** Some characters of a text; `end` is behind the last. */
export interface Range {
  start: number;
  end: number;
}

/** A message that says what was looked for, as it is now. */
export interface Result {
  room: string;
  seq: number;
  message: Entry;
  /** Where the words stand in its text, in their order. */
  highlights: Range[];
}

export interface FoundMessages {
  results: Result[];
  next?: string;
}

export type Sort = 'time' | 'rank';

/** Those of the commands that find something. */
export interface SearchCommands {
  'search.messages': [
    {
      query: string;
      room?: string | undefined;
      sort?: Sort;
      after?: string | undefined;
      limit?: number;
    },
    FoundMessages,
  ];
}
