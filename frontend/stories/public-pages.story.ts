import { expect, tell } from "./harness.ts";

// What everybody may read, without signing in; the pages of a verification run no script at all.
await tell("public-pages", async (told) => {
  await told.lookAt(null, {
    certificates: "/public/certificates",
    mappings: "/public/mappings",
    "rules-on-notice": "/public/mapping-notices",
    notices: "/public/notices",
    "verify-typed": "/public/verify",
    "verify-form": "/v",
    "verify-unknown": "/v/4132099999-00000000000000000000000000000000",
  });
  const student = await told.signedIn("demo.student.first", { size: "phone" });
  await student.open("/m/awards");
  await student.page.locator('a[href^="/m/awards/"]').first().click();
  const link = student.page.getByRole("link", { name: "打开核验页" });
  const verification = (await link.getAttribute("href")) ?? "";
  await told.lookAt(null, { verify: verification, "verify-as-of": `${verification}?as_of=2020-01-01` });

  const anybody = await told.somebody({ size: "phone" });
  await anybody.open("/v");
  await anybody.page.locator("input[name=code]").fill(verification);
  await anybody.button("核验").click();
  await anybody.page.getByRole("heading", { name: "有效" }).waitFor();
  await anybody.open("/public/verify");
  await anybody.page.getByRole("textbox").fill(verification);
  await anybody.button("核验").click();
  await anybody.page.getByRole("heading", { name: "有效" }).waitFor();
  await anybody.open("/public/mappings");
  await anybody.page.getByRole("link", { name: "查看规则内容" }).first().click();
  await anybody.page.waitForURL(/\/public\/mappings\/./);
  await anybody.look("rule");
  await anybody.open("/public/certificates");
  await anybody.page.getByRole("searchbox").fill("智能财税");
  await anybody.page.waitForFunction(() => document.querySelectorAll(".catalogue > li").length <= 3);
  expect(await anybody.page.getByText("智能财税").first().isVisible(), "the catalogue is found by name");
});
