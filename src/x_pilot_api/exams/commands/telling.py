"""Telling students what a push brought them; what they may not see yet, nobody tells them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, db
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
CORRECTION_DONE = MessageKind(
    "correction.done",
    Both("更正案件已办结", "A correction was carried out"),
    Both("与您有关的更正 {case_number} 已办结", "Correction {case_number}, which concerns you, was carried out"),
    Both(
        "{certificate}（{level} 级）的更正 {case_number} 已办结，成绩、证书、学分和课程成绩的变动见案件经过。",
        "Correction {case_number} of {certificate}, level {level}, is done; its case says what became of result,"
        " certificate, credits and course grade.",
    ),
    {"case_number": "C-2026-000123", "certificate": "智能财税", "level": "2"},
)
SEAT_OFFERED = MessageKind(
    "seat.offered",
    Both("候补座位", "A seat is offered"),
    Both("有一个考位留给您", "A seat is kept for you"),
    Both(
        "“{plan}”中{certificate}（{level} 级）有考位留给您，请在 {until} 前接受或放弃。",
        "A seat for {certificate}, level {level}, in “{plan}” is kept for you until {until}; take it or decline it.",
    ),
    _EXAMPLE | {"until": "2026-05-12 09:00"},
)
SEAT_LOST = MessageKind(
    "seat.lost",
    Both("场次取消", "A sitting is not held"),
    Both("您的考核场次已取消", "Your sitting is not held"),
    Both(
        "“{plan}”中{certificate}（{level} 级）您所在的场次已取消，报名保留，有空余考位时将为您安排其他场次。",
        "Your sitting for {certificate}, level {level}, in “{plan}” is not held; your registration stays and waits for"
        " a seat in another.",
    ),
    _EXAMPLE,
)
SEAT_MOVED = MessageKind(
    "seat.moved",
    Both("场次或座位安排", "A sitting or seat was set anew"),
    Both("您的场次、考场或座位有新安排", "Your sitting, room or seat was set anew"),
    Both(
        "“{plan}”中{certificate}（{level} 级）您的场次、考场或座位有新安排，请查看报名；已有准考证的请重新下载。",
        "Your sitting, room or seat for {certificate}, level {level}, in “{plan}” was set anew; look at your"
        " registration, and download the ticket again if you have one.",
    ),
    _EXAMPLE,
)
PLAN_CANCELLED = MessageKind(
    "plan.cancelled",
    Both("考核取消", "An exam is not held"),
    Both("您报名的考核已取消", "The exam you registered for is not held"),
    Both(
        "“{plan}”已取消，您的{certificate}（{level} 级）考核不再举行；保障次数已恢复，已收费用将退还。原因：{reason}",
        "“{plan}” is cancelled, and with it your exam for {certificate}, level {level}; a guaranteed attempt it had"
        " reserved is yours again, and what you paid is given back. Reason: {reason}",
    ),
    _EXAMPLE | {"reason": "人数不足"},
)
messages.know(
    RESULT_RECEIVED,
    RESULT_CHANGED,
    AWARD_ISSUED,
    AWARD_REVOKED,
    CORRECTION_DONE,
    SEAT_OFFERED,
    SEAT_LOST,
    SEAT_MOVED,
    PLAN_CANCELLED,
)

# Of a result that students may not see yet, its correction says too much.
_CORRECTED = """
SELECT reader.person_id, correction.id AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object(
        'case_number', correction.number, 'certificate', certificate.name, 'level', level.level) AS figures
FROM correction_cases AS correction
{to_student}
LEFT JOIN registrations AS registration ON registration.institution_id = correction.institution_id
    AND registration.id = correction.registration_id
LEFT JOIN awards AS award ON award.institution_id = correction.institution_id AND award.id = correction.award_id
JOIN certificate_levels AS level
    ON level.id = coalesce(registration.certificate_level_id, award.certificate_level_id)
JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE correction.institution_id = :institution_id AND correction.id = ANY(CAST(:case_ids AS uuid[]))
    AND NOT EXISTS (
        SELECT FROM result_visibilities AS visibility WHERE visibility.institution_id = :institution_id
            AND visibility.exam_plan_id = registration.exam_plan_id AND visibility.student_from > :now)
ORDER BY reader.person_id
""".replace("{to_student}", messages.to_student("correction.student_id"))

_REGISTERED = f"""
SELECT reader.person_id, registration.id AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_strip_nulls(jsonb_build_object('certificate', certificate.name, 'level', level.level, 'plan', plan.name,
        'until', to_char(registration.offered_until AT TIME ZONE CAST(:timezone AS text), 'YYYY-MM-DD HH24:MI'),
        'reason', plan.cancellation_reason)) AS figures
FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
{messages.to_student("candidate.student_id")}
JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id AND plan.id = registration.exam_plan_id
JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE registration.institution_id = :institution_id AND {{which}}
ORDER BY reader.person_id
"""
_THESE = "registration.id = ANY(CAST(:registration_ids AS uuid[]))"
_WHO_STILL_COUNTED_ON_IT = "plan.id = :plan_id AND registration.state NOT IN ('refused', 'withdrawn')"


async def tell_of_cases(session: AsyncSession, *, institution_id: UUID, case_ids: Sequence[UUID]) -> None:
    """Tell the students whom cases of correction concern that they were carried out."""
    await inbox.send(
        session,
        CORRECTION_DONE,
        institution_id=institution_id,
        object_kind="correction_case",
        wishes=_CORRECTED,
        values={"case_ids": list(case_ids), "now": clock.now()},
    )


async def tell_of_seats(
    session: AsyncSession, kind: MessageKind, *, institution_id: UUID, registration_ids: Sequence[UUID]
) -> None:
    """Tell students what became of their seats."""
    if registration_ids:
        await inbox.send(
            session,
            kind,
            institution_id=institution_id,
            object_kind="registration",
            wishes=_REGISTERED.format(which=_THESE),
            values={"registration_ids": list(registration_ids), "timezone": db.timezone_of(session)},
        )


async def tell_of_cancellation(session: AsyncSession, *, plan: ExamPlan) -> None:
    """Tell the students who are registered in a plan, or wait for it, that it is not held."""
    await inbox.send(
        session,
        PLAN_CANCELLED,
        institution_id=plan.institution_id,
        object_kind="registration",
        wishes=_REGISTERED.format(which=_WHO_STILL_COUNTED_ON_IT),
        values={"plan_id": plan.id, "timezone": db.timezone_of(session)},
    )


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
