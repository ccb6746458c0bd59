import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { MappingNotices } from "@/features/public/MappingNotices.tsx";
import { Verify } from "@/features/public/Verify.tsx";
import { Offset } from "@/features/student_space/credits/Offset.tsx";
import { Registration } from "@/features/student_space/exams/Registration.tsx";
import { keep } from "@/lib/theme.ts";
import { REQUEST_ID, refusal, show, speak } from "../page.tsx";
import { server } from "../setup.ts";

beforeAll(() => speak("student", "student-convert", "student-exams", "public"));

const OWN = {
  id: "r1",
  exam_name: "冬季考核",
  certificate_level_id: "l1",
  certificate_name: "智能财税",
  level: "2",
  state: "locked",
  admission_number: "20260001",
  registration_closes_on: "2026-12-01",
  exam_on: "2026-12-20",
  offered_until: null,
  reason: null,
  has_ticket: true,
  sitting: {
    starts_at: "2026-12-20T01:00:00Z",
    ends_at: "2026-12-20T03:30:00Z",
    site_name: "实训中心",
    address: "枚乘东路 8 号",
    room: "机房三（B203）",
    seat: 12,
  },
  allowed_deeds: [],
};
const CHARGE = {
  payer: "student",
  state: "open",
  is_guaranteed: false,
  amount_fen: 30000,
  waived_fen: 10000,
  subsidised_fen: 0,
  paid_fen: 0,
  refunded_fen: 0,
  open_fen: 20000,
};

const list = (...items: object[]) => HttpResponse.json({ items, submitted: [], next_page_token: null });

beforeEach(() => {
  server.use(
    http.get("*/v1/me/registrations", () => list(OWN)),
    http.get("*/v1/me/results", () => list()),
    http.get("*/v1/me/awards", () => list()),
    http.get("*/v1/me/learning-outcomes", () => list()),
    http.get("*/v1/charges", () => list(CHARGE)),
  );
});

test("a registration tells time, place and seat in Shanghai's time, and what is due", async () => {
  show(<Registration registrationId="r1" />);
  expect(await screen.findByText("2026-12-20 09:00 – 11:30")).toBeVisible();
  expect(screen.getByText("机房三（B203）")).toBeVisible();
  expect(screen.getByText("12")).toBeVisible();
  expect(await screen.findByText("¥200.00")).toBeVisible();
});

test("a ticket that cannot be had says why, with the request's id; one that can is opened from the device", async () => {
  const user = userEvent.setup();
  let isReady = false;
  server.use(
    http.get("*/v1/me/registrations/r1/ticket", () =>
      isReady
        ? new HttpResponse("%PDF-", { headers: { "content-type": "application/pdf" } })
        : refusal(409, "ticket_not_ready"),
    ),
  );
  vi.stubGlobal("open", () => null);
  URL.createObjectURL = () => "blob:ticket";
  URL.revokeObjectURL = () => undefined;
  show(<Registration registrationId="r1" />);
  await user.click(await screen.findByRole("button", { name: "打开准考证（PDF）" }));
  expect(await screen.findByText("ticket_not_ready")).toBeVisible();
  expect(screen.getByText(REQUEST_ID)).toBeVisible();
  isReady = true;
  await user.click(screen.getByRole("button", { name: "打开准考证（PDF）" }));
  expect(await screen.findByRole("link", { name: "打开准考证" })).toHaveAttribute("href", "blob:ticket");
  expect(screen.queryByText("ticket_not_ready")).toBeNull();
});

test("a code is typed where nothing scans, and taken out of a whole address", async () => {
  const user = userEvent.setup();
  const found: string[] = [];
  show(<Verify onCode={(code) => found.push(code)} />);
  expect(await screen.findByText(/这个浏览器不能扫描/)).toBeVisible();
  await user.type(screen.getByRole("textbox"), "https://x.example/v/4132-abc?lang=zh");
  await user.click(screen.getByRole("button", { name: "核验" }));
  expect(found).toEqual(["4132-abc"]);
});

