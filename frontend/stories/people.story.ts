import { generateKeyPairSync } from "node:crypto";
import { expect, type Person, tell } from "./harness.ts";
import { enrol, tryMenu } from "./people.ts";

// Those who run the platform and its doors: an organisation's systems, the operator, whoever is sent a link, and what
// everybody's menu leads to.

const PASSWORD = process.env.PASSWORD ?? "";
const EVERYBODY = [
  "demo.registrar",
  "demo.coordinator.accounting",
  "demo.teacher",
  "demo.expert.first",
  "demo.organisation",
];

/** Press a deed and its dialog's button, with what its fields are to hold. */
async function act(person: Person, deed: string, fields: Record<string, string | boolean> = {}): Promise<void> {
  await person.button(deed).first().click();
  const dialog = person.page.getByRole("dialog").last();
  await dialog.waitFor();
  for (const [name, value] of Object.entries(fields)) {
    const at = dialog.locator(`[name="${name}"]`).first();
    if (typeof value === "boolean") await at.setChecked(value);
    else await at.fill(value);
  }
  await dialog.locator("button[type=submit]").click();
}

async function closed(person: Person): Promise<void> {
  await person.page.getByRole("dialog").waitFor({ state: "detached" });
  await person.settled();
}

async function machines(office: Person): Promise<void> {
  await office.open("/machine-clients");
  await office.page.locator(".grid a").first().click();
  await office.page.waitForURL(/machine-clients\/./);
  await office.page.locator("dl.facts").waitFor();
  await office.settled();
  await office.lookAround("machine-client");
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keys = office.page.locator("section.panel", { hasText: "密钥" }).locator("tbody tr");
  const before = await keys.count();
  await act(office, "登记密钥", { public_jwk: "no json", proof_password: PASSWORD });
  await office.page.getByText("不是有效的 JSON").first().waitFor();
  const dialog = office.page.getByRole("dialog");
  await dialog.locator("[name=public_jwk]").fill(JSON.stringify(publicKey.export({ format: "jwk" })));
  await dialog.locator("button[type=submit]").click();
  await closed(office);
  expect((await keys.count()) === before + 1, "the new key is listed beside the old");
  const newest = keys.filter({ has: office.button("吊销密钥") }).last();
  await newest.getByRole("button", { name: "吊销密钥" }).click();
  await office.page.getByRole("dialog").locator("[name=proof_password]").fill(PASSWORD);
  await office.page.getByRole("dialog").locator("button[type=submit]").click();
  await closed(office);
  await conflict(office);
}

/** Two people change one client: the second sees both versions, and overwrites nothing. */
async function conflict(office: Person): Promise<void> {
  const path = new URL(office.page.url()).pathname;
  await office.button("修改").first().click();
  const other = await office.page.context().newPage();
  await other.goto(office.page.url());
  await other.getByRole("button", { name: "修改" }).first().click();
  await other.getByRole("dialog").locator("[name=name]").fill(`联机系统 ${Date.now()}`);
  await other.getByRole("dialog").locator("button[type=submit]").click();
  await other.getByRole("dialog").waitFor({ state: "detached" });
  await other.close();
  const dialog = office.page.getByRole("dialog");
  await dialog.locator("[name=name]").fill("另一个名称");
  await dialog.locator("button[type=submit]").click();
  await dialog.locator(".conflict").waitFor();
  await office.look("conflict");
  await office.page.setViewportSize({ width: 360, height: 740 });
  await office.look("conflict", "phone-light");
  await office.page.setViewportSize({ width: 1366, height: 850 });
  await office.page.keyboard.press("Escape");
  await closed(office);
  expect(new URL(office.page.url()).pathname === path, "nobody was led away");
}

