/** A rule that is published after the certificates it counts for, by the deeds of its parties as the API takes them. */

import { expect } from "./harness.ts";

type Sheet = Record<string, unknown>;

async function tokenOf(username: string): Promise<string> {
  const form = { grant_type: "password", username, password: process.env.PASSWORD ?? "" };
  const body = new URLSearchParams(form);
  const answer = await fetch(`${process.env.BASE}/v1/auth/token`, { method: "POST", body });
  expect(answer.ok, `${username} signs in`);
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function ask(token: string, path: string, body?: Sheet): Promise<Sheet> {
  const answer = await fetch(`${process.env.BASE}${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.ok, `${path}: ${answer.status} ${answer.ok ? "" : await answer.text()}`);
  return (await answer.json()) as Sheet;
}

/** The demonstration has a rule for auditors of 2024 and later; those of 2023 hold the certificate without one. */
export async function publishLateRule(): Promise<void> {
  const [college, organisation, office] = await Promise.all(
    ["demo.coordinator.accounting", "demo.organisation", "demo.registrar"].map(tokenOf),
  );
  expect(college && organisation && office, "the parties sign in");
  const programmes = (await ask(office, "/v1/programmes?page_size=100")).items as Sheet[];
  const programme = programmes.find((it) => it.code === "530303");
  expect(programme, "there is a programme of auditors");
  const rules = (await ask(office, `/v1/mappings?programme_id=${programme.id}`)).items as Sheet[];
  if (rules.some((it) => it.entry_year_from === 2023)) return;
  const [known] = rules;
  expect(known, "the demonstration has a rule for auditors");
  const rule = await ask(college, "/v1/mappings", {
    programme_id: programme.id,
    certificate_level_id: known.certificate_level_id,
    direction: "certificate_to_course",
    entry_year_from: 2023,
    entry_year_to: 2023,
    courses: (known.courses as Sheet[]).map(({ course_id, credit, grade }) => ({ course_id, credit, grade })),
  });
  const path = `/v1/mappings/${rule.id}`;
  const agreed = { content_hash: rule.content_hash };
  await ask(college, `${path}:agree`, agreed);
  await ask(organisation, `${path}:agree`, agreed);
  await ask(office, `${path}:approve`, {});
  await ask(office, `${path}:file`, { filing_number: "演示备案〔2026〕99号", filed_on: "2026-07-01" });
  await ask(office, `${path}:publish`, { effective_from: "2025-10-01" });
}
