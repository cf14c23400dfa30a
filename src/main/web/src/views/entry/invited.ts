import { signal } from '@preact/signals';
import { paths } from '../router';

const TOKEN = /^#(pit_[A-Za-z0-9_-]+)$/;

/** The token of the link into a room that this page was opened by; in memory only, until it is used. */
export const invited = signal<string | undefined>(undefined);

/** Takes it out of the address and of the history, before anybody else reads or keeps it. */
function take(): void {
  const token = TOKEN.exec(location.hash)?.[1];
  if (token !== undefined && location.pathname === paths.invite) {
    history.replaceState(history.state, '', location.pathname);
    invited.value = token;
  }
}

/** The link of a token. It stands behind the #, where no server is told of it. */
export function linkOf(token: string): string {
  return `${location.origin}${paths.invite}#${token}`;
}

take();
// The link may be opened where its page is open already.
window.addEventListener('hashchange', take);
