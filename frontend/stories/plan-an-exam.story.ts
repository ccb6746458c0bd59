import { expect, type Person, tell } from "./harness.ts";
import { madeUpNumber } from "./numbers.ts";

// A new user plans an exam from nothing to the eve of it: a site is offered and approved, a plan drafted, changed by two
// people at once, published; a sitting is arranged and changed; students are registered in each of the four ways.

const run = String(Date.now()).slice(-6);
const PLAN = `智能财税（中级）考核 ${run}`;
const CODE = `X${run}`;
const HEAD = "学号,证书等级,证书名称,场次编号";

/** A day or a moment as a field holds it, in the time of Shanghai. */
function shanghai(hoursFromNow: number): string {
  const moment = new Date(Date.now() + hoursFromNow * 3_600_000);
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Shanghai",
    dateStyle: "short",
    timeStyle: "short",
  });
  return format.format(moment).replace(" ", "T");
}

const TODAY = shanghai(0).slice(0, 10);

async function answer(person: Person, values: Record<string, string> = {}): Promise<void> {
  const dialog = person.page.getByRole("dialog");
  await dialog.waitFor();
  for (const [name, value] of Object.entries(values)) await dialog.locator(`[name=${name}]`).fill(value);
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "hidden" });
  await person.settled();
}

async function deed(person: Person, name: string, values: Record<string, string> = {}): Promise<void> {
  await person.page.locator(".page-deeds").getByRole("button", { name, exact: true }).first().click();
  await answer(person, values);
}

/** Choose the option whose words hold a text; its list may still be on its way. */
async function choose(person: Person, select: string, text: string): Promise<void> {
  const option = person.page.locator(select).locator("option", { hasText: text }).first();
  await option.waitFor({ state: "attached" });
  await person.page.locator(select).selectOption((await option.getAttribute("value")) ?? "");
}

async function offerSite(college: Person): Promise<string> {
  await college.open("/sites");
  await college.page.getByRole("link", { name: "申请站点" }).first().click();
  await college.settled();
  await choose(college, "form select >> nth=0", "中联");
  await choose(college, "select[name=college_id]", "会计学院");
  await college.page.locator("input[name=name]").fill(`会计实训站点 ${run}`);
  await college.page.locator("input[name=code]").fill(`S${run}`);
  await college.page.locator("input[name=address]").fill("实训楼五层");
  await college.page.locator("input[name=is_shared]").check();
  await college.button("添加考场").click();
  const rooms = college.page.locator("fieldset.rows").first().locator(".row");
  for (const [at, code] of ["501", "502"].entries()) {
    const row = rooms.nth(at);
    await row.locator("input").nth(0).fill(code);
    await row.locator("input").nth(1).fill(`${code}机房`);
    await row.locator("input[type=number]").nth(0).fill("24");
  }
  await college.button("添加等级").click();
  await choose(college, "fieldset.rows >> nth=1 >> select", "智能财税 中级");
  await college.page.locator("fieldset.rows").nth(1).locator("input[type=number]").fill("48");
  await college.page.locator("fieldset.rows").nth(1).locator("input[type=date]").nth(1).fill("2029-12-31");
  await college.lookAround("new-site");
  await college.button("提交申请").click();
  await college.page.waitForURL(/\/sites\/[0-9a-f-]{36}/);
  await college.settled();
  return new URL(college.page.url()).pathname;
}

async function draftPlan(desk: Person): Promise<string> {
  await desk.open("/exam-plans");
  await desk.page.getByRole("link", { name: "新建计划" }).first().click();
  await desk.settled();
  await choose(desk, "select[name=institution_id]", "江苏财经");
  await desk.page.locator("input[name=name]").fill(PLAN);
  await desk.page.locator("input[name=code]").fill(CODE);
  await choose(desk, "select[name=levels]", "智能财税 中级");
  for (const name of ["registration_opens_on", "registration_closes_on", "exam_on"]) {
    await desk.page.locator(`input[name=${name}]`).fill(TODAY);
  }
  await desk.lookAround("new-plan");
  await desk.button("存为草稿").click();
  await desk.page.waitForURL(/\/exam-plans\/[0-9a-f-]{36}$/);
  await desk.settled();
  return new URL(desk.page.url()).pathname;
}