async function hooks(office: Person): Promise<void> {
  await office.open("/webhook-endpoints");
  await office.lookAround("webhook-endpoints");
  await act(office, "新增端点", { url: "http://inner.example/in", description: "成绩系统" });
  await office.page.locator(".problem").waitFor();
  await office.look("webhook-refused");
  const dialog = office.page.getByRole("dialog");
  await dialog.locator("[name=url]").fill("https://receiver.example/x-pilot");
  await dialog.locator("[name=is_test]").check();
  await dialog.locator("[name='awards.issued']").check();
  await dialog.locator("button[type=submit]").click();
  await office.page.locator("code.secret").waitFor();
  await office.look("webhook-secret");
  await office.button("已保存").click();
  await closed(office);
  await office.page.locator(".grid a").first().click();
  await office.page.waitForURL(/webhook-endpoints\/./);
  await office.page.locator("dl.facts").waitFor();
  await office.settled();
  await act(office, "轮换密钥");
  await office.page.locator("code.secret").waitFor();
  await office.button("已保存").click();
  await closed(office);
  await act(office, "重放时段", { since: "2026-01-01T00:00", until: "2036-01-01T00:00" });
  await closed(office);
  await office.page.locator(".grid tbody tr").first().waitFor();
  await office.page.locator(".grid tbody").getByRole("button", { name: "查看" }).first().click();
  await office.page.getByRole("dialog").waitFor();
  await office.look("webhook-tries");
  await office.page.keyboard.press("Escape");
  await office.page.getByRole("dialog").waitFor({ state: "detached" });
  await office.lookAround("webhook-endpoint");
  await act(office, "停用");
  await closed(office);
  await office.button("启用").waitFor();
}

/** The list as a workbook, made in the browser under the policy the service sets. */
async function exported(office: Person): Promise<void> {
  await office.open("/awards");
  const waits = office.page.waitForEvent("download");
  await office.button("导出 .xlsx").click();
  const file = await waits;
  expect(file.suggestedFilename().endsWith(".xlsx"), `a workbook was made, not ${file.suggestedFilename()}`);
}

await tell("people", async (told) => {
  const organisation = await told.signedIn("demo.organisation");
  await machines(organisation);
  await hooks(organisation);

  const operator = await told.somebody();
  await enrol(operator, "demo.operator");
  await operator.lookAround("home-operator");
  await tryMenu(operator, "operator");
  await operator.open("/organisations");
  await operator.lookAround("organisations");
  await act(operator, "录入组织", { name: "演示评价组织", credit_code: "91350100M000100Y43" });
  await closed(operator);
  await operator.open("/organisations?text=演示评价组织");
  await operator.page.locator(".grid a").first().click();
  await operator.page.waitForURL(/organisations\/./);
  await operator.page.locator("dl.facts").waitFor();
  await operator.settled();
  await act(operator, "修改", { name: "演示评价组织（更名）" });
  await closed(operator);
  await operator.look("organisation");
  await operator.button("移除").click();
  await operator.page.getByRole("dialog").locator("input").last().fill("演示评价组织（更名）");
  await operator.page.getByRole("dialog").locator("button[type=submit]").click();
  await operator.page.waitForURL(/organisations$/);

  const newcomer = await told.somebody({ size: "phone" });
  await newcomer.open("/password");
  await newcomer.lookAround("password-incomplete");
  await newcomer.open("/password#made-up");
  await newcomer.page.reload();
  await newcomer.page.locator("[name=new]").fill("a long enough pass phrase 1");
  await newcomer.page.locator("[name=again]").fill("a long enough pass phrase 1");
  await newcomer.page.locator("form button[type=submit]").click();
  await newcomer.page.locator(".problem").waitFor();
  await newcomer.lookAround("password-refused");

  const office = await told.signedIn("demo.registrar");
  await exported(office);
  await office.page.locator(".grid a").first().click();
  await office.page.waitForURL(/awards\/./);
  await office.page.locator(".verdict.good").waitFor();
  await office.lookAround("award-in-log");
  await office.open("/inbox");
  // The demonstration sends no mail, and says so.
  await act(office, "登记地址", { address: "office@school.example" });
  await office.page.getByRole("dialog").locator(".problem").waitFor();
  await office.look("mail-refused");
  await office.page.keyboard.press("Escape");
  await closed(office);
  await office.lookAround("inbox");
  await office.open("/logs");
  await office.page.getByRole("button", { name: "验证" }).first().click();
  await office.page.getByText("未被改动").first().waitFor();
  await office.lookAround("logs");
  await office.open("/jobs");
  const job = office.page.locator(".grid a").first();
  if (await job.count()) {
    await job.click();
    await office.page.waitForURL(/jobs\/./);
    await office.page.locator("dl.facts").waitFor();
    await office.lookAround("job");
  }
  for (const name of EVERYBODY) {
    const person = await told.signedIn(name);
    await person.look(`home-${name.replace("demo.", "")}`);
    await tryMenu(person, name);
    await person.page.context().close();
  }
});
