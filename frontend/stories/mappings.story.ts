import { expect, tell } from "./harness.ts";

// A rule is looked at from all sides, and what it would do to a cohort is worked out and drawn.
await tell("mappings", async (told) => {
  const office = await told.signedIn("demo.registrar");
  await office.open("/mappings");
  await office.page.locator(".grid a").first().click();
  await office.page.waitForURL(/\/mappings\/./);
  await office.page.getByRole("heading", { name: "双方一致" }).waitFor();
  await office.lookAround("mapping");
  await office.button("试算一个年级").click();
  const dialog = office.page.getByRole("dialog");
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "hidden" });
  await office.page.locator("a[href^='/simulations/']").first().click();
  await office.page.getByRole("heading", { name: "影响人数" }).waitFor();
  await office.page.locator("figure svg").first().waitFor();
  await office.lookAround("simulation");
  expect((await office.page.locator("figure tbody tr").count()) === 3, "the chart has a table");
});
