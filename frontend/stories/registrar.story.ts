import { tell } from "./harness.ts";

// The office at every list it has, in both sizes and both themes.
await tell("registrar", async (told) => {
  await told.lookAt("demo.registrar", {
    home: "/",
    students: "/students",
    programmes: "/programmes",
    imports: "/imports/new",
    certificates: "/certificates",
    mappings: "/mappings",
    "exam-plans": "/exam-plans",
    calendar: "/exam-plans?view=calendar",
    registrations: "/registrations",
    awards: "/awards",
    "credit-accounts": "/credit-accounts",
    conversions: "/conversions",
    reviews: "/reviews",
    people: "/people",
    fees: "/fee-standards",
    account: "/account",
  });
});
