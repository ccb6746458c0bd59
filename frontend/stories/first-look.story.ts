import { expect, tell } from "./harness.ts";

await tell("first-look", async (told) => {
  await told.lookAt(null, { login: "/login", "not-found": "/there-is-no-such-page" });
  const office = await told.signedIn("demo.registrar");
  await office.page.getByText("陈教务").first().waitFor();
  await office.page.reload();
  await office.settled();
  expect(!office.page.url().includes("/login"), "a reload keeps the session");
  await office.button("退出登录").click();
  await office.page.waitForURL(/\/login/);
});
