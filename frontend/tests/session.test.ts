import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import { signIn, signOut, startSession } from "@/auth/session.ts";
import { ask, ifMatch } from "@/lib/http.ts";
import { kept } from "@/lib/theme.ts";
import { server } from "./setup.ts";

const tokens = (name: string) => ({
  access_token: `access-${name}`,
  token_type: "Bearer",
  expires_in: 600,
  scope: "",
  refresh_token: `refresh-${name}`,
});

beforeEach(async () => {
  startSession();
  server.use(
    http.post("*/v1/auth/token", async ({ request }) => {
      const form = new URLSearchParams(await request.text());
      return HttpResponse.json(tokens(form.get("grant_type") === "password" ? "1" : "2"));
    }),
    http.post("*/v1/auth/sign-out", () => new HttpResponse(null, { status: 204 })),
  );
  await signIn({ username: "a", password: "b" });
});

test("an access token that the service refuses is renewed once, and the request is sent again", async () => {
  const seen: (string | null)[] = [];
  server.use(
    http.get("*/v1/thing", ({ request }) => {
      seen.push(request.headers.get("authorization"));
      return seen.length === 1 ? new HttpResponse(null, { status: 401 }) : HttpResponse.json({ id: "1" });
    }),
  );
  const answer = await ask(new URL("/v1/thing", location.href));
  expect(answer.status).toBe(200);
  expect(seen).toEqual(["Bearer access-1", "Bearer access-2"]);
  expect(kept("refresh")).toBe("refresh-2");
});

test("the access token is kept nowhere", () => {
  expect(JSON.stringify(localStorage)).not.toContain("access-");
  expect(JSON.stringify(sessionStorage)).not.toContain("access-");
});

test("whoever signs out leaves no refresh token behind", async () => {
  await signOut();
  expect(kept("refresh")).toBeNull();
});

test("the ETag of what was read is what a change is checked against", async () => {
  server.use(http.get("*/v1/thing", () => HttpResponse.json({ id: "1" }, { headers: { etag: '"7"' } })));
  const thing: object = await (await ask(new URL("/v1/thing", location.href))).json();
  expect(ifMatch(thing)).toEqual({ "if-match": '"7"' });
  expect(ifMatch({})).toEqual({ "if-match": "" });
});
