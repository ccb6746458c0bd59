/** A browser, the running product, and somebody at it: what every story is told with. */

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from "playwright-core";

const BASE = process.env.BASE ?? "http://127.0.0.1:8000";
const PASSWORD = process.env.PASSWORD ?? "";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Generous: two machines' worth of work may share this one. A story waits for what it waits for, never for time. */
const PATIENCE_MS = 120_000;

export type Size = "desktop" | "phone";
export type Theme = "light" | "dark";

const SIZES = { desktop: { width: 1366, height: 850 }, phone: { width: 360, height: 740 } } as const;
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Setting {
  size?: Size;
  theme?: Theme;
}

export const SETTINGS: readonly Required<Setting>[] = [
  { size: "desktop", theme: "light" },
  { size: "phone", theme: "dark" },
  { size: "desktop", theme: "dark" },
  { size: "phone", theme: "light" },
];

/** Somebody at a browser. */
export class Person {
  readonly page: Page;
  private readonly story: string;
  private readonly setting: string;
  readonly faults: string[] = [];
  private readonly refusals: string[] = [];

  constructor(story: string, page: Page, setting: string) {
    this.story = story;
    this.page = page;
    this.setting = setting;
    page.on("pageerror", (error) => this.faults.push(`${error}`));
    page.on("console", (message) => {
      // A refusal that the page shows is told by the console too; a broken policy or component is a fault.
      if (message.type() === "error" && !/status of (4\d\d|503)/.test(message.text())) this.faults.push(message.text());
    });
    page.on("response", (answer) => {
      if (answer.status() < 400) return;
      const { pathname } = new URL(answer.url());
      this.refusals.push(`${answer.status()} ${answer.request().method()} ${pathname}`);
    });
  }

  /** What somebody would see who looked over this person's shoulder, for whoever mends a story that failed. */
  async sight(): Promise<string> {
    const page = new URL(this.page.url()).pathname;
    const dialog = this.page.getByRole("dialog");
    const shown = (await dialog.count()) > 0 ? dialog.last() : this.page.locator("body");
    const words = await shown.innerText({ timeout: 1_000 }).catch((gone: unknown) => `${gone}`);
    return `${page}\nrefused: ${this.refusals.slice(-8).join(", ")}\n${words.slice(0, 1_500)}`;
  }

  async knock(username: string): Promise<void> {
    await this.page.goto(`${BASE}/login`);
    await this.page.locator("input[name=username]").fill(username);
    await this.page.locator("input[name=password]").fill(PASSWORD);
    await this.page.locator("form button[type=submit]").click();
  }

  async signIn(username: string): Promise<void> {
    await this.knock(username);
    await this.letIn();
  }

  /** Wait until the sign-in page has led on. */
  async letIn(): Promise<void> {
    await this.page.waitForURL((url) => url.pathname !== "/login");
    await this.page.locator("input[name=password]").waitFor({ state: "detached" });
    await this.settled();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${BASE}${path}`);
    await this.settled();
  }

  /** Wait until the page has its heading and nothing on it is still being loaded. */
  async settled(): Promise<void> {
    await this.page.locator("h1").first().waitFor();
    await this.page.waitForFunction(
      () => !document.querySelector(".waiting, .ant-spin-spinning, .ant-skeleton-active, [aria-busy=true]"),
    );
  }

  /** Wait until nothing moves: half way from one theme to the other a link's colour is neither's. */
  private async still(): Promise<void> {
    await this.page.waitForFunction(() =>
      document
        .getAnimations()
        .every((it) => it.playState !== "running" || it.effect?.getComputedTiming().endTime === Infinity),
    );
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  /** Look at the page as it is in either theme, at a desk and on a phone. */
  async lookAround(name: string, settings: readonly Required<Setting>[] = SETTINGS): Promise<void> {
    for (const { size, theme } of settings) {
      await this.page.setViewportSize(SIZES[size]);
      await this.turn(theme);
      await this.look(name, `${size}-${theme}`);
    }
    await this.turn("light");
    await this.page.setViewportSize(SIZES.desktop);
  }

  private async turn(theme: Theme): Promise<void> {
    const now = await this.page.evaluate(() => document.documentElement.dataset.theme);
    if (now === theme) return;
    const toggle = this.page.getByRole("button", { name: theme === "dark" ? "切换为深色" : "切换为浅色" });
    // A page of an error has no switch; the choice is then made as the next visit would find it.
    if ((await toggle.count()) > 0) await toggle.first().click();
    else await this.page.evaluate((it) => void Object.assign(document.documentElement.dataset, { theme: it }), theme);
  }

  /** Look at the page: a picture for people, and the rules of WCAG 2.2 AA. */
  async look(name: string, setting = this.setting): Promise<void> {
    await this.settled();
    await this.still();
    const folder = `artefacts/${this.story}`;
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: `${folder}/${name}-${setting}.png`, fullPage: true });
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate(async (rules) => {
      const { axe } = globalThis as unknown as { axe: { run(where: Document, how: object): Promise<AxeResults> } };
      const results = await axe.run(document, { runOnly: { type: "tag", values: rules } });
      return results.violations.map((it) => `${it.id}: ${it.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
    }, RULES);
    for (const violation of found) this.faults.push(`${name} (${setting}): ${violation}`);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
    if (wide) this.faults.push(`${name} (${setting}): the page is wider than the window`);
  }
}

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[];
}

export class Told {
  private readonly story: string;
  private readonly browser: Browser;
  private readonly people: Person[] = [];

  constructor(story: string, browser: Browser) {
    this.story = story;
    this.browser = browser;
  }

  async somebody({ size = "desktop", theme = "light" }: Setting = {}): Promise<Person> {
    const context: BrowserContext = await this.browser.newContext({
      viewport: SIZES[size],
      colorScheme: theme,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      hasTouch: size === "phone",
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const person = new Person(this.story, await context.newPage(), `${size}-${theme}`);
    this.people.push(person);
    return person;
  }

  async signedIn(username: string, setting: Setting = {}): Promise<Person> {
    const person = await this.somebody(setting);
    await person.signIn(username);
    return person;
  }

  /** Open pages as one person and look at each in both themes and both sizes. */
  async lookAt(username: string | null, paths: Record<string, string>): Promise<void> {
    const person = username ? await this.signedIn(username) : await this.somebody();
    for (const [name, path] of Object.entries(paths)) {
      await person.open(path);
      await person.lookAround(name);
    }
    await person.page.context().close();
  }

  get faults(): string[] {
    return this.people.flatMap((person) => person.faults);
  }

  async sights(): Promise<string[]> {
    const there = this.people.filter((person) => !person.page.isClosed());
    return await Promise.all(there.map((person) => person.sight()));
  }
}

export function expect(what: unknown, says: string): asserts what {
  if (!what) throw new Error(says);
}

/** Tell one story; whatever went wrong on its pages fails it. */
export async function tell(name: string, plot: (told: Told) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
  });
  const told = new Told(name, browser);
  try {
    await plot(told);
    if (told.faults.length > 0) throw new Error(told.faults.join("\n"));
    console.log(`${name}: told`);
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error);
    for (const fault of told.faults) console.error(fault);
    for (const sight of await told.sights()) console.error(sight);
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}
