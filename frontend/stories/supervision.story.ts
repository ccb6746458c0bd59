import { deed, named } from "./deeds.ts";
import { expect, tell } from "./harness.ts";

// A college assesses itself anew and submits, the office adjusts and confirms; a finding is put right and checked.

const DUE = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);

await tell("supervision", async (told) => {
  const college = await told.signedIn("demo.coordinator.accounting");
  await college.open("/college-assessments");
  await college.lookAround("assessments");
  await college.page
    .getByRole("link", { name: /会计学院/ })
    .first()
    .click();
  await college.page.waitForURL(/\/college-assessments\/./);
  await college.page.getByText("请补充教师参训名册").first().waitFor();
  await college.lookAround("assessment-returned");
  await college.page.getByRole("button", { name: named("填写自评") }).click();
  await college.page.locator('[name="team.words"]').fill("参训名册已附。\n另见结业证明。");
  await college.look("writing");
  await college.page.locator("form.panel button[type=submit]").click();
  await college.page.locator("form.panel").waitFor({ state: "detached" });
  await deed(college, "提交自评");
  const row = college.page.getByRole("row", { name: /证书通过率/ });
  await row.getByRole("button", { name: named("查看明细") }).click();
  const dialog = college.page.getByRole("dialog");
  await dialog.getByRole("row").nth(1).waitFor();
  await college.look("rows-behind");
  const path = new URL(college.page.url()).pathname;

  const office = await told.signedIn("demo.registrar");
  await office.open(path);
  const adjusted = { "team.numerator": "30", "team.denominator": "44", "team.reason": "一人未结业" };
  await deed(office, "审核通过", { ...adjusted, comment: "按核定数计分" });
  await office.page
    .getByText(/审核调整为/)
    .first()
    .waitFor();
  await office.lookAround("assessment-reviewed");
  const title = `参训材料不全 ${Date.now()}`;
  await deed(office, "登记发现", { title, indicator_code: "教师参训率", description: "缺两人的结业证明" });
  await office.page.waitForURL(/\/supervision-findings\/./);
  const finding = new URL(office.page.url()).pathname;

  await college.open(finding);
  await deed(college, "制定措施", { measure: "补齐结业证明", owner_id: "李会计", due_on: DUE });
  await deed(college, "整改完成", { evidence: "证明已归档" });
  expect(
    (await college.page.getByRole("button", { name: named("核查通过") }).count()) === 0,
    "who put it right does not check it",
  );
  await office.open(finding);
  await deed(office, "核查通过");
  await office.page.getByText("已办结").first().waitFor();
  await office.lookAround("finding");
  await office.open("/supervision-findings");
  await office.lookAround("findings");

  await office.open("/college-rankings/2026");
  await office.page
    .getByText(/排名未发布/)
    .first()
    .waitFor();
  await office.look("ranking-withheld");
  await office.open("/college-schemes");
  await office.look("schemes");
  await office.page.getByRole("link", { name: /年度考核办法/ }).click();
  await office.page.waitForURL(/\/college-schemes\/./);
  await office.lookAround("scheme");
  await office.open("/college-schemes");
  await office.page.getByRole("button", { name: named("起草方案") }).click();
  await office.look("drafting");
});
