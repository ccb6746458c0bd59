import type { Same } from "../words.ts";
import type zh from "../zh/student-results.ts";

const results: Same<typeof zh> = {
  result: {
    title: "Result",
    how: "How it came about",
    component: "Part",
    score: "Score",
    weight: "Weight",
    full: "Out of",
    passMark: "Pass mark",
    published: "Published",
    revision: "Revision {{revision}}",
    setOff: "What it brought",
    award: "Certificate {{number}}",
    credit: "{{credit}} credits",
    nothing: "No certificate. You can register for the next exam.",
    object: "Object to the result",
    objectSays: "While results are on public notice you may object; the organisation reviews and answers in due time.",
    objectText: "What you object to",
    sent: "Sent",
    objections: "My objections",
    answerBy: "Answer due on",
    answer: "Answer",
    withdrawObjection: "Withdraw objection",
    withdrawObjectionSays: "The result then stays as it is.",
  },
  objectionState: {
    raised: "To be reviewed",
    reviewed: "Reviewed, to be decided",
    upheld: "The result stands",
    changed: "The result was corrected",
    withdrawn: "Withdrawn",
  },
};
export default results;
