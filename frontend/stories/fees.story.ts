import { expect, type Person, tell } from "./harness.ts";

// From a cost sheet to a settlement: colleges, the office and the organisation each at their own desk.

interface Answers {
  [label: string]: string;
}

/** Press a button, fill in what is asked by its label, and send it. */
async function deed(person: Person, button: string | RegExp, answers: Answers = {}): Promise<void> {
  await person.page.locator(".page-deeds, .grid, .panel").getByRole("button", { name: button }).first().click();
  const dialog = person.page.getByRole("dialog");
  await dialog.locator("button[type=submit]").waitFor();
  for (const [label, answer] of Object.entries(answers)) {
    const control = dialog.getByLabel(label, { exact: false }).first();
    const tag = await control.evaluate((it) => it.tagName);
    if (tag === "SELECT") await choose(control, answer);
    else await control.fill(answer);
  }
  await dialog.locator("button[type=submit]").click();
  const refused = dialog.locator(".problem");
  await Promise.race([dialog.waitFor({ state: "hidden" }), refused.waitFor().catch(() => undefined)]);
  expect((await refused.count()) === 0, `${button}: ${await refused.allInnerTexts()}`);
  await person.settled();
}

/** Choose the option that says this, or the first there is. */
async function choose(control: ReturnType<Person["page"]["locator"]>, says: string): Promise<void> {
  const options = control.locator("option");
  await options.nth(1).waitFor({ state: "attached" });
  const texts = await options.allInnerTexts();
  const at = says === "" ? 1 : texts.findIndex((it) => it.includes(says));
  expect(at > 0, `no option says ${says}: ${texts.join("、")}`);
  await control.selectOption({ index: at });
}

async function state(person: Person, says: string): Promise<void> {
  await person.page.locator("h1 .ant-tag", { hasText: says }).waitFor();
}

/** The college finds what is against the rules, mends it and hands the sheet in. */
async function costs(college: Person, office: Person): Promise<void> {
  await college.open("/cost-sheets");
  await college.page.locator(".grid tbody tr", { hasText: "草稿" }).locator("a").first().click();
  await college.page.getByRole("heading", { name: "成本明细" }).waitFor();
  expect((await college.page.locator(".grid .finding").count()) === 3, "each line's findings stand beside it");
  await college.lookAround("cost-sheet-findings");
  await college.button("修改").click();
  await college.page.getByLabel("分摊人数 1").fill("50000");
  await college.button("移除 2").click();
  await college.page.getByLabel("实物投入 2").selectOption("venue");
  await college.button("添加一行").click();
  await college.page.getByLabel("成本项目 4").selectOption("consumables");
  await college.page.getByLabel("单价（元） 4").fill("12.50");
  await college.page.getByLabel("依据 4").fill("采购合同第 3 条");
  await college.look("cost-sheet-editing");
  await meanwhile(office, new URL(college.page.url()).pathname);
  await college.button("保存并检查").click();
  await college.page.getByText("他人已先行修改").first().waitFor();
  await college.page.locator(".conflict .theirs", { hasText: "130" }).first().waitFor();
  await college.look("cost-sheet-conflict");
  await college.button("以我的内容覆盖").click();
  await college.page.getByText("¥12.50").first().waitFor();
  await college.settled();
  expect((await college.page.locator(".grid .finding").count()) === 0, "nothing is against a rule any more");
  await deed(college, "提交");
  await state(college, "已提交");
}

/** The office changes the sheet while the college has it open. */
async function meanwhile(office: Person, path: string): Promise<void> {
  await office.open(path);
  await office.button("修改").click();
  await office.page.getByLabel("核算人数").fill("130");
  await office.button("保存并检查").click();
  await office.button("修改").waitFor();
}

