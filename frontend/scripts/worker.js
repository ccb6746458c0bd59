// Keeps sign-in and the student space on the device, and the last of the student's own data until they sign out.
const SHELL = "shell-__EDITION__";
const OWN = "own";
const FILES = __FILES__;
// Only a student's own answers, their tickets too, and of these none that lists where somebody is signed in.
const OWN_PATHS =
  /^\/v1\/(me(\/(?!sessions|second-factor|changes|open-exams).*)?|awards\/[^/]+\/verification-qr|charges)$/;
const SPA = /^\/(m|login)(\/|$)/;

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(FILES))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  const forget = (names) => names.filter((name) => name !== SHELL && name !== OWN).map((name) => caches.delete(name));
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(forget(names)))
      .then(() => clients.claim()),
  );
});

async function own(request) {
  const cache = await caches.open(OWN);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request.url, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(request.url, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match("/index.html", { cacheName: SHELL });
    if (kept) return kept;
    throw error;
  }
}

async function file(request) {
  return (await caches.match(request, { cacheName: SHELL, ignoreVary: true })) ?? fetch(request);
}

/** Who is no longer signed in leaves nothing behind. */
async function ours(answered) {
  const answer = await answered;
  if (answer.status === 401) await caches.delete(OWN);
  return answer;
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (pathname.startsWith("/v1/")) {
    const isOwn = request.method === "GET" && OWN_PATHS.test(pathname);
    event.respondWith(ours(isOwn ? own(request) : fetch(request)));
  } else if (request.mode === "navigate") {
    if (SPA.test(pathname)) event.respondWith(page(request));
  } else if (FILES.includes(pathname)) {
    event.respondWith(file(request));
  }
});
