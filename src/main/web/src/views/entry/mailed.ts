import { signal } from '@preact/signals';

const TOKEN = /^#token=(.+)$/;

/** The token of the mailed link that this page was opened by; in memory only, until it is used. */
export const mailed = signal<string | undefined>(undefined);

/** Takes it out of the address and of the history, before anybody else reads or keeps it. */
function take(): void {
  const token = TOKEN.exec(location.hash)?.[1];
  if (token !== undefined) {
    history.replaceState(history.state, '', location.pathname + location.search);
    mailed.value = decoded(token);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

take();
// The link may be opened where its page is open already.
window.addEventListener('hashchange', take);
