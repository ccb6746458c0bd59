import { act, choose, deed, follow, listed, stateIs } from "./deeds.ts";
import { expect, type Person, tell } from "./harness.ts";

// A college nominates a teacher and the office certifies them; a consortium takes a partner in and gets another lead;
// many are granted at once, one row is refused and says why; what nobody may examine is seen.

const run = String(Date.now()).slice(-6);
const MAIN = "智能财税";

async function seedTeacher(college: Person, office: Person): Promise<void> {
  await college.open("/seed-teachers");
  const named = { teacher_id: "T0103", certificate_category_id: "财务会计", tier: "中级" };
  await deed(college, "推荐种子教师", {
    ...named,
    evidence: `故事${run}`,
    evidence_references: `PX-${run}`,
  });
  await college.page.waitForURL(/seed-teachers\/[0-9a-f]{8}-/);
  await stateIs(college, "待认定");
  await office.open(new URL(college.page.url()).pathname);
  await act(office, "认定", {
    document_number: `教〔2026〕${run}号`,
    valid_from: "2026-01-01",
    valid_until: "2090-12-31",
  });
  await stateIs(office, "任期中");
  await office.lookAround("seed-teacher");
  await college.open("/seed-teachers?state=lapsed");
  await college.look("lapsed");
  await office.open("/seed-teachers");
  await office.lookAround("seed-teachers");
}

async function categories(office: Person): Promise<void> {
  await office.open("/certificate-categories");
  await deed(office, "新建类别", { code: `S${run}`, name: `故事类别${run}` });
  await office.look("categories");
  await follow(office, `故事类别${run}`);
  await act(office, "修改", { name: `故事类别${run}（新）` });
  await office.page.locator("h1", { hasText: "（新）" }).waitFor();
  await office.look("category");
}

async function consortium(office: Person): Promise<void> {
  await office.open("/training-consortia");
  await deed(office, "组建联合体", {
    name: `故事联合体${run}`,
    certificate_category_id: "财务会计",
    purpose: "联合培训教师",
    document_number: `教〔2026〕${run}号`,
    from_on: "2026-01-01",
    partner_name: `故事公司${run}`,
  });
  await office.page.waitForURL(/training-consortia\/[0-9a-f]{8}-/);
  await deed(office, "增加成员", { partner_name: `另一公司${run}`, from_on: "2026-02-01" });
  await deed(office, "移交牵头", { partner_name: `新牵头${run}`, from_on: "2026-03-01" });
  await office.page.getByText(`牵头单位 新牵头${run}`).waitFor();
  const row = office.page.locator(".grid tbody tr", { hasText: `另一公司${run}` });
  await deed(office, "结束", { until_on: "2026-04-01", ending: "期满" }, row);
  await office.lookAround("consortium");
  await deed(office, "结束联合体", { until_on: "2026-11-01", ending: "并入" });
  await office.open("/training-consortia");
  await office.look("consortia");
}

async function grant(office: Person): Promise<void> {
  await office.open("/teacher-qualifications/new");
  const { page } = office;
  await page.locator("input[name=valid_from]").fill("2026-01-01");
  await page.locator("input[name=document_number]").fill(`培〔2026〕${run}号`);
  for (const teacher of ["T0101", "T0301"]) await page.getByLabel(new RegExp(teacher)).check();
  await choose(page.locator("form fieldset select").nth(1), MAIN);
  await page.getByLabel(`${MAIN} 中级`, { exact: true }).check();
  await page.locator("form button[type=submit]").click();
  await page.getByText("授予 1 项，未授予 1 项。").waitFor();
  await office.lookAround("grant");
  await office.open("/teacher-qualifications");
  await office.lookAround("qualifications");
  const row = page.locator(".grid tbody tr", { hasText: "T0301" });
  await deed(office, "撤销", { reason: "评价组织通知" }, row);
  await office.open("/qualification-coverage");
  await office.lookAround("coverage");
  await office.open("/qualification-coverage?only_gaps=true");
  await office.look("gaps");
}

await tell("qualifications", async (told) => {
  const office = await told.signedIn("demo.registrar");
  const college = await told.signedIn("demo.coordinator.accounting");
  await categories(office);
  await seedTeacher(college, office);
  await consortium(office);
  await grant(office);
  const held = await listed<{ id: string }>("demo.registrar", "/v1/teacher-qualifications?state=revoked");
  expect(held.length > 0, "what was revoked is kept");
});
