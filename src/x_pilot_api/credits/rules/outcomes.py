"""What may be done with a submitted outcome, and why one item of a list of them is refused."""

from collections.abc import Mapping
from types import MappingProxyType

from x_pilot_api.core import errors
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.credits.models import SubmissionState, SubmittedOutcome
from x_pilot_api.identity.permissions import Permission

SUBMISSION_KIND = "submitted_outcome"
SUBMISSIONS_KIND = "submitted_outcomes"
RECOGNITION_POLICY_KIND = "recognition_policy"

_S = SubmissionState
_P = Permission

OPEN_SUBMISSIONS = frozenset({_S.SUBMITTED, _S.VERIFIED})

SUBMISSION = Workflow(
    name="submitted outcome",
    initial=_S.SUBMITTED,
    deeds={
        "verify": Deed(frozenset({_S.SUBMITTED}), _S.VERIFIED, _P.OUTCOMES_VERIFY),
        "recognise": Deed(frozenset({_S.VERIFIED}), _S.RECOGNISED, _P.OUTCOMES_RECOGNISE),
        "refuse": Deed(OPEN_SUBMISSIONS, _S.REFUSED, _P.OUTCOMES_REFUSE),
        "withdraw": Deed(OPEN_SUBMISSIONS, _S.WITHDRAWN, _P.OUTCOMES_WITHDRAW),
        "keep": Deed(frozenset({_S.RECOGNISED}), _S.RECOGNISED, _P.OUTCOMES_SETTLE),
        "reverse": Deed(frozenset({_S.RECOGNISED}), _S.REVERSED, _P.OUTCOMES_SETTLE),
    },
)


def deeds_on_submission(actor: Actor, outcome: SubmittedOutcome, *, is_of_college: bool) -> list[str]:
    """List what an actor may do with a submitted outcome next; `is_of_college`: they act for the student's college."""
    if actor.institution_id != outcome.institution_id:
        return []
    closed: set[str] = set()
    if not is_of_college:
        closed.add("verify")
    if actor.student_id != outcome.student_id and actor.id != outcome.submitted_by:
        closed.add("withdraw")
    if actor.id == outcome.verified_by:
        closed.add("recognise")
    if outcome.flagged_at is None:
        closed.add("keep")
    return [deed for deed in SUBMISSION.allowed_deeds(actor, state=outcome.state) if deed not in closed]


_OF = Both("学习成果名单中的一项", "One item of a list of outcomes")
_ID = "0197a1c2-0000-7000-8000-000000000011"


def _item(code: str, says: Both, fix: Both, **example: object) -> ItemCode:
    return ItemCode(code, _OF, says, fix, MappingProxyType(example))


OUTCOME_REFUSALS: Mapping[str, ItemCode] = {
    item.code: item
    for item in (
        _item(
            "outcome_student_unknown",
            Both("没有这名学生，或不由您提交。", "There is no such student, or it is not yours to submit for them."),
            Both("核对学生编号；二级学院只为本学院学生提交。", "Check the student; a college submits for its own."),
        ),
        _item(
            "outcome_kind_unknown",
            Both(
                "认定办法第 {version} 版没有名为 {kind} 的成果类别。",
                "Version {version} of the recognition policy knows no outcome of the kind {kind}.",
            ),
            Both("选择认定办法所列的类别，或由教务处发布新版。", "Choose a kind of the policy, or let one be loaded."),
            kind="training", version=1,
        ),
        _item(
            "outcome_evidence_wrong",
            Both("{kind} 类成果不以 {evidence} 为依据。", "The kind {kind} does not rest on a {evidence}."),
            Both("按认定办法提交成绩或文件。", "Submit what the policy asks for: a grade or a document."),
            kind="training", evidence="grade",
        ),
        _item(
            "outcome_grade_unknown",
            Both("该学生没有这条成绩。", "The student has no such grade."),
            Both("核对成绩编号。", "Check the grade's id."),
        ),
        _item(
            "outcome_grade_not_counting",
            Both("该成绩不合格、已作废或已被更正。", "The grade is not passed, is void, or was corrected since."),
            Both("以最新的合格成绩提交。", "Submit the latest grade, if it is passed."),
        ),
        _item(
            "outcome_grade_derived",
            Both("该成绩来自 {source}，不是独立的学习成果。", "It comes of a {source}, and is no outcome of its own."),
            Both("提交它所依据的成果，而不是它本身。", "What it comes of is the outcome, not the grade."),
            source="joint_exam",
        ),
        _item(
            "outcome_is_award",
            Both("证书 {number} 已作为证书认定。", "The certificate {number} is recognised as such already."),
            Both("证书的学分随证书认定，不必另行提交。", "A certificate brings its credits by itself; submit others."),
            number="ZY2026000001",
        ),
        _item(
            "outcome_submitted_already",
            Both("该课程或文件已提交过（{outcome}）。", "The course or document was submitted before ({outcome})."),
            Both("查看已提交的成果；同一课程或文件只认定一次。", "See what was submitted; it is recognised once."),
            outcome=_ID,
        ),
        _item(
            "submission_unknown",
            Both("没有这项提交的成果，或不由您办理。", "There is no such outcome, or it is not yours to decide."),
            Both("核对成果编号。", "Check the outcome's id."),
        ),
        _item(
            "submission_not_due",
            Both("该成果处于 {state}，不能执行 {deed}。", "The outcome is {state}; {deed} is not for it."),
            Both("重新读取，从 allowed_deeds 中选择。", "Read it again and choose from its allowed_deeds."),
            state="submitted", deed="recognise",
        ),
        _item(
            "outcome_needs_another",
            Both("核验与认定须由不同的人办理。", "Who verified the outcome cannot recognise it."),
            Both("由另一位教务人员认定。", "Let somebody else of the office recognise it."),
        ),
        _item(
            "outcome_meets_no_line",
            Both(
                "该成果不符合认定办法第 {version} 版任何一行的条件。",
                "The outcome meets no line of version {version} of the recognition policy.",
            ),
            Both("核对条件；不符合的予以拒绝并写明理由。", "Check the conditions; refuse what does not meet them."),
            version=1,
        ),
        _item(
            "outcome_credit_above_line",
            Both(
                "决定认定 {credits} 学分，认定办法为 {line_credit}。",
                "{credits} are to be recognised; the policy gives {line_credit}.",
            ),
            Both("不超过认定办法的学分。", "Recognise no more than the policy gives."),
            credits=400, line_credit=200,
        ),
        _item(
            "outcome_limit_exceeded",
            Both(
                "{kind} 合计 {credits} 学分，上限 {limit}（认定办法第 {version} 版，依据：{document_number}）。",
                "{kind}: {credits} in all, the limit is {limit} (policy version {version}, basis: {document_number}).",
            ),
            Both("在决定中写明不超过余额的学分，或予以拒绝。", "Decide fewer credits, or refuse it."),
            kind="training", credits=900, limit=800, version=1, document_number="教〔2026〕30号",
        ),
        _item(
            "outcome_not_flagged",
            Both("该成果没有待处理的标记。", "The outcome is not flagged."),
            Both("重新读取；只保留有标记的成果。", "Read it again; keep what is flagged."),
        ),
    )
}  # fmt: skip
errors.know_items(*OUTCOME_REFUSALS.values())
