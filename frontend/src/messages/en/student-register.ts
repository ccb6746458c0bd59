import type { Same } from "../words.ts";
import type zh from "../zh/student-register.ts";

const register: Same<typeof zh> = {
  register: {
    step: "Step {{at}} of {{of}}",
    organisation: "Organisation",
    title: "Register",
    none: "No exam takes registrations now",
    noneHint: "It shows here once one does; your college may also register you.",
    step1: "Choose an exam",
    step2: "Check the conditions",
    until: "until {{date}}",
    already: "Registered",
    may: "You can register",
    mayNot: "You cannot register yet",
    grounds: "Condition by condition",
    metCount: "Conditions that are met ({{count}})",
    met: "met",
    unmet: "not met",
    seats: "{{count}} seats left",
    waiting: "{{count}} waiting besides",
    noSeat: "No seat is free; you would wait in line",
    says: "The college decides; until registration closes you can withdraw.",
    submit: "Register",
    choose: "Choose another exam",
  },
};
export default register;
