import { act, answer } from "./deeds.ts";
import { expect, type Person, tell } from "./harness.ts";
import { madeUpNumber } from "./numbers.ts";

// A college gives a class to a company's employees: somebody is added and their hours recorded; the class's teacher logs
// a lesson by phone, the college verifies it, and the teacher reads their statement.

const run = String(Date.now()).slice(-6);
const TITLE = `企业班${run}`;
const NUMBER = madeUpNumber("19631019");
const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" }).format(new Date());

async function classOf(college: Person): Promise<void> {
  await college.open("/social-classes");
  await college.look("social-classes");
  await college.page.locator(".page-deeds").getByRole("button", { name: "新建培训班" }).click();
  const dialog = college.page.getByRole("dialog");
  const own = dialog.locator("select[name=college_id] option", { hasText: "会计学院" }).first();
  const level = dialog.locator("select[name=certificate_level_id] option", { hasText: "智能财税" }).first();
  await own.waitFor({ state: "attached" });
  await level.waitFor({ state: "attached" });
  await answer(college, {
    college_id: (await own.getAttribute("value")) ?? "",
    certificate_level_id: (await level.getAttribute("value")) ?? "",
    title: TITLE,
    partner: "故事公司",
    hours: "24.5",
    starts_on: today,
    ends_on: today,
    places: "2",
  });
  await college.page.waitForURL(/social-classes\/[0-9a-f]{8}-/);
  await college.settled();
  const teacher = college.page.getByLabel("添加任课教师");
  await teacher.locator("option").nth(1).waitFor({ state: "attached" });
  await teacher.selectOption({ index: 1 });
  await college.page.getByRole("region", { name: "任课教师" }).waitFor();
  await act(college, "开放报名");
  await college.page.getByRole("button", { name: "添加学员" }).click();
  await answer(college, {
    name: `职工${run}`,
    document_number: NUMBER,
    social_group: "enterprise_employee",
    employer: "故事公司",
  });
  await college.page.getByText(`职工${run}`).waitFor();
  expect((await college.page.getByText(NUMBER).count()) === 0, "the number is shown nowhere");
  await act(college, "开班");
  await college.page.getByRole("checkbox", { name: `职工${run}` }).check();
  await college.look("social-class");
  await college.page.getByRole("button", { name: /登记 1 名/ }).click();
  await college.page.getByRole("dialog").locator("select").first().selectOption("passed");
  await college.look("social-attendance");
  await answer(college);
  await college.page.getByRole("cell", { name: "24.5" }).waitFor();
}

async function hours(college: Person, teacher: Person): Promise<void> {
  await teacher.open("/workload");
  await teacher.page.locator(".page-deeds").getByRole("button", { name: "登记工作量" }).click();
  const dialog = teacher.page.getByRole("dialog");
  const own = dialog.locator("select[name=social_class_id] option", { hasText: "提升班（演示）" }).first();
  await own.waitFor({ state: "attached" });
  await answer(teacher, {
    social_class_id: (await own.getAttribute("value")) ?? "",
    worked_on: today,
    hours: "3.5",
    what: `授课${run}`,
  });
  await teacher.page.getByText(`授课${run}`).waitFor();
  await teacher.look("my-workload");
  await college.open("/workload");
  const row = college.page.locator(".grid tbody tr", { hasText: `授课${run}` });
  await row.locator("input[type=checkbox]").check();
  await college.look("workload-queue");
  await college.page.getByRole("button", { name: /核实 1 条/ }).click();
  await answer(college);
  await row.waitFor({ state: "detached" });
  await teacher.open("/workload");
  await teacher.page.getByRole("link", { name: "对账单" }).click();
  await teacher.page.getByText(`授课${run}`).waitFor();
  await teacher.look("workload-statement");
}

await tell("social-service", async (told) => {
  const college = await told.signedIn("demo.coordinator.accounting");
  await classOf(college);
  await hours(college, await told.signedIn("demo.teacher", { size: "phone" }));
  await college.open("/social-classes?view=figures");
  await college.page.getByRole("cell", { name: "会计学院" }).waitFor();
  await college.look("social-figures");
  const office = await told.signedIn("demo.registrar");
  await office.open("/workload?view=ratios");
  await office.page.getByText("1.2").first().waitFor();
  await office.look("workload-ratios");
});
