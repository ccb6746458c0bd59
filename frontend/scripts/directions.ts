/**
 * The layout of the application, enforced: routes -> features/<area> -> ui, api, auth, lib; nothing back, no area knows
 * another, light parts know no component library, and no file is too long.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const SRC = resolve(dirname(fileURLToPath(import.meta.url)), "../src");
const LINES_MAX = 300;
/** Made of the routes with each build. */
const GENERATED = /^(routeTree|lightTree)\.gen\.ts$/;

/** What each part may know beside itself and packages. */
const MAY_KNOW: Record<string, readonly string[]> = {
  routes: ["features", "ui", "api", "auth", "lib"],
  features: ["ui", "api", "auth", "lib"],
  ui: ["api", "auth", "lib", "messages"],
  auth: ["api", "lib"],
  lib: ["messages"],
  messages: [],
};
/** Areas whose pages are loaded by phones; they and light parts stay free of Ant Design. */
const LIGHT = ["features/identity", "features/student_space", "features/public", "ui/light", "auth", "lib", "messages"];

export interface File {
  path: string;
  text: string;
}

const part = (path: string): string => path.split("/")[0] ?? "";
const area = (path: string): string => path.split("/").slice(0, 2).join("/");
const isLight = (path: string): boolean => LIGHT.some((light) => path === light || path.startsWith(`${light}/`));

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map((found) => found[1] ?? "");
}

/** The path from src of what a file imports, or null for a package. */
function target(file: File, name: string): string | null {
  if (name.startsWith("@/")) return name.slice(2);
  if (name.startsWith(".")) return relative(SRC, resolve(SRC, dirname(file.path), name));
  return null;
}

function breachesOf(file: File): string[] {
  const found: string[] = [];
  const from = part(file.path);
  const allowed = MAY_KNOW[from];
  for (const name of importsOf(file.text)) {
    const to = target(file, name);
    if (to === null) {
      if (isLight(file.path) && /^(antd|@ant-design|echarts|dayjs)(\/|$)/.test(name)) {
        found.push(`${file.path}: a light part imports ${name}`);
      }
      continue;
    }
    if (isLight(file.path) && (to.startsWith("ui/staff") || to.startsWith("api/staff"))) {
      found.push(`${file.path}: a light part imports ${to}`);
    }
    if (!allowed || GENERATED.test(to)) continue;
    if (from === "features" && part(to) === "features" && area(to) !== area(file.path)) {
      found.push(`${file.path}: one area imports another: ${to}`);
    } else if (part(to) !== from && !allowed.includes(part(to))) {
      found.push(`${file.path}: ${from} may not know ${to}`);
    }
  }
  if (/^export\s+\*|^export\s*\{[^}]*\}\s*from/m.test(file.text)) found.push(`${file.path}: a barrel`);
  if (/\/index\.tsx?$/.test(file.path) && from !== "routes") found.push(`${file.path}: an index file is a barrel`);
  const lines = file.text.split("\n").length;
  // Words are a list, and both languages' lists are read beside each other.
  if (lines > LINES_MAX && from !== "messages") found.push(`${file.path}: ${lines} lines, at most ${LINES_MAX}`);
  return found;
}

export function breaches(files: File[]): string[] {
  return files.flatMap(breachesOf);
}

function read(): File[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("api/") && !GENERATED.test(path))
    .map((path) => ({ path, text: readFileSync(resolve(SRC, path), "utf8") }));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = breaches(read());
  for (const line of found) console.error(line);
  process.exitCode = found.length > 0 ? 1 : 0;
}
