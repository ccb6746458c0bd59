import { readFileSync } from "node:fs";
import { expect, type Person, tell } from "./harness.ts";

// A new user with no manual: import students with two bad rows, mend them; upload results with two bad rows, mend
// them, have a second person confirm; see what became of it in the student's account.

const HEAD = "学号,姓名,证件号码,专业代码,班级,入学年份";
const run = String(Date.now()).slice(-6);
const GOOD = `2026${run},张故事,11010519491231002X,530302,会计2699,2026`;
const BAD = [
  `2027${run},李故事,440524188001010015,530302,会计2699,2026`,
  `2028${run},王故事,34052419800101001X,999999,会计2699,2026`,
];
const MENDED = [`2027${run},李故事,440524188001010014,530302,会计2699,2026`];

const csv = (...rows: string[]) => ({
  name: "students.csv",
  mimeType: "text/csv",
  buffer: Buffer.from([HEAD, ...rows].join("\n")),
});

async function confirmDialog(person: Person, reason?: string): Promise<void> {
  const dialog = person.page.getByRole("dialog");
  await dialog.waitFor();
  if (reason) await dialog.locator("textarea[name=reason]").fill(reason);
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "hidden" });
  await person.settled();
}

async function importStudents(office: Person): Promise<void> {
  await office.open("/students");
  await office.page.getByRole("link", { name: "导入数据" }).click();
  await office.page.locator("input[type=file]").setInputFiles(csv(GOOD, ...BAD));
  await office.page.getByRole("heading", { name: "2 行有错误" }).waitFor();
  await office.page.getByText("440524188001010015").waitFor({ state: "detached" });
  await office.look("import-faults");
  // The faults are still there while the mended file is sent.
  await office.page.locator("input[type=file]").setInputFiles(csv(GOOD, ...MENDED));
  await office.page.getByRole("heading", { name: "2 行有错误" }).waitFor({ state: "detached" });
  await office.page.locator(".page-deeds").getByRole("button", { name: "确认" }).click();
  await confirmDialog(office);
  await office.page.getByText("已写入").first().waitFor();
  await office.look("import-applied");
  await office.page.locator(".page-deeds").getByRole("button", { name: "撤销导入" }).click();
  await confirmDialog(office);
  await office.page.locator("h1").getByText("已撤销").waitFor();
}

interface Row {
  org_result_id: string;
  revision: number;
  admission_number: string;
  passed: boolean;
}

/** Two rows of the file that was pushed, as they were: one whose candidate is unknown now, one with an impossible score. */
function results(): { bad: Buffer; good: Buffer; admission: string } {
  const rows = JSON.parse(readFileSync(`${process.env.STATE}/demo-results.json`, "utf8")) as Row[];
  const [first, second, third] = rows.filter((row) => row.passed);
  expect(first && second && third, "the demonstration has results");
  const again = { ...first };
  const unknown = { ...second, org_result_id: `S-${run}-1`, admission_number: "NOBODY" };
  const impossible = { ...third, revision: 2, components: { theory: "186.50", practical: "78.00" } };
  const file = (list: object[]) => Buffer.from(list.map((row) => JSON.stringify(row)).join("\n"));
  return { bad: file([again, unknown, impossible]), good: file([again]), admission: first.admission_number };
}

async function uploadResults(staff: Person, buffer: Buffer): Promise<void> {
  await staff.page.locator("select").first().selectOption({ index: 1 });
  await staff.page
    .locator("input[type=file]")
    .setInputFiles({ name: "results.ndjson", mimeType: "application/x-ndjson", buffer });
  await staff.page.locator("input[name=reason]").fill("系统对接前补录");
  await staff.button("演练").click();
  await staff.page.getByRole("heading", { name: "演练结果" }).waitFor();
}

/** Ask as a student who they are: the demonstration gives this one credits by a rule. */
async function studentOf(username: string): Promise<string> {
  const ask = (path: string, how: RequestInit): Promise<Response> => fetch(`${process.env.BASE}${path}`, how);
  const form = { grant_type: "password", username, password: process.env.PASSWORD ?? "" };
  const tokens = await ask("/v1/auth/token", { method: "POST", body: new URLSearchParams(form) });
  const { access_token } = (await tokens.json()) as { access_token: string };
  const me = await ask("/v1/me", { headers: { authorization: `Bearer ${access_token}` } });
  return ((await me.json()) as { student_id: string }).student_id;
}

await tell("main-job", async (told) => {
  const office = await told.signedIn("demo.registrar");
  await importStudents(office);

  const { bad, good, admission } = results();
  const staff = await told.signedIn("demo.organisation");
  await staff.open("/result-uploads");
  await staff.page.getByRole("link", { name: "上传成绩" }).first().click();
  await staff.settled();
  await uploadResults(staff, bad);
  await staff.page.getByRole("heading", { name: "不会入库的行" }).waitFor();
  const refused = await staff.page.getByRole("region", { name: "不会入库的行" }).locator("tbody tr").count();
  expect(refused === 2, `two rows are refused, not ${refused}`);
  await staff.look("results-bad");
  await staff.page.getByRole("link", { name: "上传改好的文件" }).click();
  await staff.settled();
  await uploadResults(staff, good);
  await staff.look("results-good");
  expect(
    (await staff.page.locator(".page-deeds").getByRole("button", { name: "确认" }).count()) === 0,
    "not by oneself",
  );

  const second = await told.signedIn("demo.organisation.second");
  await second.open("/result-uploads?state=waiting");
  await second.page.locator(".grid a").first().click();
  await second.page.locator(".page-deeds").getByRole("button", { name: "确认" }).click();
  await confirmDialog(second, "已核对");
  await second.page.locator("h1").getByText("已确认").waitFor();

  // The office finds the candidate, opens the account and asks why.
  await office.open(`/credit-accounts/${await studentOf("demo.student.first")}`);
  await office.page.getByRole("button", { name: "详细解释" }).first().click();
  await office.page.getByRole("heading", { name: "计算过程" }).waitFor();
  await office.lookAround("account");
  expect(admission.length > 0, "there is a candidate");
});
