import { fileURLToPath } from "node:url";
import { tanstackRouter, tanstackRouterGenerator } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { serverEventsLeftOut } from "./scripts/light.ts";
import { offline } from "./scripts/offline.ts";

const SHARED =
  /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next|use-sync-external-store)[\\/]/;
/** What only pages of the staff use of them is not brought to phones. */
const STAFF_ONLY = /[\\/](useInfiniteQuery|infiniteQueryObserver|useQueries|queriesObserver)\.js/;

export default defineConfig({
  plugins: [
    // In tests every part is loaded at once, so that no test waits for a chunk.
    tanstackRouter({ target: "react", autoCodeSplitting: !process.env.VITEST, quoteStyle: "double", semicolons: true }),
    // A tree of its own for phones and the public, so that none of the staff's routes weighs on them.
    tanstackRouterGenerator({
      target: "react",
      quoteStyle: "double",
      semicolons: true,
      routeFileIgnorePattern: "^_staff",
      generatedRouteTree: "./src/lightTree.gen.ts",
      tmpDir: "./.tanstack/light",
    }),
    react(),
    serverEventsLeftOut(),
    offline(),
  ],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    // The kernels of 360, UOS and older WeChat; Vite's own default is too new for them.
    target: ["chrome88", "safari14"],
    outDir: "../src/x_pilot_api/webui",
    emptyOutDir: true,
    manifest: true,
    chunkSizeWarningLimit: 1200,
    // The list of what each page needs weighs more than the one step it saves: most of it is there with the entry.
    modulePreload: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs is packed together, which packs better than a dozen parts each for itself.
          groups: [
            {
              name: "base",
              test: (id: string) => SHARED.test(id) && !STAFF_ONLY.test(id),
            },
            {
              name: "light",
              test: /src[\\/](api[\\/]light|lib[\\/](format|http|problems|i18n|theme|offline|runtime)|auth|ui[\\/]light[\\/](ProblemNote|Failure|NotFound|Waiting))/,
            },
            { name: "student", test: /src[\\/]features[\\/]student_space[\\/](kit|StudentSpace)/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: { "/v1": "http://127.0.0.1:8000", "/problems": "http://127.0.0.1:8000", "/v/": "http://127.0.0.1:8000" },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./tests/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
    testTimeout: 20000,
    pool: "threads",
    maxWorkers: 2,
  },
});
