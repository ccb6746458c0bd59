import { asked, deed, entry, fill, named, sent } from "./deeds.ts";
import { expect, type Person, type Told, tell } from "./harness.ts";
import { enrol } from "./people.ts";

// A certificate enters the catalogue, is argued for and admitted by experts, and leaves again with all that it leaves behind.

const NAME = "仓储数字化运营";

/** The operator enters it, adds and removes a level, and somebody else's change is not overwritten. */
async function enter(platform: Person): Promise<string> {
  await platform.open("/certificates");
  await deed(platform, "录入证书", {
    name: NAME,
    organisation_id: "中联集团教育",
    batch: "5",
    basis: "演示文件1号",
    "2": true,
  });
  await platform.page.waitForURL(/\/certificates\/./);
  const path = new URL(platform.page.url()).pathname;
  await platform.settled();
  await deed(platform, "增加等级", { level: "高级" });
  await platform.page.getByRole("heading", { name: "高级" }).waitFor();
  await deed(platform, "移除此等级", {}, platform.page.locator("section.panel", { hasText: "高级" }));
  await platform.page.getByRole("heading", { name: "高级" }).waitFor({ state: "detached" });

  const dialog = await asked(platform, "修改");
  const second = platform.page.context();
  const other = await second.newPage();
  await other.goto(platform.page.url());
  await other
    .getByRole("button", { name: named("修改") })
    .first()
    .click();
  await other.getByRole("dialog").locator("[name=basis]").fill("演示文件2号");
  await sent(other.getByRole("dialog"));
  await other.close();
  await fill(dialog, { basis: "演示文件3号" });
  await dialog.locator("button[type=submit]").click();
  await dialog.getByText("他人已先行修改").waitFor();
  await platform.look("conflict");
  await dialog.getByRole("button", { name: named("取消") }).click();
  await dialog.waitFor({ state: "detached" });
  return path;
}

async function publishScheme(platform: Person): Promise<void> {
  await platform.page.locator("a[href^='/schemes/']").first().click();
  await platform.page.waitForURL(/\/schemes\//);
  await platform.settled();
  await platform.page.locator("summary", { hasText: "公布新版考核方案" }).click();
  const form = platform.page.locator("details.panel form");
  await fill(form, { exam_form: "机考" });
  await entry(form, "名称").fill("理论");
  await entry(form, "代码").fill("theory");
  await entry(form, /权重/).fill("40");
  await form.getByText("还差 60%").waitFor();
  await platform.look("scheme-sum");
  await form.getByRole("button", { name: "增加考核部分" }).click();
  await entry(form, "名称", 1).fill("实操");
  await entry(form, "代码", 1).fill("practical");
  await entry(form, /权重/, 1).fill("60");
  await form.getByText("权重合计 100%").waitFor();
  await form.locator("button[type=submit]").click();
  await platform.page.getByRole("heading", { name: "第 1 版" }).waitFor();
  await platform.lookAround("schemes");
}

/** A college argues for it; the office names experts by name; their votes decide. */
async function admit(told: Told, office: Person, college: Person): Promise<void> {
  await office.open("/review-policies");
  await deed(office, "设定新标准", {
    quorum: "2",
    industry_fit_min: "60",
    employer_recognition_min: "60",
    basis: "演示1号",
  });
  await office.lookAround("policies");

  await college.open("/reviews");
  await deed(college, "提出准入", { college_id: "会计学院", certificate_id: NAME, grounds: "本地企业需要。" });
  await college.page.waitForURL(/\/reviews\/./);
  const path = new URL(college.page.url()).pathname;
  await college.settled();
  await deed(college, "修改", { grounds: "本地十二家企业认可。" });
  await deed(college, "提交");

  await office.open(path);
  const dialog = await asked(office, "开始评审");
  await entry(dialog, "按姓名或用户名查找").fill("专家");
  await dialog.getByLabel(/沈专家/).check();
  await dialog.getByLabel(/顾专家/).check();
  await dialog.getByText("已选 2 人").waitFor();
  await office.look("choose-experts");
  await sent(dialog);
  await office.settled();

  for (const username of ["demo.expert.first", "demo.expert.second"]) {
    const expert = await told.signedIn(username, { size: "phone" });
    await expert.open(path);
    await deed(expert, "发表意见", { industry_fit: "82", employer_recognition: "75.5", opinion: "岗位对口。" });
    await expert.look(`voted-${username.slice(12)}`);
  }
  await office.open(path);
  await office.page.locator("h1", { hasText: "已准入" }).waitFor();
  await office.lookAround("review");
}

/** A college leaves it, step by step; what is left to be done gets an owner; the office decides. */
async function leave(office: Person, college: Person): Promise<void> {
  await college.open("/exits/new");
  await entry(college.page, "学院").selectOption({ label: "会计学院" });
  await entry(college.page, "证书").selectOption({ label: "智能财税" });
  await college.page.getByRole("heading", { name: "证书评价" }).waitFor();
  await college.lookAround("exit-which");
  await college.button("下一步").click();
  await entry(college.page, /退出理由/).fill("行业已改用新平台。");
  await entry(college.page, /退出日期/).fill(`${new Date().getFullYear() + 1}-12-31`);
  await college.button("下一步").click();
  await college.page.getByText("提出后：").waitFor();
  await college.lookAround("exit-consequence");
  await college.page.locator("button[type=submit]").click();
  await college.page.waitForURL(/\/reviews\/./);
  const path = new URL(college.page.url()).pathname;
  await college.page.getByRole("heading", { name: "收尾安排" }).waitFor();

  await office.open(path);
  const row = office.page.getByRole("region", { name: "收尾安排" }).locator("tbody tr").first();
  await deed(office, "修改", { owner_id: "李会计", done_on: localDay(), remark: "已通知学生。" }, row);
  await office.page.getByText(/已办结 1 \/ \d+ 项/).waitFor();
  await office.lookAround("teach-out");
  const dialog = await asked(office, "决定退出");
  await fill(dialog, { decision: "专家与学院意见一致。" });
  await dialog.getByLabel(/请输入/).fill("智能财税");
  await office.look("exit-decision");
  await dialog.getByRole("button", { name: named("取消") }).click();
  await dialog.waitFor({ state: "detached" });
  // Other stories count on this certificate: the office keeps it.
  await deed(office, "决定保留", { decision: "先完成在训学生。" });
  await office.page.locator("h1", { hasText: "已保留" }).waitFor();
}

/** Today as a day in Shanghai. */
function localDay(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" }).format(new Date());
}

await tell("certificates", async (told) => {
  const platform = await told.somebody();
  await enrol(platform, "demo.operator");
  const path = await enter(platform);
  await publishScheme(platform);
  await platform.open(path);
  await platform.lookAround("certificate");

  const office = await told.signedIn("demo.registrar");
  const college = await told.signedIn("demo.coordinator.accounting");
  await admit(told, office, college);
  await leave(office, college);

  await office.open("/scorecards");
  await office.lookAround("scorecards");
  await office.page.locator(".grid a", { hasText: "智能财税" }).first().click();
  await office.page.waitForURL(/\/scorecards\/./);
  await office.page.locator("figure svg").first().waitFor();
  await office.lookAround("scorecard");
  expect((await office.page.locator("figure tbody tr").count()) > 0, "the chart has a table");
});
