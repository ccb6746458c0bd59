import { expect, type Person, tell } from "./harness.ts";

// The day of an exam: seats are arranged and drawn, one candidate leaves and only who must moves; papers are printed; at
// the door the network fails and nothing is lost; two devices contradict each other; something happens, and is confirmed.

const run = String(Date.now()).slice(-6);

interface Page<Item> {
  items: Item[];
}

/** The service, asked as somebody: what has to be there before the day begins is made here, not on the screen. */
async function asking(username: string) {
  const form = { grant_type: "password", username, password: process.env.PASSWORD ?? "" };
  const tokens = await fetch(`${process.env.BASE}/v1/auth/token`, { method: "POST", body: new URLSearchParams(form) });
  const { access_token } = (await tokens.json()) as { access_token: string };
  return async <Told>(path: string, body?: object): Promise<Told> => {
    const answer = await fetch(`${process.env.BASE}/v1${path}`, {
      method: body ? "POST" : "GET",
      headers: {
        authorization: `Bearer ${access_token}`,
        "content-type": "application/json",
        "idempotency-key": `${run}${path}`.slice(0, 200),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const told = (await answer.json()) as Told;
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(told)}`);
    return told;
  };
}

interface Plan {
  id: string;
  institution_id: string;
  levels: { certificate_level_id: string; certificate_name: string }[];
}

interface Site {
  id: string;
  code: string;
  rooms: { id: string; code: string }[];
}

function day(hoursFromNow: number): string {
  return new Date(Date.now() + hoursFromNow * 3_600_000).toISOString();
}

/** A published plan whose exam is today, a sitting in two rooms in two hours, and candidates of two colleges. */
async function ground(): Promise<{ sitting: string; plan: string }> {
  const desk = await asking("demo.organisation");
  const office = await asking("demo.registrar");
  const plans = await desk<Page<Plan>>("/exam-plans?page_size=100");
  const earlier = plans.items.find((it) => it.levels.some((level) => level.certificate_name === "智能财税"));
  const level = earlier?.levels[0]?.certificate_level_id ?? "";
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" }).format(new Date());
  const plan = await desk<Plan>("/exam-plans", {
    institution_id: earlier?.institution_id,
    code: `D${run}`,
    name: `考试当日 ${run}`,
    certificate_level_ids: [level],
    registration_opens_on: today,
    registration_closes_on: today,
    exam_on: today,
  });
  const sites = await desk<Page<Site>>(`/assessment-sites?certificate_level_id=${level}&state=approved`);
  const site = sites.items.find((it) => it.code === "DEMO-S1");
  const teachers =
    await office<Page<{ id: string; name: string; person_id: string | null }>>("/teachers?page_size=100");
  const teacher = teachers.items.find((it) => it.person_id !== null);
  const sitting = await office<{ id: string }>(`/exam-plans/${plan.id}/sittings`, {
    certificate_level_id: level,
    site_id: site?.id,
    code: `T${run}`,
    starts_at: day(2),
    ends_at: day(4),
    rooms: site?.rooms.slice(1).map((it) => ({ room_id: it.id, seats: 12 })),
    examiners: teacher ? [{ teacher_id: teacher.id, duty: "invigilator" }] : [],
  });
  const programmes = await office<Page<{ id: string; code: string }>>("/programmes?page_size=100");
  const wishes: object[] = [];
  for (const { id } of programmes.items) {
    const cohort = { programme_id: id, entry_year: 2025, certificate_level_id: level, sitting_id: sitting.id };
    const path = `/exam-plans/${plan.id}/registrations:cohort?validate_only=true`;
    const { registrations } = await office<{ registrations: { student_id: string }[] }>(path, cohort);
    const some = registrations.slice(0, 3);
    wishes.push(
      ...some.map((it) => ({ student_id: it.student_id, certificate_level_id: level, sitting_id: sitting.id })),
    );
    if (wishes.length >= 18) break;
  }
  await office(`/exam-plans/${plan.id}/registrations`, { registrations: wishes });
  return { sitting: sitting.id, plan: plan.id };
}

async function answer(person: Person, values: Record<string, string> = {}): Promise<void> {
  const dialog = person.page.getByRole("dialog");
  await dialog.waitFor();
  for (const [name, value] of Object.entries(values)) {
    const control = dialog.locator(`[name=${name}]`);
    if (await control.evaluate((it) => it.tagName === "SELECT")) await control.selectOption(value);
    else await control.fill(value);
  }
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "hidden" });
  await person.settled();
}

async function seat(college: Person, sitting: string, plan: string): Promise<void> {
  await college.open(`/exam-sittings/${sitting}?view=seats`);
  await college.button("排座").click();
  await answer(college);
  await college.page.locator(".seats .who").first().waitFor();
  await college.lookAround("seats-drawn");
  // Somebody withdraws: their seat is to be freed, and nobody else moves.
  const name = await college.page.locator(".seats .who").first().innerText();
  await college.open(`/exam-plans/${plan}`);
  await college.page.getByRole("region", { name: "报名" }).getByRole("link", { name }).click();
  await college.page.waitForURL(/\/registrations\/./);
  await college.settled();
  await college.page.locator(".page-deeds").getByRole("button", { name: "撤回" }).click();
  await answer(college, { reason: "因病不能参加" });
  await college.open(`/exam-sittings/${sitting}?view=seats`);
  await college.button("重新排座").click();
  await college.page.getByRole("dialog").getByText("移出 1 人").waitFor();
  await college.look("rearrange");
  await answer(college);
  await college.button("列表").click();
  await college.page.getByRole("columnheader", { name: "班级" }).waitFor();
  await college.lookAround("seats-table");
  await college.page.locator(".page-deeds").getByRole("button", { name: "打印" }).click();
  await answer(college);
  await college.button("下载全部（.zip）").waitFor();
  await college.look("papers");
  const [zip] = await Promise.all([college.page.waitForEvent("download"), college.button("下载全部（.zip）").click()]);
  expect(zip.suggestedFilename().endsWith(".zip"), "the bundle is a zip");
  const ticket = college.page.getByRole("button", { name: /的准考证$/ }).first();
  const [pdf] = await Promise.all([college.page.waitForEvent("download"), ticket.click()]);
  expect(pdf.suggestedFilename().endsWith(".pdf"), "a ticket is a PDF");
}

/** The network drops while two people come through the door; both are kept and sent later. */
async function atTheDoor(college: Person, sitting: string): Promise<{ first: string; second: string }> {
  await college.open(`/exam-sittings/${sitting}?view=check_in`);
  await college.button("取得名单").click();
  const rows = college.page.getByRole("region", { name: "本考场名单" }).locator("tbody tr");
  await rows.first().waitFor();
  await college.lookAround("check-in");
  const number = async (at: number): Promise<string> => (await rows.nth(at).locator("td").nth(2).innerText()).trim();
  const [first, second, third] = [await number(0), await number(1), await number(2)];
  const entry = college.page.locator("input[name=number]");
  await entry.fill(first);
  await entry.press("Enter");
  await college.look("found");
  await college.page.locator(".found").getByRole("button", { name: "到考" }).click();
  await college.page.getByText("待送出 0 条，本次已送达 1 条").waitFor();
  await college.page.context().setOffline(true);
  await entry.fill(second);
  await entry.press("Enter");
  await college.page.locator(".found").getByRole("button", { name: "到考" }).click();
  await college.page.getByText("网络中断：1 条记录存在本机").waitFor();
  await entry.fill(third);
  await entry.press("Enter");
  await college.page.locator(".found").getByRole("button", { name: "缺考" }).click();
  await college.page.getByText("网络中断：2 条记录存在本机").waitFor();
  await college.look("offline");
  await college.page.context().setOffline(false);
  await college.page.getByText("待送出 0 条，本次已送达 3 条").waitFor();
  return { first, second };
}

async function settle(office: Person, sitting: string, number: string): Promise<void> {
  await office.open(`/exam-sittings/${sitting}?view=check_in`);
  await office.button("取得名单").click();
  const entry = office.page.locator("input[name=number]");
  await entry.fill(number);
  await entry.press("Enter");
  await office.page.locator(".found").getByRole("button", { name: "缺考" }).click();
  await office.page.getByRole("region", { name: "需要核对的记录" }).waitFor();
  await office.look("contradicted");
  await office.button("到考情况").click();
  const row = office.page.getByRole("row", { name: new RegExp(number) });
  await row.getByText("待裁定").waitFor();
  await office.lookAround("attendance");
  await row.getByRole("button", { name: "裁定" }).click();
  await answer(office, { state: "present", reason: "监考核对证件，本人在场" });
  await row.getByText("到考").first().waitFor();
}

async function incident(college: Person, office: Person, sitting: string): Promise<void> {
  await college.open(`/exam-sittings/${sitting}?view=incidents`);
  await college.button("登记情况").click();
  const form = college.page.getByRole("form", { name: "登记情况" });
  await form.locator("select[name=category]").selectOption("illness");
  await form.getByText("保障性考试机会予以恢复").waitFor();
  await form.locator("select[name=registration_id]").selectOption({ index: 1 });
  await form.locator("textarea[name=note]").fill("开考前突发急病，由校医送诊。");
  await college.lookAround("report-incident");
  await form.locator("button[type=submit]").click();
  await college.page.getByRole("cell", { name: "待确认" }).waitFor();
  await college.page.getByRole("region", { name: "考场情况" }).getByRole("link").first().click();
  await college.page.getByText("须由登记人以外的另一人确认").waitFor();
  const path = new URL(college.page.url()).pathname;
  await office.open(path);
  await office.lookAround("incident");
  await office.page.locator(".page-deeds").getByRole("button", { name: "确认" }).click();
  await answer(office, { decision: "情况属实" });
  await office.page.locator("h1").getByText("已确认").waitFor();
}

await tell("exam-day", async (told) => {
  const { sitting, plan } = await ground();
  const college = await told.signedIn("demo.coordinator.accounting");
  const office = await told.signedIn("demo.registrar");
  await office.open(`/exam-sittings/${sitting}`);
  await office.lookAround("sitting");
  await seat(office, sitting, plan);
  const { first } = await atTheDoor(college, sitting);
  // The browser notes each request that found no network, which is what this story is about.
  const others = college.faults.filter((fault) => !fault.includes("net::ERR_"));
  college.faults.splice(0, college.faults.length, ...others);
  await settle(office, sitting, first);
  await incident(college, office, sitting);
});
