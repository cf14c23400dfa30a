import { render } from 'preact';
import { rawWebSocket, sockJs } from './client/wire';
import { App } from './state/app';
import { acrossTabs, GONE, liveTabs } from './state/browser';
import { Keepsakes } from './state/keepsakes';
import { OutboxStore } from './state/outbox-store';
import './styles/app.css';
import { AppContext } from './views/context';
import { Root } from './views/Root';
import { settle } from './views/status/toast';
import { loadMarkdown } from './views/text/Text';
import { theme, wear } from './views/theme';
import { speak } from './words';

const { protocol, host, origin, search } = location;
const app = new App({
  transports: [
    rawWebSocket(`${protocol.replace('http', 'ws')}//${host}/eventbus/websocket`),
    sockJs(`${origin}/eventbus`),
  ],
  outbox: new OutboxStore(),
  keepsakes: new Keepsakes(),
  tabs: liveTabs(),
  gone: acrossTabs(GONE),
});

wear(theme.value);
void speak(new URLSearchParams(search).get('language') ?? undefined);
app.start();

const page = document.getElementById('app');
if (page) {
  render(
    <AppContext.Provider value={app}>
      <Root />
    </AppContext.Provider>,
    page,
  );
}

window.addEventListener('online', () => {
  void app.settle();
  app.home.value?.client.network(true);
});
window.addEventListener('offline', () => app.home.value?.client.network(false));
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    void app.settle();
    app.home.value?.wake();
  } else {
    settle();
    app.home.value?.keep();
  }
});
window.addEventListener('pagehide', settle);

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  navigator.serviceWorker.register(trustedWorker()).catch(() => undefined);
}
setTimeout(loadMarkdown, 2_000);

/** Where scripts need a policy to be loaded from an address, this is the one address. */
function trustedWorker(): string {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  const policy = types?.createPolicy('parley', { createScriptURL: () => '/sw.js' });
  return policy?.createScriptURL('') ?? '/sw.js';
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}
