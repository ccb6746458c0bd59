import { readFileSync } from "node:fs";
import { defineConfig } from "@hey-api/openapi-ts";

/** The API's description without its webhooks, which nobody calls from a browser. */
function described() {
  const found = JSON.parse(readFileSync(new URL("../openapi/openapi.json", import.meta.url), "utf8"));
  delete found.webhooks;
  return found;
}

const logs = { level: "silent", file: false } as const;

// Two clients of one document: what phones load knows only the operations that phones call.
export default defineConfig([
  {
    input: described(),
    logs,
    parser: {
      filters: {
        operations: {
          include: [
            "/^[A-Z]+ \\/v1\\/me(\\/|:|$)/",
            "/^[A-Z]+ \\/v1\\/auth\\//",
            "/^[A-Z]+ \\/v1\\/(public|verify|shared-awards)\\//",
            "GET /v1/awards/{award_id}/verification-qr",
            "GET /v1/bulletins",
            "GET /v1/bulletins/{bulletin_id}",
            "GET /v1/bulletins:count",
            "GET /v1/charges",
            "GET /v1/credit-accounts/{account_id}/statement",
            "POST /v1/mapping-notices/{notice_id}/objections",
            "GET /v1/mapping-notices/{notice_id}/objections",
            "POST /v1/bulletins/{bulletin_id}:read",
          ],
        },
        orphans: false,
      },
    },
    output: { path: "src/api/light", entryFile: false },
    plugins: [
      { name: "@hey-api/client-fetch", runtimeConfigPath: "./src/lib/runtime.ts" },
      "@hey-api/typescript",
      { name: "@hey-api/sdk", auth: false },
      "@tanstack/react-query",
    ],
  },
  {
    input: described(),
    logs,
    output: { path: "src/api/staff", entryFile: false },
    plugins: [
      { name: "@hey-api/client-fetch", runtimeConfigPath: "./src/lib/runtime.ts" },
      "@hey-api/typescript",
      { name: "@hey-api/sdk", auth: false },
      "@tanstack/react-query",
      { name: "zod", compatibilityVersion: "mini", responses: false, webhooks: false },
    ],
  },
]);
