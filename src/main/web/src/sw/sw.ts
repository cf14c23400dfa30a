/**
 * Keeps the app itself at hand, so that it opens without a network. It never stores what people said: that is the
 * server's, and the page's own database's, business.
 */
declare const self: ServiceWorkerGlobalScope;
/** The files of this build, put in when it is built. */
declare const SHELL_FILES: readonly string[];

const files: readonly string[] = SHELL_FILES;
const PATIENCE_MS = 3_000;
const SHELL = `shell-${fingerprint(files.join())}`;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(['/', ...files])));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))),
      ),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) {
    return;
  }
  if (request.mode === 'navigate' && !/^\/(api|eventbus|docs|openapi|asyncapi)/.test(pathname)) {
    // The server's page when it answers, so that a new version is taken at once.
    event.respondWith(Promise.race([fetch(request), tooLate()]).catch(() => shell('/')));
  } else if (files.includes(pathname)) {
    event.respondWith(shell(pathname));
  }
});

/** A notification that the app has shown through here leads to its message: in a page that is open, or in a new one. */
self.addEventListener('notificationclick', (event) => {
  const { to } = (event.notification.data ?? {}) as { to?: string };
  event.notification.close();
  if (to === undefined) return;
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then(async ([open]) => {
      if (open) {
        await open.focus();
        open.postMessage({ is: 'called', to });
      } else {
        await self.clients.openWindow(to);
      }
    }),
  );
});

/** A network that says nothing is none. */
function tooLate(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), PATIENCE_MS));
}

async function shell(path: string): Promise<Response> {
  return (await caches.match(path)) ?? fetch(path);
}

function fingerprint(text: string): string {
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  }
  return (hash >>> 0).toString(36);
}
export {};