/** A table of lines with a bad row stays with its faults on screen until a mended one is answered. */
async function linesFromATable(college: Person): Promise<void> {
  await college.open("/cost-sheets");
  await deed(college, "建立核算表", {
    学院: "会计",
    证书: "智能财税 高级",
    考核形式: "机考",
    核算人数: "60",
  });
  await college.page.waitForURL(/\/cost-sheets\/.+/);
  await state(college, "草稿");
  const head = "成本项目,承担方,实物投入,数量,单价（分）,分摊人数,依据\n";
  const load = async (rows: string): Promise<void> => {
    await college.page
      .locator("input[type=file]")
      .setInputFiles({ name: "lines.csv", mimeType: "text/csv", buffer: Buffer.from(head + rows) });
  };
  await load("考评人员,,,6.00,60000,,合同第 1 条\n耗材,,,60.00,负二,,合同第 2 条\n");
  await college.page.getByRole("heading", { name: /处错误/ }).waitFor();
  await college.look("cost-lines-faults");
  await load("考评人员,,,6.00,60000,,合同第 1 条\n耗材,,,60.00,1200,,合同第 2 条\n");
  await college.button("确认写入").click();
  await college.page.getByRole("cell", { name: "合同第 2 条" }).waitFor();
  await college.settled();
  expect((await college.page.locator(".drop").count()) === 1, "the sheet can still be changed");
}

/** A fee goes its whole way: proposed, agreed to, approved, published. */
async function fee(organisation: Person, college: Person, office: Person): Promise<void> {
  await organisation.open("/fee-standards");
  await deed(organisation, "提出标准", {
    院校: "",
    证书: "智能财税 初级",
    考核形式: "机考",
    标准: "255.00",
    依据: "补充协议一",
    生效日期: "2027-03-01",
  });
  await organisation.page.waitForURL(/\/fee-standards\/.+/);
  const path = new URL(organisation.page.url()).pathname;
  await college.open(path);
  await deed(college, "同意");
  await state(college, "双方同意");
  await office.open(path);
  await deed(office, "批准");
  await deed(office, "发布");
  await state(office, "已发布");
  await office.lookAround("fee-standard");
  await office.open("/fee-standards?view=chart");
  await office.page.locator("figure svg").first().waitFor();
  await office.lookAround("fee-against-ceiling");
  await organisation.open("/fee-standards");
  await organisation.button("提出标准").first().click();
  const dialog = organisation.page.getByRole("dialog");
  await choose(dialog.getByLabel("院校"), "");
  await choose(dialog.getByLabel("证书"), "智能财税 初级");
  await choose(dialog.getByLabel("考核形式"), "机考");
  await dialog.getByLabel("标准").fill("301.00");
  await dialog.getByLabel("依据").fill("补充协议二");
  await dialog.locator("button[type=submit]").click();
  await dialog.locator(".problem").waitFor();
  expect((await dialog.locator(".problem").innerText()).includes("ceiling_exceeded"), "no fee above its ceiling");
  await organisation.look("fee-above-ceiling");
}

/** Who pays, and a group that is let off; a number that nobody has is said before anything is kept. */
async function rules(office: Person): Promise<void> {
  await office.open("/charge-rules");
  await deed(office, "设定付款方", { 付款方: "学校经费", 文号: "付款文 1" });
  await office.page.getByText("付款文 1").waitFor();
  await office.open("/students");
  const number = await office.page.locator(".grid td[data-title=学号]").first().innerText();
  await office.open("/charge-rules/new-relief");
  const answers: Answers = { 群体名称: "资助对象", 群体代码: "AID", "比例（%）": "50", 文号: "减免文 2" };
  for (const [label, answer] of Object.entries(answers)) await office.page.getByLabel(label).fill(answer);
  await office.page.getByLabel("类型").selectOption({ index: 1 });
  await office.page.getByLabel("学号").fill(`${number}\nNOBODY-1`);
  await office.button("保存").click();
  await office.page.getByText("NOBODY-1").last().waitFor();
  await office.lookAround("new-relief");
  await office.page.getByLabel("学号").fill(number);
  await office.button("保存").click();
  await office.page.getByText("资助对象").waitFor();
  await office.look("relief-rules");
}

/** What is foreseen for the guaranteed attempt, and what became of one student's. */
async function guarantees(office: Person): Promise<void> {
  await office.open("/guarantee-forecast");
  await deed(office, "现在推算");
  await office.page.getByText("每晚自动更新").waitFor();
  await office.page.locator("figure svg").first().waitFor();
  await office.lookAround("forecast");
  await office.open("/guarantee-forecast?view=students&outlook=reserved");
  await office.page.locator(".grid tbody tr").first().waitFor();
  await office.look("forecast-students");
  await office.page.locator(".grid a").first().click();
  await office.page.getByRole("heading", { name: "经过" }).waitFor();
  await deed(office, "按事由恢复", { 经由的报名: "", 证明文件编号: "病证 2026-7", 理由: "住院" });
  await office.page.getByText("病证 2026-7").waitFor();
  await office.lookAround("guarantee");
}

