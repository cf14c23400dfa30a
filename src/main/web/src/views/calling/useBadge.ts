import { useEffect } from 'preact/hooks';
import { words } from '../../words';

const PLAIN = '/icon.svg';
const UNREAD = '/icon-unread.svg';

/** How much is unread, where the app is seen without being looked at: in its title, its icon, and on its badge. */
export function useBadge(unread: number): void {
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${words().app}` : words().app;
    document.querySelector('link[rel="icon"]')?.setAttribute('href', unread > 0 ? UNREAD : PLAIN);
    badge(unread);
  }, [unread]);
  useEffect(() => () => badge(0), []);
}

/** Where the app was installed; elsewhere there is none. */
function badge(unread: number): void {
  if ('setAppBadge' in navigator) navigator.setAppBadge(unread).catch(() => undefined);
}
