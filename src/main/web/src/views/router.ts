import { computed, signal } from '@preact/signals';

/** Where one can be; every place has a path. */
export type Place =
  | { is: 'sign-in' }
  | { is: 'sign-up' }
  | { is: 'reset' }
  | { is: 'verify' }
  | { is: 'chats' }
  | { is: 'new' }
  | { is: 'discover' }
  | { is: 'people' }
  | { is: 'threads' }
  | { is: 'search' }
  | { is: 'invite' }
  | { is: 'settings'; section: string | undefined }
  | { is: 'person'; id: string }
  | { is: 'goodbye' }
  | {
      is: 'room';
      id: string;
      panel: Panel | undefined;
      at: number | undefined;
      thread?: ThreadAt | undefined;
    };

/** The thread of a message, and where in it. */
export interface ThreadAt {
  root: number;
  at: number | undefined;
}

/** What stands beside a conversation. */
export type Panel = 'members' | 'pins' | 'search';

const path = signal(location.pathname);

/** Somebody follows a link to where they are already. */
export const again = signal(0);

export const place = computed(() => parse(path.value));

export const paths = {
  signIn: '/signin',
  signUp: '/signup',
  reset: '/reset-password',
  verify: '/verify-email',
  chats: '/',
  new: '/new',
  discover: '/discover',
  people: '/people',
  threads: '/threads',
  search: '/search',
  invite: '/invite',
  settings: '/settings',
  section: (name: string) => `/settings/${name}`,
  person: (id: string) => `/people/${id}`,
  goodbye: '/goodbye',
  room: (id: string) => `/rooms/${id}`,
  members: (id: string) => `/rooms/${id}/members`,
  pins: (id: string) => `/rooms/${id}/pins`,
  searchIn: (id: string) => `/rooms/${id}/search`,
  message: (id: string, seq: number) => `/rooms/${id}/${seq}`,
  thread: (id: string, root: number) => `/rooms/${id}/thread/${root}`,
  inThread: (id: string, root: number, seq: number) => `/rooms/${id}/thread/${root}/${seq}`,
  /** A message beside what else was found. */
  found: (id: string, seq: number) => `/rooms/${id}/${seq}/search`,
};

/** What stands beside a conversation by the last words of its path. */
function panelOf(rest: string | undefined, more: string | undefined): Panel | undefined {
  if (more === 'search') return 'search';
  return rest === 'members' || rest === 'pins' || rest === 'search' ? rest : undefined;
}

/** A place in a log; nothing for other words. */
function seqOf(word: string | undefined): number | undefined {
  const seq = Number(word);
  return Number.isInteger(seq) && seq > 0 ? seq : undefined;
}

/** The place of a path; unknown ones are the list of chats. */
export function parse(pathname: string): Place {
  const [first, id, rest, more, last] = pathname.split('/').filter((part) => part !== '');
  if (first === 'rooms' && id !== undefined) {
    const root = rest === 'thread' ? seqOf(more) : undefined;
    return {
      is: 'room',
      id,
      panel: panelOf(rest, more),
      at: seqOf(rest),
      thread: root === undefined ? undefined : { root, at: seqOf(last) },
    };
  }
  if (first === 'people' && id !== undefined) {
    return { is: 'person', id };
  }
  switch (first) {
    case 'signin':
      return { is: 'sign-in' };
    case 'signup':
      return { is: 'sign-up' };
    case 'reset-password':
      return { is: 'reset' };
    case 'verify-email':
      return { is: 'verify' };
    case 'new':
    case 'discover':
    case 'people':
    case 'threads':
    case 'search':
    case 'invite':
    case 'goodbye':
      return { is: first };
    case 'settings':
      return { is: 'settings', section: id };
    default:
      return { is: 'chats' };
  }
}

export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (to !== path.peek()) {
    history[how === 'push' ? 'pushState' : 'replaceState']({ within: true }, '', to);
    path.value = to;
  } else {
    again.value++;
  }
}

/** Whether the app itself led here, and no address that somebody typed or was sent. */
export function ledHere(): boolean {
  return (history.state as { within?: boolean } | null)?.within === true;
}

/** To the place before, or to a place given when there was none in this app. */
export function back(otherwise: string): void {
  if (ledHere()) {
    history.back();
  } else {
    go(otherwise, 'replace');
  }
}

window.addEventListener('popstate', () => (path.value = location.pathname));

/** What a link does when it is clicked plainly; other clicks are the browser's. */
export function follow(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
  if (plain && !event.defaultPrevented) {
    event.preventDefault();
    go(link.pathname);
  }
}
