"""Telling students of credits that were posted to their accounts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind

CREDITS_POSTED = MessageKind(
    "credits.posted",
    Both("学分入账", "Credits were posted"),
    Both("{credit} 学分已存入您的学分账户", "{credit} credits were posted to your account"),
    Both(
        "凭{certificate}（{level} 级）证书认定的 {credit} 学分已入账，依据可在账户中查看。",
        "{credit} credits for {certificate}, level {level}, are in your account; it says by which rule.",
    ),
    {"credit": "3.00", "certificate": "智能财税", "level": "2"},
)
messages.know(CREDITS_POSTED)

_WISHES = """
SELECT reader.person_id, outcome.{id} AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('credit', (outcome.{credit} / 100.0)::numeric(12, 2)::text,
        'certificate', certificate.name, 'level', level.level) AS figures
FROM {outcomes} AS outcome
{to_student}
JOIN certificate_levels AS level ON level.id = outcome.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE outcome.reason = 'deposited' AND outcome.{credit} > 0 {of}
ORDER BY reader.person_id
"""

_DECIDED = _WISHES.format(
    id="outcome_id",
    credit="credit",
    outcomes="staged_outcomes",
    to_student=messages.to_student("outcome.student_id"),
    of="",
)
_DUE = _WISHES.format(
    id="id",
    credit="credit_hundredths",
    outcomes="learning_outcomes",
    to_student=messages.to_student("outcome.student_id"),
    of="AND outcome.institution_id = :institution_id AND outcome.id = ANY(CAST(:outcome_ids AS uuid[]))",
)


async def tell_of_decided(session: AsyncSession, *, institution_id: UUID) -> None:
    """Tell of the staged outcomes whose credits were posted at once."""
    await inbox.send(
        session, CREDITS_POSTED, institution_id=institution_id, object_kind="learning_outcome", wishes=_DECIDED
    )


async def tell_of_due(session: AsyncSession, *, institution_id: UUID, outcome_ids: Sequence[UUID]) -> None:
    """Tell of deposits that waited for the end of an objection window."""
    await inbox.send(
        session,
        CREDITS_POSTED,
        institution_id=institution_id,
        object_kind="learning_outcome",
        wishes=_DUE,
        values={"outcome_ids": list(outcome_ids)},
    )
