"""Outcomes at every step of their way, and the policies of an institution."""

from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.converting import FLAGGED_AT, TIMES
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.core.row_security import act_within
from x_pilot_api.credits.models import (
    ExpiryPolicy,
    ExpiryTerm,
    RecognitionLine,
    RecognitionPolicy,
    SubmissionDecision,
    SubmittedOutcome,
)
from x_pilot_api.ledger.models import JournalEntry

KIND = "training"
_STATES = {
    "out_submitted": "submitted",
    "out_refused": "submitted",
    "out_withdrawn": "submitted",
    "out_verified": "verified",
    "out_flagged": "recognised",
}


async def lay(session: AsyncSession, world: World, made: Made, place: tuple[int, int, int]) -> None:
    """Let a student have outcomes that wait for each step, and flagged ones."""
    school, college, organisation = place
    there = world.schools[school]
    await act_within(session, institution_id=there.id)
    if place == (school, 0, 0):
        await _policies(session, world, school)
    who = organisation if college == 0 else 0
    holder = f"s{school + 1}p{college}n{who}"
    student_id = there.students[who] if college == 0 else made.siblings[school][who]
    policy = select(RecognitionPolicy.id).where(RecognitionPolicy.institution_id == there.id)
    entry = select(JournalEntry.id).where(JournalEntry.institution_id == there.id)
    policy_id = (await session.scalars(policy)).one()
    entry_id = (await session.scalars(entry.limit(1))).one()
    found: dict[str, UUID] = {}
    for kind, state in _STATES.items():
        for number in range(TIMES if place == (0, 0, 0) else 1):
            found[f"{kind}{number}"] = uuid4()
            by = world.callers["coordinator"].id if place == (0, 0, 0) else student_id
            session.add(_outcome(there.id, student_id, by, found[f"{kind}{number}"], state, holder))
    await session.flush()
    for kind, outcome_id in found.items():
        if kind.startswith("out_flagged"):
            await _recognise(session, there.id, outcome_id, policy_id, entry_id, holder)
        session.add(
            SubmissionDecision(
                institution_id=there.id,
                outcome_id=outcome_id,
                deed="submit",
                state="submitted",
                decided_by=student_id,
                document_number=f"文{mark(holder)}",
                reason=f"因{mark(holder)}",
            )
        )
    await session.flush()
    made.conversions[place] |= found
    made.owners |= dict.fromkeys(found.values(), holder)


def _outcome(
    institution_id: UUID, student_id: UUID, submitted_by: UUID, outcome_id: UUID, state: str, holder: str
) -> SubmittedOutcome:
    return SubmittedOutcome(
        institution_id=institution_id,
        id=outcome_id,
        student_id=student_id,
        kind=KIND,
        evidence="document",
        document_number=f"训{mark(holder)}{outcome_id.hex[:8]}",
        issuer=f"处{mark(holder)}",
        issued_on=date(2026, 1, 5),
        document_digest=sha256(outcome_id.bytes).hexdigest(),
        reason=f"因{mark(holder)}",
        state="verified" if state == "recognised" else state,
        submitted_by=submitted_by,
        verified_by=None if state == "submitted" else student_id,
    )


async def _recognise(
    session: AsyncSession, institution_id: UUID, outcome_id: UUID, policy_id: UUID, entry_id: UUID, holder: str
) -> None:
    outcome = await session.get_one(SubmittedOutcome, (institution_id, outcome_id))
    outcome.state, outcome.policy_id, outcome.line_number, outcome.entry_id = "recognised", policy_id, 1, entry_id
    outcome.credit_hundredths, outcome.recognised_on, outcome.recognised_by = 100, date(2026, 1, 9), uuid4()
    outcome.flagged_at, outcome.flag_reason = FLAGGED_AT, f"因{mark(holder)}"
    await session.flush()


async def _policies(session: AsyncSession, world: World, school: int) -> None:
    there, mine = world.schools[school], mark(f"s{school + 1}")
    recognition_id, expiry_id = uuid4(), uuid4()
    said = {
        "institution_id": there.id,
        "version": 1,
        "document_number": f"文{mine}",
        "effective_from": date(2026, 1, 1),
        "loaded_by": world.callers["registrar"].id,
    }
    session.add(RecognitionPolicy(id=recognition_id, on_loss="flag", **said))
    session.add(ExpiryPolicy(id=expiry_id, **said))
    await session.flush()
    session.add(
        RecognitionLine(
            institution_id=there.id, policy_id=recognition_id, number=1, kind=KIND, evidence="document",
            credit_hundredths=100,
        )
    )  # fmt: skip
    session.add(
        ExpiryTerm(institution_id=there.id, policy_id=expiry_id, kind=f"类{mine}", validity_months=12, notice_days=30)
    )
    await session.flush()
