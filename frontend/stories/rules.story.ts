import { choose, deed, entry, named } from "./deeds.ts";
import { expect, type Person, tell } from "./harness.ts";

// Rules are written, agreed by both sides, shown, objected to and published; places are asked for and granted; data collected.

const YEAR = new Date().getFullYear();

function dayIn(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" }).format(day);
}

async function pathAfter(person: Person, pattern: RegExp): Promise<string> {
  await person.page.waitForURL(pattern);
  await person.settled();
  return new URL(person.page.url()).pathname;
}

async function begin(college: Person, programme: string, level: string, direction: string): Promise<void> {
  await college.open("/mappings/new");
  const form = college.page.locator("form.panel");
  await choose(entry(form, /^专业/), programme);
  await choose(entry(form, /^证书/), level);
  await choose(entry(form, /^方向/), direction);
  await entry(form, /≥/).fill("2025");
  await entry(form, /≤/).fill("2025");
}

/** The other direction: passed courses offset a part of the assessment, and the units they cover. */
async function writeOffsets(college: Person): Promise<string> {
  await begin(college, "530302", "智能财税 中级", "课程免考核");
  const form = college.page.locator("form.panel");
  await form.getByRole("button", { name: "添加课程" }).click();
  await choose(entry(form, /^课程/), "智能财税实务");
  await entry(form, "最低成绩").fill("良好");
  await form.getByRole("button", { name: "增加免考" }).click();
  const offsets = form.getByRole("group", { name: "免考部分" });
  await choose(entry(offsets, /^课程/), "智能财税实务");
  await choose(entry(offsets, /^考核部分/), "理论");
  await entry(offsets, /免考比例/).fill("50");
  await entry(offsets, /按满分/).fill("80");
  const units = form.getByRole("group", { name: "学习单元覆盖" });
  for (const [at, weight] of ["60", "40"].entries()) {
    await units.getByRole("button", { name: "增加单元" }).click();
    await entry(units, "代码", at).fill(`u${at + 1}`);
    await entry(units, "名称", at).fill(`单元${at + 1}`);
    await entry(units, /权重/, at).fill(weight);
    await entry(units, /智能财税实务 覆盖/, at).fill("50");
  }
  await units.getByText(/权重合计 100%.*覆盖 50.00%/).waitFor();
  await college.lookAround("editor-offsets");
  await form.locator("button[type=submit]").click();
  return pathAfter(college, /\/mappings\/(?!new)/);
}

/** From the certificate to a course, the grade by the table of scores. */
async function writeGrades(college: Person): Promise<string> {
  await begin(college, "530304", "智能财税 初级", "证书转课程学分");
  const form = college.page.locator("form.panel");
  await form.getByRole("button", { name: "添加课程" }).click();
  await entry(form, /^课程/).selectOption({ index: 1 });
  await entry(form, /^学分/).fill("1.00");
  for (const [at, [score, grade]] of [["60", "及格"] as const, ["85", "良好"] as const].entries()) {
    await form.getByRole("button", { name: "增加一行" }).click();
    await entry(form, "分数不低于", at).fill(score);
    await entry(form, "成绩等第", at).fill(grade);
  }
  await college.look("editor-grades");
  await form.locator("button[type=submit]").click();
  return pathAfter(college, /\/mappings\/(?!new)/);
}

async function agreeAndFile(path: string, college: Person, organisation: Person, office: Person): Promise<void> {
  for (const side of [college, organisation]) {
    await side.open(path);
    await deed(side, "同意");
  }
  await office.open(path);
  await deed(office, "批准");
  await deed(office, "备案", { filing_number: "演示学分银行备12号" });
}

/** Shown to everybody: a teacher objects, the office answers, and nothing is published before the notice is over. */
async function showAndAnswer(path: string, office: Person, teacher: Person): Promise<void> {
  await deed(office, "公示", { ends_on: dayIn(14) });
  await teacher.open(path);
  await deed(teacher, "提出异议", { text: "理论部分的内容课程没有全部覆盖。" });
  await office.open(path);
  await office.page.getByText("理论部分的内容").waitFor();
  await office.lookAround("rule-on-notice");
  await deed(office, "不予采纳", { answer: "只免考一半，其余仍须参加考核。" });
  await office.page.getByText("只免考一半").first().waitFor();
  await office.settled();
  const offered = await office.page.getByRole("button", { name: named("发布") }).count();
  if (offered > 0) throw new Error("a rule is offered to be published before its notice is over");
  await office.look("not-before-the-end");
}

async function reviseAndCompare(path: string, college: Person): Promise<void> {
  await college.open(path);
  await deed(college, "修订新版");
  await college.page.waitForURL((url) => url.pathname !== path);
  await college.settled();
  await college.page.getByRole("link", { name: "修改" }).click();
  await college.page.waitForURL(/\/edit$/);
  await college.settled();
  const form = college.page.locator("form.panel");
  await form.getByRole("button", { name: "增加一行" }).click();
  await entry(form, "分数不低于", 2).fill("95");
  await entry(form, "成绩等第", 2).fill("优秀");
  await form.locator("button[type=submit]").click();
  await college.page.getByRole("heading", { name: "与上一版的差异" }).waitFor();
  await college.page.getByText("优秀").first().waitFor();
  await college.look("versions");
}

