import { tagOf, type Call } from '../../state/caller';
import { lookAgain, previewed, permission, shown, sounding } from '../../state/device-calls';
import { isolated, words } from '../../words';
import { go, paths } from '../router';
import { chime } from './chime';

/** Shows a message beside the app, if this browser may and its owner wants it; a click leads there. */
export function show(call: Call): void {
  // Another tab may have said otherwise a moment ago.
  lookAgain();
  if (!shown.is.peek() || permission.peek() !== 'granted') return;
  const to = address(call);
  const w = words().calling;
  const title =
    call.where === undefined ? call.who : w.from(isolated(call.who), isolated(call.where));
  const options: NotificationOptions = {
    body: previewed.is.peek() && call.text !== '' ? call.text : w.hidden,
    tag: tagOf(call),
    icon: '/icon.svg',
    data: { to },
    silent: true,
  };
  try {
    const notification = new Notification(title, options);
    notification.onclick = () => {
      window.focus();
      notification.close();
      go(to);
    };
  } catch {
    // Phones show them only by the worker, which knows where a click leads.
    navigator.serviceWorker.ready
      .then((worker) => worker.showNotification(title, options))
      .catch(() => undefined);
  }
  if (sounding.is.peek()) chime();
}

function address({ room, seq, thread }: Call): string {
  return thread === undefined ? paths.message(room, seq) : paths.inThread(room, thread, seq);
}
