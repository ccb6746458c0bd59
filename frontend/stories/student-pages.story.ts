import { tell } from "./harness.ts";

// Every screen of the student space and of the public, in both sizes and both themes.
await tell("student-pages", async (told) => {
  const student = await told.signedIn("demo.student.first", { size: "phone" });
  await student.open("/m/exams");
  const path = async (start: string): Promise<string> =>
    (await student.page.locator(`a[href^="${start}"]`).first().getAttribute("href")) ?? start;
  const registration = await path("/m/exams/");
  const result = await path("/m/results/");
  await student.open("/m/awards");
  const award = await path("/m/awards/");
  await student.open("/m/credits");
  const explained =
    (await student.page.locator('.card-rows a[href^="/m/credits/"]').first().getAttribute("href")) ?? "/m/credits";
  await told.lookAt("demo.student.first", {
    home: "/m",
    exams: "/m/exams",
    registration,
    register: "/m/register",
    result,
    awards: "/m/awards",
    award,
    credits: "/m/credits",
    explained,
    statement: "/m/credits/statement",
    offset: "/m/credits/offset",
    progress: "/m/progress",
    inbox: "/m/inbox",
    me: "/m/me",
    password: "/m/password",
    sessions: "/m/sessions",
  });
});
