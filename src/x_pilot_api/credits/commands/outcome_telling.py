"""Telling students what became of their outcomes, and of credits that run out."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind

OUTCOME_DECIDED = MessageKind(
    "outcomes.decided",
    Both("学习成果办理结果", "An outcome was decided"),
    Both("学习成果：{state}", "Your outcome: {state}"),
    Both(
        "您提交的{kind}成果（{evidence}）现为 {state}，认定 {credit} 学分。",
        "The outcome {evidence} ({kind}) is {state}; it brought {credit} credits.",
    ),
    {"state": "recognised", "kind": "training", "evidence": "培字〔2026〕118号", "credit": "2.00"},
)
CREDITS_EXPIRING = MessageKind(
    "credits.expiring",
    Both("学分即将到期", "Credits run out soon"),
    Both("{credit} 学分将于 {expires_on} 到期", "{credit} credits run out on {expires_on}"),
    Both(
        "您账户中的 {credit} 学分自 {expires_on} 起失效，请在此之前使用。",
        "From {expires_on} on {credit} credits of your account are gone unless they are used before.",
    ),
    {"credit": "2.00", "expires_on": "2028-06-25"},
)
CREDITS_EXPIRED = MessageKind(
    "credits.expired",
    Both("学分已到期", "Credits ran out"),
    Both("{credit} 学分已到期失效", "{credit} credits ran out"),
    Both(
        "您账户中未使用的 {credit} 学分已按规定到期失效，明细见账户。",
        "{credit} credits that were not used ran out by policy; your account shows the entry.",
    ),
    {"credit": "2.00"},
)
messages.know(OUTCOME_DECIDED, CREDITS_EXPIRING, CREDITS_EXPIRED)

_CREDIT = "({} / 100.0)::numeric(12, 2)::text"

_DECIDED = f"""
SELECT reader.person_id, outcome.id AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('state', CASE WHEN outcome.flagged_at IS NOT NULL THEN 'flagged' ELSE outcome.state END,
        'kind', outcome.kind, 'credit', {_CREDIT.format("outcome.credit_hundredths")},
        'evidence', coalesce(outcome.document_number, course.code || ' ' || course.name)) AS figures
FROM staged_submissions AS staged
JOIN submitted_outcomes AS outcome ON outcome.institution_id = :institution_id AND outcome.id = staged.outcome_id
LEFT JOIN courses AS course ON course.institution_id = :institution_id AND course.id = outcome.course_id
{messages.to_student("outcome.student_id")}
ORDER BY reader.person_id
"""

_EXPIRING = f"""
SELECT reader.person_id, coalesce(notice.learning_outcome_id, notice.submitted_outcome_id) AS object_id,
    CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('credit', {_CREDIT.format("notice.credit_hundredths")}, 'expires_on', notice.expires_on)
        AS figures
FROM expiry_notices AS notice
{messages.to_student("notice.student_id")}
WHERE notice.institution_id = :institution_id AND notice.told_on = CAST(:today AS date)
    AND NOT EXISTS (SELECT FROM messages AS sent WHERE sent.institution_id = :institution_id
        AND sent.person_id = reader.person_id AND sent.kind = '{CREDITS_EXPIRING.code}'
        AND sent.object_id = coalesce(notice.learning_outcome_id, notice.submitted_outcome_id))
ORDER BY reader.person_id
"""

_EXPIRED = f"""
SELECT reader.person_id, coalesce(staged.learning_outcome_id, staged.submitted_outcome_id) AS object_id,
    CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('credit', {_CREDIT.format("staged.credit")}) AS figures
FROM staged_expiries AS staged
{messages.to_student("staged.student_id")}
ORDER BY reader.person_id
"""


async def tell_of_decision(session: AsyncSession, *, institution_id: UUID) -> None:
    """Tell of the staged outcomes what they are now."""
    await inbox.send(
        session, OUTCOME_DECIDED, institution_id=institution_id, object_kind="submitted_outcome", wishes=_DECIDED
    )


async def tell_of_expiry_to_come(session: AsyncSession, *, institution_id: UUID, today: date) -> None:
    """Tell of today's notices, each once."""
    await inbox.send(
        session,
        CREDITS_EXPIRING,
        institution_id=institution_id,
        object_kind="credit_expiry",
        wishes=_EXPIRING,
        values={"today": today},
    )


async def tell_of_expiry(session: AsyncSession, *, institution_id: UUID) -> None:
    """Tell of the staged credits that ran out."""
    await inbox.send(
        session, CREDITS_EXPIRED, institution_id=institution_id, object_kind="credit_expiry", wishes=_EXPIRED
    )