async function takePart(college: Person, office: Person): Promise<void> {
  await college.open("/participations");
  await deed(college, "申请试点", {
    academic_year: `${YEAR}-${YEAR + 1}`,
    certificate_level_id: "智能财税 高级",
    programme_id: "530302",
    quota_asked: "80",
  });
  const path = await pathAfter(college, /\/participations\/./);
  await office.open(path);
  await deed(office, "拒绝", { reason: "名额偏多，请按在校生数申请。" });
  await college.open(path);
  await deed(college, "再次申请", { quota: "40", reason: "已按在校生数调整。" });
  await office.open(path);
  await deed(office, "批准", { decision_document: "演示教〔2026〕9号" });
  await deed(office, "调整名额", { quota: "45", decision_document: "演示教〔2026〕10号", reason: "追加。" });
  await deed(office, "终止试点", { decision_document: "演示教〔2026〕11号", reason: "暂停一学期。" });
  await deed(office, "恢复试点", { decision_document: "演示教〔2026〕12号", reason: "恢复。" });
  await office.lookAround("participation");
  await office.open("/participations");
  await office.lookAround("participations");
}

async function limits(office: Person): Promise<void> {
  await office.open("/policy-limits/new");
  const form = office.page.locator("form.panel");
  await choose(entry(form, /^类型/), "公示天数");
  await entry(form, "至少天数").fill("7");
  await entry(form, "文号").fill("演示教〔2026〕3号");
  await entry(form, "生效日期").fill(dayIn(60));
  await office.lookAround("new-limit");
  await form.locator("button[type=submit]").click();
  await pathAfter(office, /\/policy-limits\/(?!new)/);
  await deed(office, "撤回", { reason: "改由省级文件规定。" });
  await office.open("/policy-limits");
  await office.lookAround("limits");
}

async function collect(college: Person, office: Person): Promise<void> {
  await office.open("/collection-rounds");
  await deed(office, "开始收集", {
    academic_year: `${YEAR + 1}-${YEAR + 2}`,
    title: "专业数据收集",
    due_on: dayIn(30),
  });
  const round = await pathAfter(office, /\/collection-rounds\/./);
  await deed(office, "延期", { due_on: dayIn(40) });
  await deed(office, "截止收集");
  await deed(office, "重新开放");

  await college.open(round);
  await college.page.locator(".grid a").first().click();
  const path = await pathAfter(college, /\/programme-returns\/./);
  const fill = async (students: string): Promise<void> => {
    await college.open(path);
    await college.button(named("填报")).click();
    const form = college.page.locator("form.panel");
    await form.getByRole("button", { name: "采用登记数" }).click();
    await entry(form, /^学生数/).fill(students);
    if ((await form.locator("fieldset select").count()) === 0) {
      await form.getByRole("button", { name: "增加意向" }).click();
      await choose(form.locator("fieldset select"), "智能财税 中级");
      await entry(form, "申请名额").fill("30");
    }
    await college.look("fill-return");
    await form.locator("button[type=submit]").click();
    await form.waitFor({ state: "detached" });
    await deed(college, "提交");
  };
  await fill("1");
  await office.open(path);
  await office.page.getByText("不符").first().waitFor();
  await deed(office, "退回修改", { comment: "学生数与登记不符，请核对。" });
  await fill("2");
  await office.open(path);
  await deed(office, "接受并批准名额", { decision_document: "演示教〔2026〕20号" });
  await office.lookAround("programme-return");
  await office.open(round);
  await office.lookAround("collection");
}

async function feedback(college: Person): Promise<void> {
  await college.open("/feedback");
  await deed(college, "提出反馈", {
    certificate_id: "智能财税",
    subject: "题库偏旧",
    body: "三套题目重复。",
    due_on: dayIn(20),
  });
  await college.page.locator(".grid a", { hasText: "题库偏旧" }).first().click();
  await pathAfter(college, /\/feedback\/./);
  await deed(college, "修改", { body: "三套题目重复，附题号。" });
  await college.page.getByText("附题号").first().waitFor();
}

await tell("rules", async (told) => {
  const college = await told.signedIn("demo.coordinator.accounting");
  const organisation = await told.signedIn("demo.organisation");
  const office = await told.signedIn("demo.registrar");
  const teacher = await told.signedIn("demo.teacher");

  const offsets = await writeOffsets(college);
  await agreeAndFile(offsets, college, organisation, office);
  await showAndAnswer(offsets, office, teacher);

  const grades = await writeGrades(college);
  await agreeAndFile(grades, college, organisation, office);
  await deed(office, "发布");
  await office.page.locator("h1", { hasText: "已发布" }).waitFor();
  await office.lookAround("published-rule");
  await reviseAndCompare(grades, college);

  await office.open("/showcase-findings");
  expect((await office.page.locator(".empty, .grid").count()) > 0, "findings are told");
  await office.look("findings");
  await limits(office);
  await takePart(college, office);
  await collect(college, office);
  await feedback(college);
});
