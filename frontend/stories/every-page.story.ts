import { type Person, SETTINGS, tell } from "./harness.ts";
import { enrol } from "./people.ts";

// Every page of the staff that a link leads to, whoever may see it. Each is looked at in one setting, the settings taking
// turns; with EVERY_SETTING=1 each is looked at in all of them, and a code that is said to people is a fault: what other
// stories leave on a shared demonstration may look like one.

const IN_ALL = process.env.EVERY_SETTING === "1";
/** In the order in which they are asked: who comes later is shown what is left. */
const OFFICE = ["demo.registrar", "demo.finance"];
const OTHERS = ["demo.coordinator.accounting", "demo.organisation", "demo.teacher", "demo.expert.first"];
const WITH_SECOND_FACTOR = ["demo.operator", "demo.auditor"];
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Pages by the kind of page they are: which object is shown makes no other page. */
const kindOf = (path: string): string => path.replace(/[?#].*$/, "").replace(ID, "$id");

const seen = new Map<string, string>();

/** List where the page that is shown leads to, within the staff's pages. */
async function linksOf(person: Person): Promise<string[]> {
  const paths = await person.page
    .locator('#menu a[href^="/"], main a[href^="/"]')
    .evaluateAll((links) => links.map((it) => it.getAttribute("href") ?? ""));
  return paths.filter((path) => !/^\/(m|public|v|v1|docs|login|password|problems)(\/|$)/.test(path));
}

/** Codes of the API in what the page says to people, outside of what is set as code. */
async function codesOn(person: Person): Promise<string[]> {
  return person.page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const isCode = walker.currentNode.parentElement?.closest("code, pre, script, style");
      if (isCode) continue;
      for (const [code] of (walker.currentNode.nodeValue ?? "").matchAll(/\b[a-z]+(_[a-z0-9]+)+\b/g)) found.add(code);
    }
    return [...found];
  });
}

async function walk(person: Person, username: string): Promise<void> {
  const ways = ["/"];
  const taken = new Set<string>();
  for (let path = ways.shift(); path !== undefined; path = ways.shift()) {
    const kind = kindOf(path);
    // An object that somebody has looked at already shows another person no further kinds of pages; their lists may.
    if (taken.has(kind) || (seen.has(kind) && kind.includes("$id"))) continue;
    taken.add(kind);
    await person.open(path);
    ways.push(...(await linksOf(person)));
    if (seen.has(kind)) continue;
    const turn = seen.size % SETTINGS.length;
    seen.set(kind, username);
    const name = kind === "/" ? "home" : kind.slice(1).replaceAll("/", "_").replaceAll("$", "");
    await person.lookAround(name, IN_ALL ? SETTINGS : SETTINGS.slice(turn, turn + 1));
    if (!IN_ALL) continue;
    for (const code of await codesOn(person)) person.faults.push(`${kind}: says ${code} to people`);
  }
}

await tell("every-page", async (told) => {
  for (const username of [...OFFICE, ...OTHERS]) await walk(await told.signedIn(username), username);
  for (const username of WITH_SECOND_FACTOR) {
    const person = await told.somebody();
    await enrol(person, username);
    await walk(person, username);
  }
  console.log([...seen].map(([kind, username]) => `${kind} ${username}`).join("\n"));
});
