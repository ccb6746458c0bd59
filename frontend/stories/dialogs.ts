/** What people do again and again in the staff's pages: answer a dialog, press a deed, look somebody up. */

import type { Locator } from "playwright-core";
import { expect, type Person } from "./harness.ts";

export type Answers = Record<string, string | boolean>;

/** Fill the fields of a form by their names: texts, choices by value or label, and checks. */
export async function fill(form: Locator, answers: Answers): Promise<void> {
  for (const [name, answer] of Object.entries(answers)) {
    const control = form.locator(`[name="${name}"]`);
    if (typeof answer === "boolean") await control.setChecked(answer);
    else if ((await control.evaluate((it) => it.tagName)) === "SELECT") await control.selectOption(answer);
    else await control.fill(answer);
  }
}

/** Answer the dialog that is open and see it close: it stays open when the API refuses. */
export async function answer(person: Person, answers: Answers = {}, typed?: string): Promise<void> {
  const dialog = person.page.getByRole("dialog");
  await dialog.waitFor();
  await fill(dialog, answers);
  if (typed) await dialog.locator("form input:not([name])").fill(typed);
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "hidden" });
  await person.settled();
}

/** Press a deed of the page's head and answer what it asks. */
export async function act(person: Person, deed: string, answers: Answers = {}, typed?: string): Promise<void> {
  await person.page.locator(".page-deeds").getByRole("button", { name: deed, exact: true }).click();
  await answer(person, answers, typed);
}

/** Follow the link of the first row that shows a text. */
export async function follow(person: Person, text: string): Promise<void> {
  await person.page.locator(".grid tbody tr", { hasText: text }).first().locator("a").first().click();
  await person.page
    .locator(".grid tbody tr", { hasText: text })
    .first()
    .waitFor({ state: "detached" })
    .catch(() => {});
  await person.settled();
}

/** The state that the page's head shows. */
export async function stateIs(person: Person, state: string): Promise<void> {
  await person.page.locator("h1", { hasText: state }).waitFor();
}

/** Read a list of the API as somebody, to know whom a story is about. */
export async function listed<Row>(username: string, path: string): Promise<Row[]> {
  const ask = (to: string, how: RequestInit): Promise<Response> => fetch(`${process.env.BASE}${to}`, how);
  const form = { grant_type: "password", username, password: process.env.PASSWORD ?? "" };
  const tokens = await ask("/v1/auth/token", { method: "POST", body: new URLSearchParams(form) });
  const { access_token } = (await tokens.json()) as { access_token: string };
  const answered = await ask(path, { headers: { authorization: `Bearer ${access_token}` } });
  expect(answered.ok, `${path} is read`);
  return ((await answered.json()) as { items: Row[] }).items;
}