test("a scanned code leads on, and the camera is off afterwards", async () => {
  const user = userEvent.setup();
  const found: string[] = [];
  const stop = vi.fn();
  const reads = [[], [{ rawValue: "https://x.example/v/4132-def" }]];
  vi.stubGlobal(
    "BarcodeDetector",
    class {
      detect = async () => reads.shift() ?? [];
    },
  );
  const getUserMedia = async () => ({ getTracks: () => [{ stop }] });
  Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia }, configurable: true });
  HTMLMediaElement.prototype.play = async () => undefined;
  show(<Verify onCode={(code) => found.push(code)} />);
  await user.click(await screen.findByRole("button", { name: "扫描二维码" }));
  await waitFor(() => expect(found).toEqual(["4132-def"]));
  expect(stop).toHaveBeenCalledOnce();
  vi.unstubAllGlobals();
});

const COURSE = { code: "K1", least_grade: null, parts: [], refusal: null, says: null };

test("only courses that may offset can be chosen, and a refused request is sent again under its key", async () => {
  const user = userEvent.setup();
  const sent: { key: string | null; body: unknown }[] = [];
  const courses = [
    { ...COURSE, course_id: "c1", name: "会计基础", grade: "良好" },
    {
      ...COURSE,
      course_id: "c2",
      name: "经济法",
      grade: null,
      refusal: "course_not_passed",
      says: { "zh-CN": "这门课程尚未通过", en: "not passed" },
    },
  ];
  const option = { mapping_id: "m1", certificate_level_id: "l1", certificate_name: "智能财税", level: "2", courses };
  server.use(
    http.get("*/v1/me/offset-options", () => list(option)),
    http.post("*/v1/me/offsets", async ({ request }) => {
      sent.push({ key: request.headers.get("idempotency-key"), body: await request.json() });
      return sent.length === 1 ? refusal(409, "busy") : HttpResponse.json({ conversion_ids: ["v1"] }, { status: 201 });
    }),
  );
  const page = show(<Offset />);
  expect(await screen.findByLabelText(/经济法/)).toBeDisabled();
  expect(screen.getByText("这门课程尚未通过")).toBeVisible();
  const submit = screen.getByRole("button", { name: "申请抵免" });
  expect(submit).toBeDisabled();
  await user.click(screen.getByLabelText(/会计基础/));
  await user.click(submit);
  expect(await screen.findByText("busy")).toBeVisible();
  await user.click(submit);
  await waitFor(() => expect(page.path()).toBe("/m/conversions/v1"));
  expect(sent[0]?.body).toEqual({ wishes: [{ mapping_id: "m1", course_ids: ["c1"] }] });
  expect(sent[1]).toEqual(sent[0]);
});

const RULE = {
  id: "m1",
  institution_id: "i1",
  institution: "演示学院",
  organisation: "演示组织",
  programme: "大数据与会计",
  certificate: "智能财税",
  level: "2",
  direction: "certificate_to_course",
  entry_year_from: 2025,
  entry_year_to: 2025,
  state: "filed",
  version: 1,
  credit: "4.00",
  courses: [],
  offsets: [],
  grades: [],
  notice: { id: "n1", starts_on: "2026-11-20", ends_on: "2026-12-01" },
};

test("people object to what their own institution has on notice, and to nothing else", async () => {
  keep("refresh", "r");
  const tokens = { access_token: "a", refresh_token: "r2", token_type: "Bearer", expires_in: 600, scope: "" };
  const me = { institution_id: "i1", permissions: ["mapping_objections:raise"], owes: [] };
  server.use(
    http.post("*/v1/auth/token", () => HttpResponse.json(tokens)),
    http.get("*/v1/public/mapping-notices", () => list({ ...RULE, id: "m2", institution_id: "i2" }, RULE)),
    http.get("*/v1/me", () => HttpResponse.json(me)),
    http.get("*/v1/mapping-notices/n1/objections", () => list()),
  );
  show(<MappingNotices />);
  expect(await screen.findByText("提出异议")).toBeVisible();
  expect(screen.getAllByText(/公示期 2026-11-20/)).toHaveLength(2);
});