/** A charge is paid by a voucher that a second person confirms, and let off in part. */
async function charges(college: Person, office: Person): Promise<void> {
  await office.open("/charges");
  await office.page.locator(".grid a").first().waitFor();
  await office.lookAround("charges");
  await college.open("/charges?state=open");
  await college.page.locator(".grid a").first().click();
  await college.page.getByRole("heading", { name: "付款" }).waitFor();
  const path = new URL(college.page.url()).pathname;
  await deed(college, "登记凭证", { 金额: "100.00", 文号: "凭证 2026-1" });
  await college.page.getByText("凭证 2026-1").waitFor();
  await office.open(path);
  await deed(office, "确认到账");
  await deed(office, "减免", { 类型: "免收", 金额: "60.00", 文号: "减免文 1", 理由: "资助对象" });
  await deed(office, "退款", { 原因: "多收", 金额: "10.00", 文号: "退文 1", 理由: "多收十元" });
  await office.page.getByText("多收十元").waitFor();
  await office.lookAround("charge");
}

/** Both sides agree to what the change comes to; the organisation's own list is laid beside it. */
async function settlement(office: Person, organisation: Person): Promise<void> {
  await office.open("/settlements");
  await deed(office, "编制结算单", { 考核计划: "智能财税" });
  await office.page.waitForURL(/\/settlements\/.+/);
  const path = new URL(office.page.url()).pathname;
  await deed(office, "提交对方");
  await state(office, "待双方同意");
  await deed(office, "同意");
  await organisation.open(path);
  await organisation.lookAround("settlement-organisation");
  await reconcile(organisation);
  await organisation.open(path);
  await deed(organisation, "同意");
  await state(organisation, "双方同意");
  await office.open(path);
  await deed(office, "登记付款", { 付款凭证号: "付 2026-9" });
  await state(office, "已付款");
  await office.lookAround("settlement");
}

/** Its list agrees on one candidate, not on another, and names one that is not ours. */
async function reconcile(organisation: Person): Promise<void> {
  const waiting = organisation.page.waitForEvent("download");
  await organisation.button("下载模板").click();
  expect((await (await waiting).suggestedFilename()).endsWith(".xlsx"), "the template is a workbook");
  const numbers = await organisation.page.locator("td[data-title=准考证号]").allInnerTexts();
  const rows = [
    `${numbers[0]},260.00,参考`,
    `${numbers[1]},300.00,缺考`,
    "NOBODY-1,260.00,参考",
    `${numbers[2]},很多,参考`,
  ];
  const buffer = Buffer.from(["准考证号,金额（元）,考核情况", ...rows].join("\n"));
  const file = { name: "list.csv", mimeType: "text/csv", buffer };
  await organisation.page.locator("input[type=file]").setInputFiles(file);
  await organisation.page.waitForURL(/\/reconciliations\/.+/);
  await organisation.settled();
  await organisation.page.locator(".grid tbody tr").first().waitFor();
  await organisation.lookAround("reconciliation");
}

await tell("fees", async (told) => {
  const college = await told.signedIn("demo.coordinator.accounting");
  const office = await told.signedIn("demo.registrar");
  const organisation = await told.signedIn("demo.organisation");
  await costs(college, office);
  await linesFromATable(college);
  await office.open(new URL(college.page.url()).pathname);
  await office.open("/cost-comparisons?year=2026");
  await office.page.locator(".grid a").first().click();
  await office.page.locator("figure svg").first().waitFor();
  await office.look("cost-sheet-last-year");
  await office.open("/cost-comparisons?year=2026&view=chart");
  await office.page.locator("figure svg").first().waitFor();
  await office.lookAround("comparison");
  await fee(organisation, college, office);
  await rules(office);
  await guarantees(office);
  await charges(college, office);
  await settlement(office, organisation);
  for (const name of ["fee-ceilings", "cost-sheets", "settlements", "payment-callbacks"]) {
    await office.open(`/${name}`);
    await office.look(`list-${name}`);
  }
  for (const view of ["ceiling", "fee", "coverage", "spending", "budget"]) {
    await office.open(`/fee-reports?year=2026&view=${view}`);
    await office.page.locator("figure svg, .ant-progress").first().waitFor();
    await office.look(`report-${view}`);
  }
  await office.open("/fee-reports?year=2026");
  await office.lookAround("reports");
});
