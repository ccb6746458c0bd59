import type { Same } from "../words.ts";
import type zh from "../zh/student-guarantee.ts";

const guarantee: Same<typeof zh> = {
  guarantee: {
    title: "Guaranteed attempt",
    says: "Every student of a pilot programme has one attempt that the college pays for; until it is used you are charged nothing.",
    absences: "{{count}} unexcused absences: the first warns, the second uses it up.",
    events: "What became of it",
  },
  guaranteeState: { available: "Available", reserved: "Reserved", used: "Used", forfeited: "Lost" },
  guaranteeDeed: {
    grant: "Granted",
    reserve: "Reserved with a registration",
    release: "Released",
    use: "Used by taking the exam",
    warn: "Warned after an absence",
    forfeit: "Lost after another absence",
    restore: "Restored",
    correct: "Corrected",
  },
};
export default guarantee;
