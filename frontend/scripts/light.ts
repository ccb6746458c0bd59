/** What the generated client brings for everybody, and phones never call. */

import type { Plugin } from "vite";

/** Leaves the reader of server-sent events out of the light client: no operation that phones call answers with them. */
export function serverEventsLeftOut(): Plugin {
  return {
    name: "x-pilot-no-server-events",
    apply: "build",
    enforce: "pre",
    load(id) {
      return /src\/api\/light\/core\/serverSentEvents\.gen\.ts$/.test(id)
        ? "export const createSseClient = () => { throw new Error('no server-sent events here'); };"
        : null;
    },
  };
}
