"""Where submitted outcomes are staged while a deed on them is decided, and what is written down of the deed."""

from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, languages, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import Told
from x_pilot_api.core.errors import Fault
from x_pilot_api.credits import rules
from x_pilot_api.credits.commands import outcome_telling
from x_pilot_api.credits.errors import OutcomesRefused

STAGED: Table = staging.staging_table(
    "staged_submissions",
    Column("place", Integer),
    Column("outcome_id", Uuid),
    Column("student_id", Uuid),
    Column("kind", Text),
    Column("evidence", Text),
    Column("grade_id", Uuid),
    Column("course_id", Uuid),
    Column("document_number", Text),
    Column("issuer", Text),
    Column("issued_on", Date),
    Column("document_digest", Text),
    Column("hours", BigInteger),
    Column("reason", Text),
    Column("line_number", BigInteger),
    Column("line_credit", BigInteger),
    Column("credit", BigInteger),
    Column("entry_id", Uuid),
    Column("ledger_account_id", Uuid),
    Column("became", Text),
    Column("refusal", Text),
    Column("figures", JSONB),
)

_REFUSED = text(rules.REFUSED_SUBMISSIONS).columns(figures=JSONB)
_STATES = text("""
SELECT staged.outcome_id, outcome.state, outcome.flagged_at IS NOT NULL AS is_flagged
FROM staged_submissions AS staged
JOIN submitted_outcomes AS outcome ON outcome.institution_id = :institution_id AND outcome.id = staged.outcome_id
ORDER BY staged.place
""")


async def refuse_all_if_any(session: AsyncSession, *, asked: int, pointer: str) -> None:
    """Refuse the whole list when one item of it cannot be, and say which and why."""
    refused = (await session.execute(_REFUSED)).all()
    if not refused:
        return
    faults: list[Fault] = [
        {
            "pointer": f"/{pointer}/{row.place - 1}",
            "row": row.place,
            "code": row.refusal,
            "detail": rules.why_refused(row.refusal, row.figures, language=languages.spoken()),
        }
        for row in refused
    ]
    raise OutcomesRefused(asked=asked, refused=len(refused), faults=faults)


async def tell(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    *,
    institution_id: UUID,
    document_number: str | None = None,
    reason: str | None = None,
) -> list[UUID]:
    """Write the deed into each outcome's own record and the audit, tell the students, and name the outcomes."""
    values = {
        "institution_id": institution_id,
        "deed": deed,
        "actor_id": actor.id,
        "document_number": document_number,
        "reason": reason,
    }
    await session.execute(text(rules.TELL_SUBMISSIONS), values)
    rows = (await session.execute(_STATES, {"institution_id": institution_id})).all()
    detail = {"document_number": document_number} if document_number else {}
    await audit.record_each(
        session,
        actor,
        f"{deed}_outcome",
        institution_id=institution_id,
        object_kind=rules.SUBMISSION_KIND,
        objects={row.outcome_id: Told(detail | {"state": row.state, "is_flagged": row.is_flagged}) for row in rows},
    )
    if deed not in {"submit", "withdraw"}:
        await outcome_telling.tell_of_decision(session, institution_id=institution_id)
    return [row.outcome_id for row in rows]
