import { deed, named } from "./deeds.ts";
import { type Person, tell } from "./harness.ts";

// A report that was sent back is written anew, submitted and accepted; a figure opens the rows behind it.

async function openJune(person: Person): Promise<void> {
  await person.open("/reports?period_from=2026-06-01");
  await person.page
    .getByRole("link", { name: /2026年6月/ })
    .first()
    .click();
  await person.page.waitForURL(/\/reports\/./);
  await person.settled();
}

await tell("reports", async (told) => {
  const college = await told.signedIn("demo.coordinator.accounting");
  await college.open("/reports");
  await college.lookAround("reports");
  await openJune(college);
  await college.page.getByText("请补充缺考原因").first().waitFor();
  await college.lookAround("report-returned");
  await college.page.getByRole("button", { name: named("填写文字") }).click();
  await college.page.getByLabel(/考核组织情况/).fill("本月考核有序。\n缺考者已安排补考。");
  await college.look("writing");
  await college.page.locator("form.panel button[type=submit]").click();
  await college.page.getByText("缺考者已安排补考").first().waitFor();
  await deed(college, "提交报告");
  const row = college.page.getByRole("row", { name: /通过率/ });
  await row.getByRole("button", { name: named("查看明细") }).click();
  const dialog = college.page.getByRole("dialog");
  await dialog.getByRole("row").nth(1).waitFor();
  await college.look("rows-behind");
  const path = new URL(college.page.url()).pathname;

  const office = await told.signedIn("demo.registrar");
  await office.open(path);
  await deed(office, "通过");
  await office.lookAround("report-accepted");
  await office.open("/report-types");
  await office.look("report-types");
  await office.page.getByRole("link", { name: /工作月报/ }).click();
  await office.page.waitForURL(/\/report-types\/./);
  await office.look("report-type");
  await office.page.getByRole("button", { name: named("修订为新版本") }).click();
  await office.look("redefining");
  await office.open("/feed-records");
  await office.look("feed-records");
});
