import { expect, tell } from "./harness.ts";
import { enrol, tryMenu } from "./people.ts";

// Everybody else who signs in: what each finds, and what each may do.

await tell("roles", async (told) => {
  const coordinator = await told.signedIn("demo.coordinator.accounting");
  await coordinator.lookAround("coordinator-home");
  await coordinator.open("/students");
  await coordinator.look("coordinator-students");

  const office = await told.signedIn("demo.registrar");
  await office.page.keyboard.press("Control+k");
  await office.page.getByRole("combobox").fill("待核");
  await office.page.getByRole("option").first().waitFor();
  await office.look("palette");
  await office.page.keyboard.press("Enter");
  await office.page.waitForURL(/\/quarantine/);
  await office.settled();
  await office.lookAround("quarantine");
  await office.page.locator(".grid a").first().click();
  await office.page.waitForURL(/\/quarantine\/./);
  await office.settled();
  await office.lookAround("quarantined-result");

  const expert = await told.signedIn("demo.expert.first", { size: "phone", theme: "dark" });
  await expert.look("expert-home");
  await expert.open("/reviews");
  await expert.look("expert-reviews");

  const teacher = await told.signedIn("demo.teacher", { size: "phone" });
  await teacher.look("teacher-home");
  await teacher.open("/own-sittings");
  await teacher.lookAround("teacher-sittings");
  const [row] = await teacher.page.locator(".grid tbody a").all();
  if (row) {
    await row.click();
    await teacher.page.waitForURL(/\/exam-sittings\/./);
    await teacher.settled();
    await teacher.look("teacher-sitting");
  }

  const organisation = await told.signedIn("demo.organisation");
  await organisation.open("/exam-plans");
  await organisation.page.locator(".grid a").first().click();
  await organisation.page.waitForURL(/\/exam-plans\/./);
  await organisation.settled();
  await organisation.lookAround("organisation-plan");

  const auditor = await told.somebody();
  await enrol(auditor, "demo.auditor");
  await auditor.open("/audit");
  expect((await auditor.page.locator(".grid tbody tr").count()) > 0, "the audit is read");
  await auditor.lookAround("audit");
  await tryMenu(auditor, "auditor");
});
