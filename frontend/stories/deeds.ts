/** Doing a deed as a person does: press its button, answer what it asks, send, see the question go, and look at what became of it. */

import type { Locator, Page } from "playwright-core";
import { expect, type Person } from "./harness.ts";

export type Answers = Record<string, string | boolean>;

/** Between two Chinese characters the component library sets a space. */
export function named(words: string): RegExp {
  return new RegExp(`^${[...words].join("\\s?")}$`);
}

/** Fill in the controls of a form by their names: what is chosen by value or words, what is ticked, what is typed. */
export async function fill(form: Locator, answers: Answers): Promise<void> {
  for (const [name, value] of Object.entries(answers)) {
    const control = form.locator(`[name="${name}"]`);
    if (typeof value === "boolean") await control.setChecked(value);
    else if ((await control.evaluate((it) => it.tagName)) === "SELECT") await choose(control, value);
    else await control.fill(value);
  }
}

/** Choose of a list by its value, by what it says there, or by a part of that; the list may have to come first. */
export async function choose(select: Locator, words: string): Promise<void> {
  const options = select.locator("option");
  const byValue = select.locator(`option[value="${words}"]`);
  const byPart = options.filter({ hasText: words });
  await byValue.or(byPart).first().waitFor({ state: "attached" });
  const byWords = options.filter({ hasText: new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) });
  for (const found of [byValue, byWords, byPart]) {
    if ((await found.count()) > 0) {
      await select.selectOption((await found.first().getAttribute("value")) ?? "");
      return;
    }
  }
}

export async function asked(person: Person, button: string, within: Page | Locator = person.page): Promise<Locator> {
  await within
    .getByRole("button", { name: named(button) })
    .first()
    .click();
  const dialog = person.page.getByRole("dialog");
  await dialog.waitFor();
  return dialog;
}

export async function sent(dialog: Locator): Promise<void> {
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "hidden" });
}

export async function deed(
  person: Person,
  button: string,
  answers: Answers = {},
  within: Page | Locator = person.page,
): Promise<void> {
  const dialog = await asked(person, button, within);
  await fill(dialog, answers);
  await sent(dialog);
  await person.settled();
}

/** The control of a form that stands under its label's words, for forms that are no dialogs. */
export function entry(within: Page | Locator, label: string | RegExp, at = 0): Locator {
  return within.getByLabel(label).nth(at);
}

/** Answer the dialog that is open and see it close: it stays open when the API refuses. */
export async function answer(person: Person, answers: Answers = {}, typed?: string): Promise<void> {
  const dialog = person.page.getByRole("dialog");
  await dialog.waitFor();
  await fill(dialog, answers);
  if (typed) await dialog.locator("form input:not([name])").fill(typed);
  await sent(dialog);
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
