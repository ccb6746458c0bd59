import { readFileSync, writeFileSync } from "node:fs";
import { codeOf } from "./authenticator.ts";
import { expect, type Person } from "./harness.ts";

// What several stories do with somebody who signs in.

/** What an authenticator keeps between two stories told to one product. */
const KEPT = (username: string) => `${process.env.STATE ?? "."}/second-factor-${username}`;

/** Sign in somebody who must have a second factor: the first story enrols it, later ones use it. */
export async function enrol(person: Person, username: string): Promise<void> {
  await person.knock(username);
  const owed = person.page.locator("h2.owed-title");
  const otp = person.page.locator("input[name=otp]");
  await Promise.race([owed.waitFor(), otp.waitFor()]);
  if (await otp.isVisible()) {
    await otp.fill(codeOf(readFileSync(KEPT(username), "utf8")));
    await person.page.locator("form button[type=submit]").click();
  } else {
    await person.look("second-factor");
    await person.page.locator("button.button.wide").click();
    const secret = await person.page.locator("code.secret").innerText();
    writeFileSync(KEPT(username), secret);
    await person.page.locator("input[name=code]").fill(codeOf(secret));
    await person.page.locator("form button[type=submit]").click();
    await person.page.locator("ul.recovery").waitFor();
    await person.look("recovery-codes");
    await person.page.locator("button.button.wide").click();
  }
  await person.letIn();
}

/** Follow an entry of the menu; on a busy machine a page that is still coming may swallow a click, and people click again. */
async function follow(person: Person, path: string): Promise<void> {
  const isThere = (url: URL) => url.pathname === path;
  await person.page.locator(`#menu a[href="${path}"]`).click();
  await person.page.waitForURL(isThere, { timeout: 20_000 }).catch(async () => {
    await person.page.locator(`#menu a[href="${path}"]`).click();
    await person.page.waitForURL(isThere);
  });
  await person.settled();
}

/** Every page a person's menu offers opens, and none of it is refused to them. */
export async function tryMenu(person: Person, name: string): Promise<void> {
  await person.open("/");
  const refused: string[] = [];
  person.page.on("response", (answer) => {
    if (answer.status() === 403) refused.push(`${name}: ${answer.url()}`);
  });
  const paths = await person.page.locator("#menu a").evaluateAll((links) => links.map((it) => it.getAttribute("href")));
  expect(paths.length > 2, `${name} has a menu`);
  for (const path of paths) {
    await follow(person, path ?? "/");
    if ((await person.page.locator("#content h1").count()) === 0) refused.push(`${name}: ${path} is no page`);
  }
  expect(refused.length === 0, refused.join("\n"));
}
