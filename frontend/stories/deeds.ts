/** Doing a deed as a person does: press its button, answer what it asks, send, and see the question go. */

import type { Locator, Page } from "playwright-core";
import type { Person } from "./harness.ts";

export type Answers = Record<string, string | true>;

/** Between two Chinese characters the component library sets a space. */
export function named(words: string): RegExp {
  return new RegExp(`^${[...words].join("\\s?")}$`);
}

/** Fill in the controls of a form by their names: what is chosen by its words, what is ticked, what is typed. */
export async function answer(form: Locator, answers: Answers): Promise<void> {
  for (const [name, value] of Object.entries(answers)) {
    const control = form.locator(`[name="${name}"]`);
    if (value === true) await control.check();
    else if ((await control.evaluate((it) => it.tagName)) === "SELECT") await choose(control, value);
    else await control.fill(value);
  }
}

/** Choose of a list by a part of what it says there. */
export async function choose(select: Locator, words: string): Promise<void> {
  const option = select.locator("option").filter({ hasText: words }).first();
  await option.waitFor({ state: "attached" });
  await select.selectOption((await option.getAttribute("value")) ?? "");
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
  await dialog.waitFor({ state: "detached" });
}

export async function deed(
  person: Person,
  button: string,
  answers: Answers = {},
  within: Page | Locator = person.page,
): Promise<void> {
  const dialog = await asked(person, button, within);
  await answer(dialog, answers);
  await sent(dialog);
  await person.settled();
}

/** The control of a form that stands under its label's words, for forms that are no dialogs. */
export function entry(within: Page | Locator, label: string | RegExp, at = 0): Locator {
  return within.getByLabel(label).nth(at);
}
