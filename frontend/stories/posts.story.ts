import { act, answer, follow, stateIs } from "./deeds.ts";
import { expect, type Person, tell } from "./harness.ts";

// Who answers for the pilot: a liaison is appointed, a head hands over, a group changes its leader, a list of lead
// units is entered with one bad line, and a session on the pilot is planned, held, and counted.

const run = String(Date.now()).slice(-6);
const DOCUMENT = `演示教〔2026〕${run}号`;

/** A day so many days from today, as a field of a form takes it. */
function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The nth choice of a list in the open dialog. */
async function choice(office: Person, name: string, index: number): Promise<string> {
  const option = office.page.getByRole("dialog").locator(`select[name=${name}] option`).nth(index);
  await option.waitFor({ state: "attached" });
  return (await option.getAttribute("value")) ?? "";
}

async function posts(office: Person): Promise<void> {
  await office.open("/posts");
  await office.page.getByText("空缺", { exact: true }).first().waitFor();
  await office.lookAround("posts");
  await office.page.getByRole("button", { name: "交接" }).first().click();
  const holder = await choice(office, "holder", 3);
  await office.look("hand-over");
  await answer(office, { holder, held_from: inDays(10), document: DOCUMENT, note: "台账已移交" });
  await office.open("/posts?view=terms&state=proposed");
  await office.page.getByRole("button", { name: "任命", exact: true }).first().click();
  await answer(office, { document: DOCUMENT });
  await office.open("/posts?view=terms");
  await office.look("terms");
}

async function groups(office: Person): Promise<void> {
  await office.open("/working-groups?view=uncovered");
  await office.look("uncovered");
  await office.open("/working-groups");
  await office.lookAround("groups");
  await follow(office, "已成立");
  await office.page.locator(".page-deeds").getByRole("button", { name: "更换组长" }).click();
  const leader = await choice(office, "leader", 2);
  await office.look("change-leader");
  await answer(office, { leader, held_from: inDays(5), document: DOCUMENT });
  expect(await office.page.getByText(DOCUMENT).count(), "the change is in the history");
  await office.lookAround("group");
}

async function units(office: Person): Promise<void> {
  await office.open("/lead-units");
  await act(office, "录入名单", {
    document: DOCUMENT,
    valid_from: "2026-09-01",
    lines: `故事类${run}，演示职业技术学院\n另一类${run}，演示职业技术学院，没有的证书`,
  });
  await office.page.getByText("目录中没有：没有的证书").waitFor();
  await office.lookAround("units");
}

async function sessions(office: Person): Promise<void> {
  await office.open("/pilot-sessions");
  await office.look("sessions");
  await office.page.locator(".page-deeds").getByRole("button", { name: "安排培训" }).click();
  const college_id = await choice(office, "college_id", 1);
  await answer(office, {
    college_id,
    subject: `故事培训${run}`,
    held_on: inDays(-2),
    place: "报告厅",
    speaker: "教务处",
    materials: "通知 https://example.edu.cn/1x.pdf",
  });
  await act(office, "登记参加人员", { all_teachers: true });
  await act(office, "已举办");
  await stateIs(office, "已举办");
  await office.lookAround("session");
  await office.open("/pilot-sessions?view=figures");
  await office.look("figures");
}

await tell("posts", async (told) => {
  const office = await told.signedIn("demo.registrar");
  await posts(office);
  await groups(office);
  await units(office);
  await sessions(office);
});
