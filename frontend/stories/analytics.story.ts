/** The dashboard: rates with what they are made of, another grouping, and the rows behind a number. */

import { expect, tell } from "./harness.ts";

await tell("analytics", async (told) => {
  const office = await told.signedIn("demo.registrar");
  await office.open("/analytics");
  await office.page.locator("section.panel svg").first().waitFor();
  await office.lookAround("analytics");
  expect((await office.page.locator(".grid tbody tr").count()) > 1, "groups and their total stand in a table");

  await office.page.getByLabel("统计口径").selectOption("month");
  await office.page.locator(".grid tbody tr", { hasText: "2026-06" }).waitFor();
  await office.look("analytics-by-month");

  const passed = office.page.locator(".grid tbody tr", { hasText: "2026-06" }).locator('a[aria-label^="通过"]');
  const count = Number(await passed.innerText());
  expect(count > 0, "somebody passed in the month");
  await passed.click();
  await office.page.waitForURL(/\/analytics-rows\?/);
  await office.page.locator(".grid tbody tr").first().waitFor();
  await office.lookAround("analytics-rows");
});
