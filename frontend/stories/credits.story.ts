import { act, answer, fill, listed, stateIs } from "./deeds.ts";
import { expect, type Person, tell } from "./harness.ts";
import { publishLateRule } from "./late-rule.ts";

// What becomes of one student's learning: a policy is loaded, two outcomes are submitted, verified and recognised; the
// certificate's credits are converted through the whole chain; its paper is lost and issued anew; the book stays balanced.

const run = String(Date.now()).slice(-6);

interface Account {
  student_id: string;
  student_number: string;
  available: string;
  accumulated: string;
  programme_id: string;
}

const COLLEGE = "demo.coordinator.accounting";

/** Somebody with credits and a passed grade of whom nothing was submitted yet. */
async function somebody(accounts: readonly Account[]): Promise<Account> {
  for (const it of accounts.filter((one) => Number(one.available) >= 2).reverse()) {
    const of = `student_id=${it.student_id}`;
    const grades = await listed<object>(COLLEGE, `/v1/course-grades?passed=true&${of}`);
    const submitted = await listed<object>(COLLEGE, `/v1/outcomes?${of}`);
    if (grades.length > 0 && submitted.length === 0) return it;
  }
  throw new Error("nobody of the college has credits and a grade");
}

async function choose(person: Person, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const rows = person.page.locator(".grid tbody tr", { hasText: text });
    for (const row of await rows.all()) await row.locator("input[type=checkbox]").check();
  }
}

async function policies(office: Person): Promise<void> {
  await office.open("/credit-policies");
  await act(office, "载入新版本", { document_number: `教〔2026〕链${run}号` });
  await office.page.getByText(`链${run}号`).first().waitFor();
  await office.lookAround("policies");
  await office.open("/credit-policies/recognition");
  const lines = office.page.locator("fieldset.rows").first();
  await office.button("添加一行").click();
  const line = (at: number) => lines.locator("fieldset.filters").nth(at);
  await line(0).locator("input").nth(0).fill("培训");
  await line(0).locator("select").nth(0).selectOption("document");
  await line(0).locator("input").nth(1).fill("1");
  await line(1).locator("input").nth(0).fill("在线课程");
  await line(1).locator("select").nth(0).selectOption("grade");
  await line(1).locator("input").nth(1).fill("0.5");
  await office.look("recognition-draft");
  await office.button("下一步").click();
  await answer(office, { document_number: `教〔2026〕认${run}号` });
  await office.page.waitForURL(/view=recognition/);
  await office.page.getByText(`认${run}号`).waitFor();
  await office.look("recognition");
}

async function submit(college: Person, student: Account, kind: string): Promise<void> {
  await college.open(`/outcomes/new?student_id=${student.student_id}`);
  const form = college.page.locator("form.panel");
  await form.locator("select").first().selectOption(kind);
  if (kind === "培训") {
    const certificate = { number: `培${run}`, issuer: "省财经职业教育培训中心", issued_on: "2026-05-20", hours: "24" };
    await fill(form, certificate);
    const file = { name: "证明.pdf", mimeType: "application/pdf", buffer: Buffer.from(`training ${run}`) };
    await form.locator("input[type=file]").setInputFiles(file);
    await college.page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("[name=digest]")?.value.length === 64,
    );
    await college.look("outcome-new");
  } else {
    await form.locator("select[name=grade_id]").selectOption({ index: 1 });
  }
  await college.button("下一步").click();
  await answer(college, { reason: `代${student.student_number}提交` });
  await college.page.waitForURL(/outcomes\/[0-9a-f]{8}-/);
  await stateIs(college, "已提交");
}

async function recognise(office: Person, college: Person, student: Account): Promise<void> {
  await submit(college, student, "培训");
  await submit(college, student, "在线课程");
  await college.open(`/outcomes?state=submitted&student_id=${student.student_id}`);
  await choose(college, [student.student_number]);
  await college.look("outcomes-chosen");
  await college.button("核实").click();
  await answer(college);
  await office.open(`/outcomes?state=verified&student_id=${student.student_id}`);
  await choose(office, [student.student_number]);
  await office.button("认定").click();
  await answer(office, { document_number: `教认〔2026〕${run}号`, reason: "符合认定办法" });
  await office.open(`/outcomes?state=recognised&student_id=${student.student_id}`);
  expect((await office.page.locator(".grid tbody tr").count()) === 2, "both outcomes are recognised");
  await office.lookAround("outcomes");
  await office.page.locator(".grid tbody a").first().click();
  await office.page.waitForURL(/outcomes\/[0-9a-f]{8}-/);
  await stateIs(office, "已认定");
  await office.lookAround("outcome");
}

