"""What is said of submitted outcomes, in both languages: what they rest on, what they brought, what comes next."""

from collections.abc import Mapping

from x_pilot_api.core.languages import Both
from x_pilot_api.credits.models import SubmissionState

OUTCOME_GRADE = Both(
    "依据：课程 {course} 的成绩 {grade}（类别 {kind}）。",
    "It rests on the grade {grade} in the course {course} ({kind}).",
)
OUTCOME_DOCUMENT = Both(
    "依据：{issuer} {issued_on} 出具的 {number}（类别 {kind}）。",
    "It rests on {number}, issued by {issuer} on {issued_on} ({kind}).",
)
OUTCOME_LINE = Both(
    "认定办法第 {version} 版第 {line} 行（{document}）给予",
    "Line {line} of version {version} of the policy ({document})",
)
OUTCOME_CREDIT = Both("决定认定", "Recognised by decision")
OUTCOME_EXPIRED = Both("已到期失效", "Ran out by policy")
OUTCOME_REVERSED = Both("已冲回", "Taken back")
OUTCOME_EXPIRES = Both("未使用的学分自 {expires_on} 起失效。", "What is not used by {expires_on} runs out.")

OUTCOME_NEXT: Mapping[SubmissionState, Both] = {
    SubmissionState.SUBMITTED: Both("等待学院核验。", "It waits for the college to verify it."),
    SubmissionState.VERIFIED: Both("等待教务处认定。", "It waits for the office to recognise it."),
    SubmissionState.RECOGNISED: Both("学分已积累。", "Its credits are in the account."),
    SubmissionState.REFUSED: Both("未予认定：{reason}", "It was refused: {reason}"),
    SubmissionState.WITHDRAWN: Both("已撤回：{reason}", "It was withdrawn: {reason}"),
    SubmissionState.REVERSED: Both("已冲回：{reason}", "It was taken back: {reason}"),
}
OUTCOME_FLAGGED = Both(
    "所依据的成绩已更正（{reason}），等待教务处处理。",
    "The grade it rests on was revised ({reason}); it waits for the office.",
)
