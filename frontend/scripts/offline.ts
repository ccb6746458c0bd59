/** Writes the worker that keeps sign-in and the student space on the device: with exactly the files these need. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** What the pages begin with; all that these import comes along, and nothing of the staff pages does. */
const BEGINNINGS = [
  /\/index\.html$/,
  /\/src\/routes\/login\.tsx/,
  /\/src\/routes\/m\.tsx/,
  /\/src\/routes\/m\//,
  // Loaded when they are needed, which may be without a network.
  /\/src\/features\/student_space\/exams\/(calendar|Due)\.tsx?$/,
  /\/src\/messages\/(zh|en)\/(common|student[-a-z]*)\.ts$/,
];
const BESIDE = ["/index.html", "/theme.js", "/icon.svg", "/manifest.webmanifest"];

interface Chunk {
  fileName: string;
  facadeModuleId: string | null;
  imports: string[];
  viteMetadata?: { importedCss: Set<string> };
}

/** Everything that some chunks need, chunks and styles. */
export function closure(chunks: Map<string, Chunk>, beginnings: readonly RegExp[]): string[] {
  const found = new Set<string>();
  const waiting = [...chunks.values()].filter((chunk) =>
    beginnings.some((pattern) => chunk.facadeModuleId && pattern.test(chunk.facadeModuleId)),
  );
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    if (found.has(chunk.fileName)) continue;
    found.add(chunk.fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
    for (const name of chunk.imports) {
      const next = chunks.get(name);
      if (next) waiting.push(next);
    }
  }
  return [...found].sort();
}

export function offline(): Plugin {
  return {
    name: "x-pilot-offline",
    apply: "build",
    enforce: "post",
    generateBundle(_options, bundle) {
      const chunks = new Map<string, Chunk>();
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === "chunk") chunks.set(name, file as unknown as Chunk);
      }
      const files = [...BESIDE, ...closure(chunks, BEGINNINGS).map((name) => `/${name}`)];
      const template = readFileSync(new URL("./worker.js", import.meta.url), "utf8");
      const written = template.replace("__FILES__", JSON.stringify(files));
      // The page's own file has no hash in its name, so that the build's content names the edition.
      const edition = createHash("sha256").update(written).digest("hex").slice(0, 12);
      this.emitFile({ type: "asset", fileName: "sw.js", source: written.replace("__EDITION__", edition) });
    },
  };
}
