"""Telling students what a push brought them; what they may not see yet, nobody tells them."""

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock
from x_pilot_api.core.languages import Both
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind

_EXAMPLE = {"certificate": "智能财税", "level": "2", "plan": "2026 年上半年考核"}

RESULT_RECEIVED = MessageKind(
    "result.received",
    Both("收到考核成绩", "A result has come"),
    Both("您的考核成绩已公布", "Your result is there"),
    Both(
        "“{plan}”中{certificate}（{level} 级）的成绩已可查看。",
        "Your result for {certificate}, level {level}, in “{plan}” can be seen now.",
    ),
    _EXAMPLE,
)
RESULT_CHANGED = MessageKind(
    "result.changed",
    Both("考核成绩有变动", "A result was changed"),
    Both("您的考核成绩有更新", "Your result was changed"),
    Both(
        "“{plan}”中{certificate}（{level} 级）的成绩有更新，请查看最新结果。",
        "There is a newer result for {certificate}, level {level}, in “{plan}”.",
    ),
    _EXAMPLE,
)
AWARD_ISSUED = MessageKind(
    "award.issued",
    Both("获得证书", "A certificate was issued"),
    Both("您获得了一份证书", "A certificate was issued to you"),
    Both(
        "{certificate}（{level} 级）证书已颁发，可出示验证码供他人核验。",
        "{certificate}, level {level}, was issued to you; its code lets others verify it.",
    ),
    _EXAMPLE,
)
AWARD_REVOKED = MessageKind(
    "award.revoked",
    Both("证书被撤销", "A certificate was revoked"),
    Both("您的一份证书已被撤销", "A certificate of yours was revoked"),
    Both(
        "{certificate}（{level} 级）证书因成绩更正被撤销，原因见证书详情。",
        "{certificate}, level {level}, was revoked after its result was corrected; the certificate says why.",
    ),
    _EXAMPLE,
)
messages.know(RESULT_RECEIVED, RESULT_CHANGED, AWARD_ISSUED, AWARD_REVOKED)

_WISHES = """
SELECT reader.person_id, staged.{object_id} AS object_id,
    CASE WHEN '{object_kind}' = 'registration' THEN (
        SELECT visibility.student_from FROM result_visibilities AS visibility
        WHERE visibility.institution_id = :institution_id AND visibility.exam_plan_id = :exam_plan_id
            AND visibility.student_from > :now) END AS shown_from,
    jsonb_build_object('certificate', certificate.name, 'level', level.level, 'plan', CAST(:plan AS text)) AS figures
FROM staged_results AS staged
{to_student}
JOIN certificate_levels AS level ON level.id = staged.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE {of} ORDER BY reader.person_id
"""

# A doubtful result is new to its student once a second person has released it.
_IS_NEWS = """(staged.is_new OR (staged.is_released AND EXISTS (
    SELECT FROM results AS released WHERE released.institution_id = :institution_id
        AND released.id = staged.result_id AND released.quarantine_code IS NOT NULL)))"""

# A provisional result is only stored, and a doubtful one waits for a second person.
_TOLD: tuple[tuple[MessageKind, str, str, str], ...] = (
    (
        RESULT_RECEIVED, "registration", "registration_id",
        f"{_IS_NEWS} AND staged.outcome = 'accepted' AND staged.grading <> 'provisional'",
    ),
    (
        RESULT_CHANGED, "registration", "registration_id",
        f"{_IS_NEWS} AND staged.outcome = 'corrected' AND staged.grading <> 'provisional'",
    ),
    (AWARD_REVOKED, "award", "revokes_award_id", "staged.revokes_award_id IS NOT NULL"),
    (AWARD_ISSUED, "award", "award_id", "staged.issues"),
)  # fmt: skip


async def tell_students(session: AsyncSession, *, plan: ExamPlan) -> None:
    """Tell the students among the staged rows of results that came or changed, and of certificates won and lost."""
    values = {"plan": plan.name, "exam_plan_id": plan.id, "now": clock.now()}
    for kind, object_kind, object_id, of in _TOLD:
        wishes = _WISHES.format(
            object_id=object_id,
            object_kind=object_kind,
            of=of,
            to_student=messages.to_student("staged.student_id"),
        )
        await inbox.send(
            session,
            kind,
            institution_id=plan.institution_id,
            object_kind=object_kind,
            wishes=wishes,
            values=values,
        )
