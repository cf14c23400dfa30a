/** What the app says about finding messages, in English. */
export const search = {
  title: 'Search',
  open: 'Search messages',
  openHere: 'Search in this room',
  close: 'Close search',
  label: 'Search messages',
  lead: 'In all your rooms, newest first.',
  start: 'Type a word. What was said in rooms you are not in is never found.',
  nothing: 'Nothing says that. Try fewer words, or look in all rooms.',
  nothingAnywhere: 'Nothing in your rooms says that. Try fewer words.',
  results: 'What was found',
  everywhere: 'All rooms',
  best: 'Best match',
  fromMe: 'From me',
  withLink: 'With a link',
  help: 'How to search',
  ways: [
    ['green tea', 'both words, in any order; the last may be only begun'],
    ['"green tea"', 'the words beside each other'],
    ['tea -milk', 'without a word'],
    ['from:ann', 'written by somebody'],
    ['in:kitchen', 'in a room of that name'],
    ['has:link', 'with a link'],
    ['before:2026-01-31', 'before a day; also after: and on:'],
  ] as [string, string][],
  resultIn: (room: string) => `in ${room}`,
  keys: 'Press / to search.',
};

/** The rules of what one may look for, by the server's names for them. */
export const searchRules: Record<string, (limit: string) => string> = {
  empty: () => 'Type a word to look for.',
  quote: () => 'There is a " without another.',
  not: () => 'A - goes before words only.',
  many: (limit) => `That is too much at once: at most ${limit}.`,
  from: () => 'Nobody is called what stands after from:.',
  in: () => 'No room of yours is called what stands after in:.',
  has: () => 'After has: only link is understood.',
  before: () => 'After before: goes a day such as 2026-01-31.',
  after: () => 'After after: goes a day such as 2026-01-31.',
  on: () => 'After on: goes a day such as 2026-01-31.',
};
