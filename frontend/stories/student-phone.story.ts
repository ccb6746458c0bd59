import { expect, type Person, type Told, tell } from "./harness.ts";

const BASE = process.env.BASE ?? "http://127.0.0.1:8000";
const PASSWORD = process.env.PASSWORD ?? "";
const EXAM = "冬季智能财税（高级）考核（演示）";

/** Ask the API as somebody, for what other people of this story do elsewhere. */
async function as(username: string, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const form = new URLSearchParams({ grant_type: "password", username, password: PASSWORD });
  const signed = await fetch(`${BASE}/v1/auth/token`, { method: "POST", body: form });
  const { access_token } = (await signed.json()) as { access_token: string };
  const answer = await fetch(`${BASE}${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const told = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(told)}`);
  return told;
}

const day = (from: number): string => new Date(Date.now() + from * 86_400_000).toISOString().slice(0, 10);

/** The academic year of a day, which begins in September. */
function yearOf(date: string): string {
  const first = Number(date.slice(0, 4)) - (Number(date.slice(5, 7)) < 9 ? 1 : 0);
  return `${first}-${first + 1}`;
}

/** The college takes part with the highest level, and the organisation announces an exam of it. */
async function announced(): Promise<void> {
  const me = await as("demo.coordinator.accounting", "GET", "/v1/me");
  const found = (await as("demo.organisation", "GET", `/v1/certificates?text=${encodeURIComponent("智能财税")}`)) as {
    items: { levels: { id: string; level: string }[] }[];
  };
  const level = found.items[0]?.levels.find((it) => it.level === "3")?.id;
  const asked = await as("demo.coordinator.accounting", "POST", "/v1/participations", {
    academic_year: yearOf(day(23)),
    certificate_level_id: level,
    college_id: (me.college_ids as string[])[0],
    quota_asked: 50,
  }).catch(() => null);
  // A second telling to the same demonstration finds it granted.
  if (asked) {
    await as("demo.registrar", "POST", `/v1/participations/${asked.id}:approve`, {
      quota: 50,
      decision_document: "演示教〔2026〕2号",
    });
  }
  await as("demo.organisation", "POST", "/v1/exam-plans", {
    institution_id: me.institution_id,
    code: `NEXT-${Date.now()}`,
    name: EXAM,
    certificate_level_ids: [level],
    registration_opens_on: day(-1),
    registration_closes_on: day(9),
    exam_on: day(23),
  });
}

async function deed(person: Person, name: string, reason?: string): Promise<void> {
  await person.button(name).first().click();
  if (reason) await person.page.locator("form.deed textarea").fill(reason);
  await person.page.locator("form.deed button[type=submit]").click();
  await person.page.locator("form.deed").waitFor({ state: "detached" });
}

async function signsInAsAStudent(person: Person): Promise<void> {
  await person.open("/login");
  await person.page.locator(".demo button").first().waitFor();
  await person.look("sign-in");
  await person.page.getByRole("button", { name: /^学生/ }).first().click();
  await person.page.waitForURL(/\/m$/);
  await person.look("home");
}

async function registersInThreeSteps(person: Person): Promise<void> {
  const { page } = person;
  await person.open("/m/exams");
  await page.getByRole("link", { name: "我要报名" }).click();
  await page.getByRole("heading", { name: "报名" }).waitFor();
  await person.look("register");
  await page.locator("button.pick").filter({ hasText: EXAM }).last().click();
  await page.locator(".verdict").waitFor();
  await person.look("register-conditions");
  expect(await page.locator(".verdict-good").isVisible(), "the student may register, and each condition says so");
  await person.button("确认报名").click();
  await page.waitForURL(/\/m\/exams\/./);
  await page.getByText("待学院审核").first().waitFor();
  await person.look("registered");
  await person.open("/m");
  await page.getByText("还有").first().waitFor();
  await person.look("home-with-exam");
  await page.locator("a.hero").click();
  await person.settled();
  await deed(person, "撤回报名", "时间冲突");
  await page.waitForURL(/\/m\/exams$/);
}

async function readsTheResult(person: Person): Promise<void> {
  await person.open("/m/exams");
  await person.page.locator('a[href^="/m/results/"]').first().click();
  await person.page.locator(".parts").waitFor();
  await person.look("result");
  await person.page.locator('a[href^="/m/awards/"]').last().click();
  await person.page.locator(".qr img").waitFor();
  await person.look("certificate");
}

async function sharesTheCertificate(told: Told, person: Person): Promise<void> {
  const { page } = person;
  await person.button("新建分享链接").click();
  await person.look("share-form");
  await person.button("生成链接").click();
  const address = (await page.locator(".deed .code").textContent()) ?? "";
  await person.look("share-made");
  await person.button("关闭").click();
  const employer = await told.somebody({ size: "phone" });
  await employer.page.goto(address);
  await employer.look("shared-page");
  expect(await employer.page.getByRole("heading", { name: "有效" }).isVisible(), "the employer sees that it stands");
  await page.reload();
  await person.settled();
  await page.getByText("被查看 1 次").first().waitFor();
  await page.locator("summary").first().click();
  await page.getByText("电脑").first().waitFor();
  await deed(person, "收回");
  await employer.page.reload();
  await employer.page.getByRole("heading", { name: "分享链接已失效" }).waitFor();
}

async function usesCredits(person: Person): Promise<void> {
  const { page } = person;
  await person.open("/m/credits");
  await person.look("credits");
  await page.getByRole("link", { name: "申请替代课程" }).click();
  await page.locator("button.pick").first().click();
  await page.locator("input[type=checkbox]").first().check();
  await person.look("convert-courses");
  await person.button("下一步").click();
  await person.look("convert-check");
  await person.button("提交申请").click();
  await page.waitForURL(/\/m\/conversions\//);
  await page.getByText(/等待/).first().waitFor();
  await person.look("conversion");
  await deed(person, "撤回申请", "改选其他课程");
  await page.getByText("已撤回").first().waitFor();
}

await tell("student-phone", async (told) => {
  await announced();
  const person = await told.somebody({ size: "phone" });
  await signsInAsAStudent(person);
  await registersInThreeSteps(person);
  await readsTheResult(person);
  await sharesTheCertificate(told, person);
  await usesCredits(person);
  await person.open("/m/inbox");
  await person.button("全部标为已读").click();
  await person.button("全部标为已读").waitFor({ state: "detached" });
  await person.open("/m/me");
  await person.button("退出登录").click();
  await person.page.waitForURL(/\/login/);
});
