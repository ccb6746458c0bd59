import { asked, deed, named, sent } from "./deeds.ts";
import { expect, type Person, tell } from "./harness.ts";

// Teachers' five years: a project is drafted and published, enrolled in and given up; a training elsewhere is confirmed.

const RUN = String(Date.now()).slice(-6);
const TITLE = `教学能力提升培训${RUN}`;

function dayIn(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" }).format(day);
}

async function offer(office: Person): Promise<void> {
  await office.open("/training-projects");
  await office.look("training-projects");
  const dialog = await asked(office, "起草项目");
  await dialog.locator("[name=title]").fill(TITLE);
  await dialog.locator("[name=origin]").selectOption("institution");
  await dialog.locator("[name=scheme]").fill("线上理论、线下实操");
  await dialog.locator("[name=mode]").selectOption("blended");
  await dialog.locator("[name=hours]").fill("24");
  await dialog.locator("[name=places]").fill("2");
  await dialog.locator("[name=enrols_until]").fill(dayIn(20));
  await dialog.locator("[name=starts_on]").fill(dayIn(30));
  await dialog.locator("[name=ends_on]").fill(dayIn(33));
  await sent(dialog);
  await office.page.waitForURL(/\/training-projects\/./);
  await office.settled();
  await deed(office, "发布");
  await deed(office, "调整名额", { places: "1" });
}

async function cycles(office: Person): Promise<void> {
  await office.open("/training-requirements");
  await office.look("training-requirements");
  await office.open("/training-cycles");
  await office.lookAround("training-cycles");
  await office.open("/training-cycles?standing=overdue");
  await office.page.locator(".list .grid a").first().click();
  await office.page.waitForURL(/\/training-cycles\/./);
  await office.settled();
  await office.look("training-cycle");
}

/** The teacher's own page, and a project on a phone. */
async function takePart(teacher: Person): Promise<void> {
  await teacher.open("/own-training");
  const row = teacher.page.locator("tr", { hasText: TITLE });
  await deed(teacher, "我要报名", {}, row);
  await row.getByText("已录取").first().waitFor();
  await teacher.lookAround("own-training");
  const mine = teacher.page.locator("section.panel", { hasText: "培训报名" }).locator("tr", { hasText: TITLE });
  await deed(teacher, "退出", { reason: "课务冲突" }, mine);
  await teacher.page.getByText("课务冲突").first().waitFor();
}

async function elsewhere(college: Person, office: Person): Promise<void> {
  await college.open("/outside-trainings");
  const dialog = await asked(college, "登记校外培训");
  await dialog.locator("[name=teacher_id] option").nth(1).waitFor({ state: "attached" });
  await dialog.locator("[name=teacher_id]").selectOption({ index: 1 });
  await dialog.locator("[name=title]").fill("国家级专项培训");
  await dialog.locator("[name=organiser]").fill("国家级培训基地");
  await dialog.locator("[name=origin]").selectOption("national");
  await dialog.locator("[name=hours]").fill("40");
  await dialog.locator("[name=completed_on]").fill(dayIn(-30));
  await dialog.locator("[name=document_number]").fill(`结业${RUN}号`);
  await sent(dialog);
  await office.open("/outside-trainings");
  const row = office.page.locator("tr", { hasText: `结业${RUN}号` });
  await deed(office, "确认", {}, row);
  await row.getByText("已确认").waitFor();
  await office.look("outside-trainings");
}

await tell("teacher-training", async (told) => {
  const office = await told.signedIn("demo.registrar");
  await cycles(office);
  await offer(office);
  const teacher = await told.signedIn("demo.teacher");
  await takePart(teacher);
  const college = await told.signedIn("demo.coordinator.accounting");
  await elsewhere(college, office);
  await office.open("/training-projects?state=closed");
  await office.page.locator(".grid a").first().click();
  await office.page.waitForURL(/\/training-projects\/./);
  await office.page.getByText("平均分").first().waitFor();
  await office.settled();
  await office.lookAround("training-project");
  await office.open("/teacher-certificates");
  expect((await office.page.locator(".grid tbody tr").count()) > 0, "certificates are listed");
  await office.look("teacher-certificates");
  await office.page.getByRole("button", { name: named("登记证书") }).waitFor();
});
