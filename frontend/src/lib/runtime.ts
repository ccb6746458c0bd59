/** What the generated clients start with. */

import { ask } from "./http.ts";

export function createClientConfig<Config extends object>(config?: Config) {
  return { ...(config as Config), baseUrl: "", fetch: ask };
}
