import { type Person, tell } from "./harness.ts";

// The desk after the exam: results and who sees them when, an exam that is a course's as well, and where seats are short.

const run = String(Date.now()).slice(-6);

async function answer(person: Person, values: Record<string, string> = {}): Promise<void> {
  const dialog = person.page.getByRole("dialog");
  await dialog.waitFor();
  for (const [name, value] of Object.entries(values)) await dialog.locator(`[name=${name}]`).fill(value);
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "hidden" });
  await person.settled();
}

async function visibility(office: Person): Promise<void> {
  await office.open("/results");
  await office.page.getByRole("region", { name: "成绩" }).locator("tbody tr").first().waitFor();
  await office.lookAround("results");
  await office.button("设定可见时间").click();
  await office.page.getByRole("dialog").waitFor();
  await office.look("visibility");
  await answer(office, {
    college_from: "2026-06-25T09:00",
    student_from: "2026-06-26T09:00",
    public_from: "2026-06-27T09:00",
  });
  await office.page.locator("dd").getByText("2026-06-25 09:00").waitFor();
  await office.button("提出异议").first().click();
  await office.page.getByRole("dialog").locator("textarea[name=text]").fill("请复核实操部分得分。");
  await office.page.getByRole("dialog").locator("button[type=submit]").click();
  // Nothing is on notice in the demonstration: the service says so, and what was written is still there.
  await office.page.getByRole("dialog").getByRole("alert").waitFor();
  await office.look("objection-refused");
}

async function joint(office: Person): Promise<string> {
  await office.open("/joint-exams");
  await office.lookAround("joint-exams");
  await office.page.getByRole("link", { name: "起草联考" }).first().click();
  await office.settled();
  const pick = async (select: string, text: string): Promise<void> => {
    const option = office.page.locator(select).locator("option", { hasText: text }).first();
    await option.waitFor({ state: "attached" });
    await office.page.locator(select).selectOption((await option.getAttribute("value")) ?? "");
  };
  await pick("select[name=exam]", "物流管理");
  await pick("form select >> nth=1", "530802");
  await office.page.locator("select[name=course_id] option").nth(1).waitFor({ state: "attached" });
  await office.page.locator("select[name=course_id]").selectOption({ index: 1 });
  await office.page.locator("input[name=term]").fill("2026-2027-01");
  await office.page.locator("input[name=document_number]").fill(`演示教〔2026〕${run}号`);
  await office.button("添加一行").click();
  const last = office.page.locator("fieldset.rows .row").last();
  await last.locator("input").nth(0).fill("90.00");
  await last.locator("input").nth(2).fill("优秀");
  await office.lookAround("joint-draft");
  await office.button("存为草稿").click();
  await office.page.waitForURL(/\/joint-exams\/[0-9a-f-]{36}$/);
  await office.settled();
  const path = new URL(office.page.url()).pathname;
  await office.page.getByRole("link", { name: "修改", exact: true }).click();
  await office.settled();
  await office.page.locator("input[name=document_number]").fill(`演示教〔2026〕${run}-1号`);
  await office.button("保存").click();
  await office.page.waitForURL((url) => url.pathname === path);
  await office.page.locator(".page-deeds").getByRole("button", { name: "确定" }).click();
  await answer(office);
  await office.page.locator("h1").getByText("已确定").waitFor();
  await office.lookAround("joint-exam");
  return path;
}

await tell("results-desk", async (told) => {
  const office = await told.signedIn("demo.registrar");
  await visibility(office);
  const path = await joint(office);
  const teacher = await told.signedIn("demo.teacher", { size: "phone" });
  await teacher.open("/joint-exams");
  await teacher.page.getByRole("heading", { name: "我的课程的联考" }).waitFor();
  await teacher.look("my-joint-exams");
  // A table that was laid down is withdrawn, so that the story can be told again.
  await office.open(path);
  await office.page.locator(".page-deeds").getByRole("button", { name: "撤回" }).click();
  await answer(office);
  await office.open("/joint-grades?is_flagged=true");
  await office.look("joint-grades");
  await office.open("/site-demand");
  await office.page.locator("[role=img] svg").first().waitFor();
  await office.lookAround("site-demand");
});
