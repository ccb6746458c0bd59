import { expect, tell } from "./harness.ts";

// What a student saw last can be read without a network, and is gone when they sign out.
await tell("student-offline", async (told) => {
  const student = await told.signedIn("demo.student.first", { size: "phone" });
  const { page } = student;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  for (const path of ["/m/awards", "/m"]) await student.open(path);
  const name = (await page.locator("h1").textContent()) ?? "";
  await page.context().setOffline(true);
  await page.reload();
  await student.settled();
  expect((await page.locator("h1").textContent()) === name, "the first screen is there without a network");
  await page.getByText("当前离线").waitFor();
  await student.look("offline-home");
  await page.getByRole("link", { name: "证书" }).last().click();
  await page.locator(".paper").first().waitFor();
  await student.look("offline-certificates");
  // The browser notes each request that found no network, which is what this story is about.
  const other = student.faults.filter((fault) => !fault.includes("net::ERR_"));
  student.faults.splice(0, student.faults.length, ...other);
  await page.context().setOffline(false);
  await student.open("/m/me");
  await student.button("退出登录").click();
  await page.waitForURL(/\/login/);
  const kept = await page.evaluate(async () => (await caches.keys()).includes("own"));
  expect(!kept, "nothing of the student's is left on the device");
});