async function convert(
  told: { office: Person; college: Person; organisation: Person },
  student: Account,
): Promise<void> {
  const { office, college, organisation } = told;
  await college.open(`/conversions/new?student_id=${student.student_id}`);
  await college.button("选用").first().click();
  const offered = college.page.locator(".panel", { hasText: "转换为哪些课程" });
  await offered.locator("input[type=checkbox]").first().check();
  await college.look("conversion-new");
  await college.button(/^申请 1 门课程/).click();
  await answer(college);
  await college.page.waitForURL(/conversions\/[0-9a-f]{8}-/);
  const { pathname } = new URL(college.page.url());
  await act(college, "同意");
  await office.open(pathname);
  await act(office, "批准");
  await organisation.open(pathname);
  await act(organisation, "确认");
  await office.open(pathname);
  await act(office, "登记银行答复", { document_number: `学银函〔2026〕${run}号` });
  await stateIs(office, "已生效");
  await office.lookAround("conversion");
}

async function paper(organisation: Person, second: Person, office: Person, student: Account): Promise<void> {
  interface Award {
    id: string;
    number: string;
  }
  const path = `/v1/awards?student_id=${student.student_id}`;
  const [award] = await listed<Award>("demo.organisation", path);
  expect(award, "the student has a certificate");
  await office.open(`/awards/${award.id}`);
  await act(office, "登记纸质流转", { deed: "print" });
  await office.page.getByRole("img", { name: /查验二维码/ }).waitFor();
  await organisation.open(`/awards/${award.id}`);
  await act(organisation, "提出补发", { ground: "lost", evidence: `挂失${run}`, reason: "毕业生报失" });
  await organisation.page.waitForURL(/award-reissues\/[0-9a-f]{8}-/);
  await organisation.page.getByText("须由另一人确认；提出人只能撤回").waitFor();
  await second.open("/award-reissues?state=proposed");
  await second.page.locator(".grid tbody a", { hasText: award.number }).first().click();
  await second.page.waitForURL(/award-reissues\/[0-9a-f]{8}-/);
  await second.settled();
  await act(second, "确认");
  await stateIs(second, "已颁发");
  await second.look("reissue");
  await office.open(`/awards/${award.id}`);
  await office.page.getByRole("img", { name: /查验二维码/ }).waitFor();
  await office.lookAround("award");
}

async function pattern(organisation: Person): Promise<void> {
  await organisation.open("/number-patterns/new");
  await fill(organisation.page.locator("form.panel"), { institution_code: "4132012920" });
  await organisation.button("预览").click();
  await organisation.page.getByRole("heading", { name: "前三个编号" }).waitFor();
  await organisation.look("number-pattern");
}

/** An account without credits is closed, and what stays of it can be read. */
async function close(office: Person, accounts: readonly Account[]): Promise<void> {
  const empty = accounts.find((it) => Number(it.accumulated) === 0);
  expect(empty, "there is an account without credits");
  await office.open(`/credit-accounts/${empty.student_id}`);
  await act(office, "关闭", { reason: "转学" }, empty.student_number);
  await office.page.getByRole("heading", { name: "结清单" }).waitFor();
  await office.look("account-closed");
}

/** What a rule brings that came late is looked at, and exactly that is posted. */
async function catchUp(office: Person): Promise<void> {
  await publishLateRule();
  await office.open("/credit-catch-ups");
  await office.button("预览").click();
  await office.page.getByRole("heading", { name: "将补计" }).waitFor();
  await office.lookAround("catch-up");
  await office.button("确认补计").click();
  await answer(office);
  await office.page.getByText("正在补计").waitFor();
}

await tell("credits", async (told) => {
  const accounts = await listed<Account>(COLLEGE, "/v1/credit-accounts?state=active&page_size=100");
  const student = await somebody(accounts);
  const office = await told.signedIn("demo.registrar");
  const college = await told.signedIn(COLLEGE);
  const organisation = await told.signedIn("demo.organisation");
  const second = await told.signedIn("demo.organisation.second");
  await policies(office);
  await recognise(office, college, student);
  await convert({ office, college, organisation }, student);
  await paper(organisation, second, office, student);
  await pattern(organisation);
  await office.open(`/credit-accounts/${student.student_id}`);
  await office.page.getByText("逐笔流水").click();
  await office.page.getByRole("region", { name: "逐笔流水" }).waitFor();
  await office.lookAround("account");
  await close(office, accounts);
  await catchUp(office);
  await office.open("/credit-account-rates?by=college");
  await office.lookAround("rates");
  await office.open("/ledger");
  await office.page.getByText("账目平衡").first().waitFor();
  await office.look("ledger");
});
