import { act, answer, fill, stateIs } from "./deeds.ts";
import { expect, type Person, tell } from "./harness.ts";
import { madeUpNumber } from "./numbers.ts";

// The office builds a piece of the register by hand: a college, a programme with a course, a plan, a teacher, a student
// with a grade and an account; somebody else changes the college meanwhile, and what was entered by mistake goes again.

const run = String(Date.now()).slice(-6);
const COLLEGE = `故事学院${run}`;
const PROGRAMME = `故事专业${run}`;
const COURSE = `故事课程${run}`;
const STUDENT = `故事学生${run}`;
const NUMBER = `2025${run}`;
const CHECKED = madeUpNumber("19491229");

async function open(person: Person, name: string): Promise<void> {
  const link = person.page.locator(".grid tbody a", { hasText: name });
  await link.first().click();
  await person.page.waitForURL(/[0-9a-f]{8}-/);
  await person.settled();
}

/** Two people at one college: the second to save is shown both versions, and nothing is lost. */
async function collegeOfTwo(office: Person, other: Person): Promise<void> {
  await office.open("/colleges");
  await act(office, "新增", { code: `S${run}`, name: COLLEGE });
  await office.open(`/colleges?text=${run}`);
  await open(office, `S${run}`);
  await office.look("college");
  await office.button("修改").click();
  await other.open(new URL(office.page.url()).pathname);
  await act(other, "修改", { name: `${COLLEGE}（新）` });
  const dialog = office.page.getByRole("dialog");
  await fill(dialog, { name: `${COLLEGE}（旧）` });
  await dialog.locator("button[type=submit]").click();
  await dialog.getByText("他人已先行修改").first().waitFor();
  await office.look("college-conflict");
  await dialog.getByRole("button", { name: "取消" }).click();
  await dialog.waitFor({ state: "hidden" });
}

async function programme(office: Person): Promise<void> {
  await office.open("/programmes");
  await office.page.locator(".page-deeds").getByRole("button", { name: "新增" }).click();
  const college = office.page.getByRole("dialog").locator("select[name=college_id] option", { hasText: COLLEGE });
  await answer(office, {
    college_id: (await college.first().getAttribute("value")) ?? "",
    code: run,
    name: PROGRAMME,
    is_pilot: true,
  });
  await office.open("/courses");
  await office.page.locator(".page-deeds").getByRole("button", { name: "新增" }).click();
  const chosen = { programme_id: `${PROGRAMME}（${run}）`, code: `C${run}`, name: COURSE, credits: "4", hours: "64" };
  await answer(office, { ...chosen, category: "core", is_compulsory: true });
  await office.open(`/programmes?text=${run}`);
  await open(office, run);
  await office.page.getByText(COURSE).waitFor();
  await office.look("programme");
}

async function plan(office: Person): Promise<void> {
  await office.open("/training-plans/new");
  await office.page.locator("form.panel select").first().selectOption(`${PROGRAMME}（${run}）`);
  await office.button("加入本专业全部课程（1）").click();
  const inputs = office.page.locator("form.panel .both input");
  await inputs.nth(0).fill("2025");
  await inputs.nth(1).fill("4");
  await inputs.nth(2).fill(`教〔2025〕${run}号`);
  await office.button("添加类别").click();
  const kind = office.page.locator("fieldset.rows").first();
  await kind.locator("select").selectOption("core");
  await kind.locator("input").fill("4");
  await office.lookAround("plan-draft");
  await office.button("保存").click();
  await office.page.waitForURL(/training-plans\/[0-9a-f]{8}-/);
  await stateIs(office, "草稿");
  await act(office, "生效");
  await stateIs(office, "生效中");
  await office.look("plan");
}

async function student(office: Person): Promise<void> {
  await office.open("/students");
  await act(office, "新增", {
    student_number: NUMBER,
    name: STUDENT,
    programme_id: `${PROGRAMME}（${run}）`,
    class_name: "故事2501",
    entry_year: "2025",
    document_number: CHECKED,
  });
  await office.open(`/students?text=${NUMBER}`);
  await open(office, NUMBER);
  await office.page.getByRole("button", { name: "开户" }).click();
  await answer(office);
  await office.page.getByRole("link", { name: "查看账户" }).waitFor();
  await office.page.getByRole("link", { name: "录入成绩" }).click();
  await office.page.waitForURL(/course-grades\/new/);
  await office.settled();
  const form = office.page.locator("form.panel");
  await form.locator("select[name=course_id] option").nth(1).waitFor({ state: "attached" });
  await fill(form, { term: "2025-2026-01", score: "58" });
  await form.locator("select[name=course_id]").selectOption({ index: 1 });
  await form.locator("[name=passed]").setChecked(false);
  await office.look("grade-new");
  await form.getByRole("button", { name: "录入成绩" }).click();
  await stateIs(office, "不合格");
  await act(office, "更正", { score: "68", passed: true, reason: "登分有误" });
  await stateIs(office, "合格");
  await office.page.getByText("登分有误").first().waitFor();
  await office.look("grade");
  await office.page.getByRole("link", { name: "学生", exact: true }).last().click();
  await office.page.waitForURL(/students\/[0-9a-f]{8}-/);
  await office.settled();
  await act(office, "休学", { reason: "应征入伍" });
  await stateIs(office, "暂停");
  await office.page.getByText("应征入伍").first().waitFor();
  await office.lookAround("student");
}

async function teacher(office: Person): Promise<void> {
  await office.open("/teachers");
  await office.page.locator(".page-deeds").getByRole("button", { name: "新增" }).click();
  const college = office.page.getByRole("dialog").locator("select[name=college_id] option", { hasText: "会计" });
  const code = (await college.first().getAttribute("value")) ?? "";
  await answer(office, { college_id: code, staff_number: `T${run}`, name: "故事教师" });
  await office.open(`/teachers?text=T${run}`);
  await open(office, `T${run}`);
  await office.page.locator(".page-deeds").getByRole("button", { name: "关联登录人员" }).click();
  // Whoever is no teacher of the register yet: a person is one at most.
  const people = office.page
    .getByRole("dialog")
    .locator("select[name=person_id] option", { hasText: "teacher.second" });
  await people.waitFor({ state: "attached" });
  await answer(office, { person_id: (await people.getAttribute("value")) ?? "" });
  await office.page.getByText("未关联").waitFor({ state: "detached" });
  await office.look("teacher");
  await act(office, "关联登录人员", { person_id: "" });
  await act(office, "删除", {}, `T${run}`);
  await office.page.waitForURL(/\/teachers$/);
}

await tell("register", async (told) => {
  const office = await told.signedIn("demo.registrar");
  const other = await told.signedIn("demo.registrar");
  await collegeOfTwo(office, other);
  await programme(office);
  await plan(office);
  await student(office);
  await teacher(office);
  await office.open("/progress?entry_year=2025");
  expect((await office.page.locator(".grid tbody tr").count()) > 0, "progress is told");
  await office.lookAround("progress");
  await office.open("/course-grades");
  await office.look("grades");
});
