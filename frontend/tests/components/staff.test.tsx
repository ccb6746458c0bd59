import { useQuery } from "@tanstack/react-query";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "antd";
import { HttpResponse, http } from "msw";
import { beforeAll, expect, test } from "vitest";
import { listColleges } from "@/api/staff/sdk.gen.ts";
import { Import } from "@/features/imports/Import.tsx";
import { ask, ifMatch } from "@/lib/http.ts";
import { Change } from "@/ui/staff/Change.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { List } from "@/ui/staff/List.tsx";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { REQUEST_ID, refusal, show, speak } from "../page.tsx";
import { server } from "../setup.ts";

beforeAll(() => speak("staff"));

/** Send something and throw what is refused, as the generated calls do. */
async function send(method: string): Promise<void> {
  const answer = await ask(new URL("/v1/thing", location.href), { method });
  if (!answer.ok) throw await answer.json();
}

const staff = (page: React.ReactNode, at?: string) => show(<App>{page}</App>, at);

test("a refusal stays in the dialog, beside its field and by its row, and nothing entered is lost", async () => {
  const user = userEvent.setup();
  const errors = [
    { pointer: "/name", row: null, column: null, code: "too_long", detail: "名称太长" },
    { pointer: null, row: 7, column: "学号", code: "unknown_student", detail: "第 7 行：没有这名学生" },
  ];
  server.use(http.post("*/v1/thing", () => refusal(422, "validation_failed", { errors })));
  staff(
    <Deeds
      allowed={["submit"]}
      deeds={{ submit: { run: () => send("POST"), fields: [{ name: "name", label: "名称" }] } }}
    />,
  );
  await user.click(await screen.findByRole("button"));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/名称/), "很长的名称");
  await user.click(within(dialog).getAllByRole("button").at(-1) as HTMLElement);
  expect(await within(dialog).findByText(REQUEST_ID)).toBeInTheDocument();
  expect(within(dialog).getByText(/第 7 行/)).toBeInTheDocument();
  const field = within(dialog).getByRole("textbox");
  expect(field).toHaveValue("很长的名称");
  expect(field).toHaveAttribute("aria-invalid", "true");
  expect(field).toHaveAccessibleDescription("名称太长");
});

test("only what the API allows and the page knows is offered, and its consequence is said before it is done", async () => {
  const user = userEvent.setup();
  let times = 0;
  server.use(http.post("*/v1/thing", () => (++times === 1 ? refusal(409, "not_now") : HttpResponse.json({}))));
  const run = () => send("POST");
  staff(
    <Deeds
      allowed={["approve", "of_a_newer_api"]}
      deeds={{ approve: { run, consequence: "批准后不能更改。" }, reject: { run } }}
    />,
  );
  expect(await screen.findAllByRole("button")).toHaveLength(1);
  await user.click(screen.getByRole("button"));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText("批准后不能更改。")).toBeInTheDocument();
  expect(times).toBe(0);
  const confirm = () => user.click(within(dialog).getAllByRole("button").at(-1) as HTMLElement);
  await confirm();
  expect(await within(dialog).findByText("not_now")).toBeInTheDocument();
  await confirm();
  await waitFor(() => expect(screen.queryByText("批准后不能更改。")).toBeNull());
  expect(times).toBe(2);
});

test("who was overtaken sees both versions before anything is overwritten", async () => {
  const user = userEvent.setup();
  server.use(http.put("*/v1/thing", () => refusal(412, "precondition_failed")));
  staff(
    <Change
      shown={{ name: "旧名" }}
      fields={(shown) => [{ name: "name", label: "名称", initial: shown.name }]}
      run={() => send("PUT")}
      read={async () => ({ name: "别人的名" })}
    />,
  );
  await user.click(await screen.findByRole("button"));
  const dialog = await screen.findByRole("dialog");
  await user.clear(within(dialog).getByRole("textbox"));
  await user.type(within(dialog).getByRole("textbox"), "我的名");
  await user.click(within(dialog).getAllByRole("button").at(-1) as HTMLElement);
  const versions = await within(dialog).findByText("别人的名");
  const row = versions.closest("section") as HTMLElement;
  expect(within(row).getByText("旧名")).toBeInTheDocument();
  expect(within(row).getByText("我的名")).toBeInTheDocument();
  expect(within(dialog).getByRole("textbox")).toHaveValue("我的名");
});

