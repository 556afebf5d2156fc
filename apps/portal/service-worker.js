// Keeps the site's own files, and no other, for times without a network. The build fills in which files these are.
const version = 'SITE_VERSION';
const files = ['SITE_FILES'];
const cacheName = `site-${version}`;
const settings = new URL('portal.json', self.registration.scope).href;
const index = new URL('index.html', self.registration.scope).href;
const own = new Set(files.map((file) => new URL(file, self.registration.scope).href));

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([...own, settings])));
  self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOthers().then(() => self.clients.claim()));
});

async function removeOthers() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => /^site-[0-9a-f]{16}$/.test(name) && name !== cacheName).map((name) => caches.delete(name)),
  );
}

self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  if (method !== 'GET') return;
  const address = url.replace(/[?#].*$/, '');
  const file = address === self.registration.scope ? index : address;
  // What is not the site's goes to the network as if this worker were not there.
  if (file === settings) event.respondWith(freshOrKept(event.request, file));
  else if (own.has(file)) event.respondWith(keptOrFresh(event.request, file));
});

async function keptOrFresh(request, file) {
  const cache = await caches.open(cacheName);
  return (await cache.match(file)) ?? fetch(request);
}

async function freshOrKept(request, file) {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(file, response.clone());
    return response;
  } catch {
    return (await cache.match(file)) ?? Response.error();
  }
}
