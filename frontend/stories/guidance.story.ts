import { asked, deed, sent } from "./deeds.ts";
import { expect, tell } from "./harness.ts";

// A college and its office hear of a problem and solve it; a consultation is written, signed off, and followed up.

const DUE = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

await tell("guidance", async (told) => {
  const college = await told.signedIn("demo.coordinator.accounting");
  await college.open("/pilot-problems");
  await college.lookAround("problems");
  const title = `考场网络不稳 ${Date.now()}`;
  await deed(college, "提出问题", { title, about: "其他", severity: "严重", description: "多次掉线" });
  await college.page.waitForURL(/pilot-problems\/./);
  const problem = new URL(college.page.url()).pathname;

  const office = await told.signedIn("demo.registrar");
  await office.open(problem);
  await deed(office, "指定责任人", { owner_id: "教务处", due_on: DUE });
  await deed(office, "办理完成", { resolution: "更换交换机" });
  await college.open(problem);
  await deed(college, "确认已解决");
  await college.page.getByText("已确认").first().waitFor();
  await college.lookAround("problem");

  await college.open("/outside-parties");
  await college.look("parties");
  const party = `行业协会 ${Date.now()}`;
  await deed(college, "登记单位", { name: party, kind: "行业协会" });
  await college.page.waitForURL(/outside-parties\/./);
  const partyPage = new URL(college.page.url()).pathname;
  await deed(college, "登记往来", {
    sent_on: TODAY,
    subject: "征求意见函",
    summary: "请于两周内回复",
    answer_due_on: DUE,
  });
  await college.open(`${partyPage}?view=demands`);
  await deed(college, "登记培训需求", {
    demand_group: "企业职工",
    certificate_level_id: "智能财税",
    head_count: "20",
    wanted_from: DUE,
    wanted_to: DUE,
  });
  await deed(college, "已安排", { met_by: "暑期班" });
  await college.lookAround("party");

  await college.open("/consultations");
  const dialog = await asked(college, "登记会商");
  await dialog.locator("[name=subject]").fill(`标准对接 ${Date.now()}`);
  await dialog.locator("[name=held_on]").fill(TODAY);
  await dialog.locator("[name=participants]").fill("双方代表");
  await dialog.locator("[name=minutes]").fill("一、通报政策。\n二、商定调查。");
  await dialog.getByLabel("名称").first().selectOption({ label: party });
  await sent(dialog);
  await college.page.waitForURL(/consultations\/./);
  await college.settled();
  await deed(college, "签署纪要");
  await deed(college, "补充", { body: "另约定下次会商时间。" });
  await deed(college, "增加后续事项", { task: "发放问卷", owner_id: "学院", due_on: DUE });
  const rows = college.page.locator("section.grid tbody tr");
  await deed(college, "办理完成", { result: "已发放" }, rows.filter({ hasText: "发放问卷" }).first());
  const consultation = new URL(college.page.url()).pathname;
  await office.open(consultation);
  await deed(office, "核查通过");
  await college.open(consultation);
  await college.lookAround("consultation");
  await college.open("/consultations");
  await college.look("consultations");
  await college.open("/follow-ups");
  await college.look("follow-ups");

  await college.open("/surveys");
  await college.look("surveys");
  await college.page.locator(".grid a").first().click();
  await college.page.waitForURL(/surveys\/./);
  await college.settled();
  await deed(college, "录入问卷", { rows: `A${Date.now()}\t是\t6\t多开班` });
  await college.lookAround("survey");

  await college.open("/outreach");
  await college.lookAround("publicity");
  await college.open("/outreach?view=trainings");
  await college.lookAround("trainings");
  expect((await college.page.locator("section.grid").count()) > 0, "trainings and their coverage are shown");
});