test("a form on its page overwrites only what its writer has seen", async () => {
  const user = userEvent.setup();
  const sent: string[] = [];
  const saved: string[] = [];
  const overtaken = { status: 412, code: "precondition_failed", title: "已被修改" };
  staff(
    <SavingForm
      change={{
        shown: { name: "旧名", tag: "1" },
        read: async () => ({ name: "别人的名", tag: "2" }),
        mine: (given) => ({ name: String(given.get("name")) }),
      }}
      save={async (over) => {
        sent.push(over?.tag ?? "");
        if (sent.length === 1) throw overtaken;
        return "done";
      }}
      onSaved={(it) => saved.push(it)}
    >
      <input name="name" aria-label="名称" defaultValue="旧名" />
    </SavingForm>,
  );
  const name = await screen.findByRole("textbox");
  await user.clear(name);
  await user.type(name, "我的名");
  await user.click(screen.getByRole("button"));
  const row = (await screen.findByText("别人的名")).closest("section") as HTMLElement;
  expect(within(row).getByText("我的名")).toBeInTheDocument();
  expect(name).toHaveValue("我的名");
  expect(saved).toEqual([]);
  await user.click(await screen.findByRole("button", { name: /以我的内容覆盖/ }));
  await waitFor(() => expect(saved).toEqual(["done"]));
  expect(sent).toEqual(["1", "2"]);
});

test("who sends once more after seeing both versions does it on the fresh copy", async () => {
  const user = userEvent.setup();
  const sent: string[] = [];
  server.use(
    http.put("*/v1/thing", ({ request }) => {
      sent.push(request.headers.get("if-match") ?? "");
      return sent.length === 1 ? refusal(412, "precondition_failed") : HttpResponse.json({});
    }),
  );
  const put = async (tag: string): Promise<void> => {
    const answer = await ask(new URL("/v1/thing", location.href), { method: "PUT", headers: { "if-match": tag } });
    if (!answer.ok) throw await answer.json();
  };
  staff(
    <Change
      shown={{ name: "旧名", tag: "1" }}
      fields={(shown) => [{ name: "name", label: "名称", initial: shown.name }]}
      run={(shown) => put(shown.tag)}
      read={async () => ({ name: "别人的名", tag: "2" })}
    />,
  );
  await user.click(await screen.findByRole("button"));
  const dialog = await screen.findByRole("dialog");
  const send = () => user.click(within(dialog).getAllByRole("button").at(-1) as HTMLElement);
  await send();
  expect(await within(dialog).findByText("别人的名")).toBeInTheDocument();
  expect(within(dialog).getByText(/再次提交/)).toBeInTheDocument();
  await send();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(sent).toEqual(["1", "2"]);
});

function Agreed({ read }: { read: () => { name: string; state: string; allowed: string[]; __etag: string } }) {
  const { data } = useQuery({ queryKey: ["thing"], queryFn: async () => read() });
  if (!data) return null;
  const run = async (): Promise<void> => {
    const answer = await ask(new URL("/v1/thing", location.href), { method: "POST", headers: ifMatch(data) });
    if (!answer.ok) throw await answer.json();
  };
  return <Deeds allowed={data.allowed} deeds={{ approve: { run, consequence: "批准。" } }} />;
}

test("a deed that was overtaken says what changed, and is done on what was read again", async () => {
  const user = userEvent.setup();
  const sent: string[] = [];
  let version = 1;
  server.use(
    http.post("*/v1/thing", ({ request }) => {
      sent.push(request.headers.get("if-match") ?? "");
      if (request.headers.get("if-match") === `"${version}"`) return HttpResponse.json({});
      return refusal(412, "precondition_failed");
    }),
  );
  staff(
    <Agreed
      read={() => ({ name: `第 ${version} 版`, state: "draft", allowed: ["approve"], __etag: `"${version}"` })}
    />,
  );
  await user.click(await screen.findByRole("button"));
  version = 2;
  const dialog = await screen.findByRole("dialog");
  const send = () => user.click(within(dialog).getAllByRole("button").at(-1) as HTMLElement);
  await send();
  expect(await within(dialog).findByText("第 2 版")).toBeInTheDocument();
  expect(within(dialog).getByText("第 1 版")).toBeInTheDocument();
  expect(within(dialog).getByText(/请核对后再次提交/)).toBeInTheDocument();
  await send();
  await waitFor(() => expect(screen.queryByText("批准。")).toBeNull());
  expect(sent).toEqual(['"1"', '"2"']);
});