/** Two people change one draft: who saves second sees both versions, and loses nothing. */
async function changeAtOnce(desk: Person, second: Person, plan: string): Promise<void> {
  await desk.open(`${plan}/edit`);
  await second.open(`${plan}/edit`);
  await second.page.locator("input[name=name]").fill(`${PLAN}（改）`);
  await second.button("保存").click();
  await second.page.waitForURL((url) => url.pathname === plan);
  await desk.page.locator("input[name=name]").fill(`${PLAN}（另改）`);
  await desk.button("保存").click();
  await desk.page.getByText("他人已先行修改").first().waitFor();
  await desk.look("conflict");
  await desk.open(plan);
  await desk.page.getByRole("heading", { name: `${PLAN}（改）` }).waitFor();
}

async function arrange(desk: Person, plan: string): Promise<string> {
  await desk.page.getByRole("link", { name: "安排场次" }).first().click();
  await desk.settled();
  await choose(desk, "form select >> nth=1", `会计实训站点 ${run}`);
  await desk.page.locator("input[name=code]").fill("A1");
  await desk.page.locator("input[name=starts_at]").fill(shanghai(2));
  await desk.page.locator("input[name=ends_at]").fill(shanghai(4));
  await desk.page.getByRole("checkbox", { name: /501机房/ }).check();
  await desk.button("添加人员").click();
  await desk.page.getByLabel("人员姓名").fill("高考评");
  await desk.page.getByLabel("工作单位").fill(`演示会计师事务所 ${run}`);
  await desk.lookAround("new-sitting");
  await desk.page.locator("button[type=submit]").last().click();
  await desk.page.waitForURL(/\/exam-sittings\/[0-9a-f-]{36}/);
  await desk.settled();
  const sitting = new URL(desk.page.url()).pathname;
  // Two rooms are wanted after all.
  await desk.page.getByRole("link", { name: "修改", exact: true }).click();
  await desk.settled();
  await desk.page.getByRole("checkbox", { name: /502机房/ }).check();
  await desk.button("保存").click();
  await desk.page.waitForURL((url) => url.pathname === sitting);
  await desk.settled();
  await desk.page.getByText("0 / 48").waitFor();
  await desk.look("sitting");
  expect(plan.length > 0, "the plan has its sitting");
  return sitting;
}

interface Rehearsed {
  registrations: { student_id: string }[];
}

