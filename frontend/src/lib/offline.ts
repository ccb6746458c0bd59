/** What is kept on the device: by the worker of `scripts/worker.js`, and forgotten when somebody signs out. */

const OWN = "own";

/** Ask the browser to keep the student space; one that cannot just does not. */
export function keepOnDevice(): void {
  if (import.meta.env.PROD && "serviceWorker" in navigator) {
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }
}

/** Delete the student's own data from the device. */
export async function forgetOwn(): Promise<void> {
  if ("caches" in globalThis) await caches.delete(OWN).catch(() => false);
}
