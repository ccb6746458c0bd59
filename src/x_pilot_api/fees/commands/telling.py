"""Putting deeds on fee standards on record, and telling those concerned."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.fees.models import FeeStandard
from x_pilot_api.fees.rules import STANDARD_KIND
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind

STANDARDS_SUSPENDED = MessageKind(
    "fee_standards.suspended",
    Both("考核费用标准被暂停", "Fee standards were suspended"),
    Both("考核费用标准因新的上限被暂停", "Fee standards were suspended by a new ceiling"),
    Both(
        "新登记的考核费用上限使 {standards} 个考核费用标准高于上限，已暂停；请重新提出标准。",
        "A new ceiling put {standards} fee standards above it; they are suspended, and new ones can be proposed.",
    ),
    {"standards": "3"},
)
messages.know(STANDARDS_SUSPENDED)

# The office and the colleges of the institution; the organisations hear by an event.
_CONCERNED = """
SELECT DISTINCT reader.person_id, CAST(:ceiling_id AS uuid) AS object_id,
    jsonb_build_object('standards', CAST(:standards AS text)) AS figures, CAST(NULL AS timestamptz) AS shown_from
FROM memberships AS reader JOIN people AS person ON person.id = reader.person_id AND person.disabled_at IS NULL
WHERE reader.institution_id = :institution_id AND reader.role IN ('registrar', 'coordinator')
"""


async def tell_of_suspension(session: AsyncSession, *, institution_id: UUID, ceiling_id: UUID, standards: int) -> None:
    """Tell the office and the colleges of an institution that fees of theirs were suspended."""
    await inbox.send(
        session,
        STANDARDS_SUSPENDED,
        institution_id=institution_id,
        object_kind="fee_ceiling",
        wishes=_CONCERNED,
        values={"ceiling_id": ceiling_id, "standards": str(standards)},
    )


async def record_standard(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    standard: FeeStandard,
    *,
    before: audit.State | None,
    after: audit.State,
    **detail: object,
) -> None:
    """Write a deed on one fee standard down, and announce it to the organisation."""
    await audit.record(
        session,
        actor,
        f"{deed}_fee_standard",
        institution_id=standard.institution_id,
        object_kind=STANDARD_KIND,
        object_id=standard.id,
        detail={"fee_fen": standard.fee_fen} | detail,
        before=before,
        after=after,
    )
    await outbox.announce(
        session,
        actor,
        institution_id=standard.institution_id,
        organisation_id=standard.organisation_id,
        kind=EventKind.FEE_STANDARD_CHANGED,
        object_kind=STANDARD_KIND,
        object_id=standard.id,
        data={
            "deed": deed,
            "certificate_level_id": standard.certificate_level_id,
            "exam_form": standard.exam_form,
            "fee_fen": standard.fee_fen,
            "state": standard.state,
            "effective_from": standard.effective_from,
            "effective_to": standard.effective_to,
        },
    )