/** Students who may register, as the service tells: some passed this exam in the demonstration's first plan. */
async function eligible(plan: string): Promise<string[]> {
  const ask = async <Told>(path: string, how: RequestInit): Promise<Told> =>
    (await (await fetch(`${process.env.BASE}${path}`, how)).json()) as Told;
  const form = { grant_type: "password", username: "demo.registrar", password: process.env.PASSWORD ?? "" };
  const { access_token } = await ask<{ access_token: string }>("/v1/auth/token", {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json" };
  const of = await ask<{ levels: { certificate_level_id: string }[] }>(`/v1${plan}`, { headers });
  const programmes = await ask<{ items: { id: string; code: string }[] }>("/v1/programmes?page_size=100", { headers });
  const found: string[] = [];
  for (const code of ["530302", "530301"]) {
    const body = JSON.stringify({
      programme_id: programmes.items.find((it) => it.code === code)?.id,
      entry_year: 2025,
      certificate_level_id: of.levels[0]?.certificate_level_id,
    });
    const path = `/v1${plan}/registrations:cohort?validate_only=true`;
    const { registrations = [] } = await ask<Partial<Rehearsed>>(path, { method: "POST", headers, body });
    for (const { student_id } of registrations.slice(0, 10)) {
      const student = await ask<{ student_number: string }>(`/v1/students/${student_id}`, { headers });
      found.push(student.student_number);
    }
  }
  return found;
}

async function pick(office: Person, plan: string, number: string): Promise<void> {
  await office.open(plan);
  await office.page.locator(".page-deeds").getByRole("link", { name: "报名", exact: true }).first().click();
  await office.settled();
  await office.page.locator("input[name=text]").fill(number);
  await office.button("查询").click();
  await office.page.getByRole("cell", { name: number }).waitFor();
  await office.settled();
  await office.button("为什么").first().click();
  await office.page.getByText("符合全部条件").waitFor();
  await office.look("eligibility");
  await office.page.keyboard.press("Escape");
  await office.page.locator(".grid tbody input[type=checkbox]").first().check();
  await office.look("register");
  await office.button("为所选 1 人报名").click();
  await answer(office);
}

async function fromFile(office: Person, numbers: string[]): Promise<void> {
  await office.button("表格导入").click();
  const rows = numbers.map((number) => `${number},中级,,`);
  const file = (...lines: string[]) => ({
    name: "registrations.csv",
    mimeType: "text/csv",
    buffer: Buffer.from([HEAD, ...lines].join("\n")),
  });
  await office.page
    .locator("input[type=file]")
    .setInputFiles(file(...rows, "0000000000,中级,,", `${numbers[0]},高级,,`));
  await office.page.getByRole("region", { name: "不能报名的人员" }).waitFor();
  await office.lookAround("register-faults");
  await office.page.locator("input[type=file]").setInputFiles(file(...rows));
  await office.page.getByRole("region", { name: "不能报名的人员" }).waitFor({ state: "detached" });
  await office.button(`为 ${rows.length} 人报名`).click();
  await office.page.getByRole("heading", { name: "报名结果" }).waitFor();
}

async function social(office: Person): Promise<void> {
  await office.button("社会考生").click();
  await choose(office, "section.panel select >> nth=2", "会计学院");
  await office.page.locator("input[name=name]").fill("周社会");
  await office.page.locator("input[name=document_number]").fill(madeUpNumber("19491230"));
  await office.page.locator("input[name=employer]").fill("演示公司");
  await office.button("加入名单").click();
  await office.look("register-social");
  await office.button("为 1 人报名").click();
  await office.page.getByText("已报名 1 人").waitFor();
}

async function withdrawOne(office: Person, plan: string): Promise<void> {
  await office.open(plan);
  await office.page.getByRole("region", { name: "报名" }).getByRole("link").first().click();
  await office.page.waitForURL(/\/registrations\/./);
  await office.settled();
  await office.look("registration");
  await deed(office, "撤回", { reason: "本人申请退出" });
  await office.page.locator("h1").getByText("已撤回").waitFor();
}

await tell("plan-an-exam", async (told) => {
  const college = await told.signedIn("demo.coordinator.accounting");
  const site = await offerSite(college);

  const desk = await told.signedIn("demo.organisation");
  await desk.open(site);
  await desk.page.getByRole("button", { name: "批准" }).click();
  await answer(desk);
  await desk.page.locator("h1").getByText("已批准").waitFor();
  await desk.look("site");

  const plan = await draftPlan(desk);
  const second = await told.signedIn("demo.organisation.second");
  await changeAtOnce(desk, second, plan);
  await deed(desk, "发布");
  await desk.page.getByRole("heading", { name: "场次" }).waitFor();
  await arrange(desk, plan);

  const office = await told.signedIn("demo.registrar");
  const [first, ...others] = await eligible(plan);
  expect(first && others.length > 4, "the demonstration has students who may register");
  await pick(office, plan, first);
  await fromFile(office, others);
  await social(office);
  await office.button("整班报名").click();
  await choose(office, "select[name=programme_id]", "530302");
  await office.page.locator("input[name=entry_year]").fill("2025");
  await office.button("检查资格").click();
  await office.page.getByRole("heading", { name: "预演结果" }).waitFor();
  await office.look("register-cohort");
  await withdrawOne(office, plan);
  await office.open(plan);
  await office.lookAround("plan");
});
