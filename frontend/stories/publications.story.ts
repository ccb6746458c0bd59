import { expect, tell } from "./harness.ts";

// What is made known: a policy found by its words and compared, a case, a bulletin drafted, published, read by phone.
await tell("publications", async (told) => {
  const office = await told.signedIn("demo.registrar");
  await office.open("/policy-documents?text=%E8%AF%81%E4%B9%A6%20%E5%AD%A6%E5%88%86");
  await office.page.locator("mark").first().waitFor();
  await office.look("library");
  await office.page.getByRole("link", { name: "1+X证书试点工作管理办法（演示）" }).click();
  await office.button("与第 1 版比较").click();
  await office.page.getByRole("heading", { name: "第 1 版与第 2 版" }).waitFor();
  await office.look("document");
  await office.open("/policy-documents?view=drafts");
  await office.page.getByRole("link", { name: "典型案例遴选办法（演示）" }).click();
  await office.page.getByRole("heading", { name: "典型案例遴选办法（演示）" }).waitFor();
  await office.look("policy-draft");

  await office.open("/typical-cases");
  await office.look("cases");
  await office.page.getByRole("link", { name: "校企共建考核站点（演示）" }).click();
  await office.button("采纳").waitFor();
  await office.look("case");

  await office.open("/bulletins?view=drafts");
  await office.page.getByRole("link", { name: "寒假期间考核站点值守安排（演示）" }).click();
  await office.page.getByText("现在发布将送达").waitFor();
  await office.look("bulletin-draft");
  await office.open("/bulletins?view=issued");
  await office.look("bulletins");
  await office.page.getByRole("link", { name: /考核报名的通知/ }).click();
  await office.page.getByRole("heading", { name: "阅读情况" }).waitFor();
  await office.look("bulletin");

  const student = await told.signedIn("demo.student.first", { size: "phone" });
  await student.open("/m/bulletins");
  await student.look("own-bulletins");
  await student.page.getByRole("link", { name: /考核报名的通知/ }).click();
  await student.button("我已阅读").click();
  await student.page.getByText("已读于").waitFor();
  await student.look("own-bulletin");
  await office.open("/bulletins?view=issued");
  expect((await office.page.getByText(/\(1\/\d+\)/).count()) > 0, "the receipt is counted");

  await told.lookAt(null, { "public-bulletins": "/public/bulletins", "public-cases": "/public/typical-cases" });
  const anybody = await told.somebody({ size: "phone" });
  await anybody.open("/public/typical-cases");
  await anybody.page.getByRole("link", { name: "把证书标准写进课程标准（演示）" }).click();
  await anybody.page.getByText("一、背景").waitFor();
  await anybody.look("public-case");
});