test("a deed that is no longer allowed once it was read again cannot be sent", async () => {
  const user = userEvent.setup();
  let version = 1;
  server.use(http.post("*/v1/thing", () => refusal(412, "precondition_failed")));
  staff(
    <Agreed
      read={() => ({ name: "规则", state: "x", allowed: version === 1 ? ["approve"] : [], __etag: `"${version}"` })}
    />,
  );
  await user.click(await screen.findByRole("button"));
  version = 2;
  const dialog = await screen.findByRole("dialog");
  const last = () => within(dialog).getAllByRole("button").at(-1) as HTMLElement;
  await user.click(last());
  expect(await within(dialog).findByText(/此操作已不能进行/)).toBeInTheDocument();
  expect(last()).toBeDisabled();
});

test("a list's filters live in the address and in the question asked", async () => {
  const user = userEvent.setup();
  const asked: string[] = [];
  server.use(
    http.get("*/v1/colleges", ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams.get("text") ?? "");
      const items = searchParams.get("text") ? [] : [{ id: "1", name: "会计学院" }];
      return HttpResponse.json({ items, next_page_token: null });
    }),
  );
  const page = staff(
    <List
      name="test"
      label="学院"
      options={(query) => ({
        queryKey: ["colleges", query],
        queryFn: async () => (await listColleges({ query, throwOnError: true })).data,
      })}
      keyOf={(it) => it.id}
      filters={[{ name: "text", label: "名称" }]}
      columns={[{ key: "name", title: "学院", show: (it) => it.name }]}
      empty={{ title: "还没有学院", hint: "先导入。" }}
    />,
    "/colleges",
  );
  expect(await screen.findByText("会计学院")).toBeInTheDocument();
  const filter = screen.getByLabelText("名称");
  await user.type(filter, "不存在{enter}");
  expect(await screen.findByText("没有符合条件的记录")).toBeInTheDocument();
  expect(page.search()).toEqual({ text: "不存在" });
  expect(asked).toEqual(["", "不存在"]);
});

const IMPORT = {
  id: "i1",
  kind: "students",
  mode: "delta",
  state: "previewed",
  counts: { created: 3, blocked: 1 },
  errors: [{ row: 5, column: "学号", code: "duplicate_number", detail: "学号重复", pointer: null }],
  allowed_deeds: ["confirm"],
  digest: null,
  job_id: null,
  problem: null,
  error_file_url: null,
};

test("the faults of an import stay on the screen while the mended file is sent and refused", async () => {
  const user = userEvent.setup();
  server.use(
    http.get("*/v1/me", () => HttpResponse.json({ permissions: [], owes: [] })),
    http.get("*/v1/imports/i1", () => HttpResponse.json(IMPORT)),
    http.post("*/v1/imports", () => refusal(422, "table_unreadable")),
  );
  staff(<Import id="i1" />);
  expect(await screen.findByText("学号重复")).toBeInTheDocument();
  const mended = new File(["x"], "students.csv", { type: "text/csv" });
  await user.upload(screen.getByLabelText(/上传改好的文件/), mended);
  expect(await screen.findByText("table_unreadable")).toBeInTheDocument();
  expect(screen.getByText(REQUEST_ID)).toBeInTheDocument();
  expect(screen.getByText("学号重复")).toBeInTheDocument();
});

function Choices() {
  const [search, change] = useUrlState();
  return ["state", "year"].map((name) => (
    <select
      key={name}
      aria-label={name}
      value={search[name] ?? ""}
      onChange={(event) => change({ [name]: event.target.value })}
    >
      <option value="">—</option>
      <option value="1">1</option>
    </select>
  ));
}

test("what is chosen is shown before the address has it, and a second choice keeps the first", async () => {
  const { search } = staff(<Choices />);
  const [state, year] = [await screen.findByLabelText("state"), screen.getByLabelText("year")];
  fireEvent.change(state, { target: { value: "1" } });
  expect(state).toHaveValue("1");
  fireEvent.change(year, { target: { value: "1" } });
  expect(year).toHaveValue("1");
  await waitFor(() => expect(search()).toEqual({ state: "1", year: "1" }));
  expect(state).toHaveValue("1");
});
