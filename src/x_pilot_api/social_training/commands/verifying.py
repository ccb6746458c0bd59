"""Verifying hours into the book, many at once, and taking them out again by a movement of its own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Column, Table, Uuid, insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, db, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import Told
from x_pilot_api.core.errors import Fault, ItemCode
from x_pilot_api.core.tables.sheets import fault_of
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.ledger.models import Unit
from x_pilot_api.social_training import queries, rules
from x_pilot_api.social_training.errors import WorkloadRatioMissing, WorkloadRefused
from x_pilot_api.social_training.errors import workload as errors
from x_pilot_api.social_training.models import WorkloadRecord, WorkloadState
from x_pilot_api.social_training.rules import WORKLOAD
from x_pilot_api.social_training.schemas import WorkloadVerificationIn, WorkloadVerifiedOut

TAUGHT = "workload"
"""A teacher's account in the book."""
RECOGNISED = "workload_recognised"
"""The institution's account that all workload comes from, and goes back to."""

STAGED: Table = staging.staging_table(
    "staged_workload",
    Column("record_id", Uuid),
    Column("teacher_id", Uuid),
    Column("ratio_id", Uuid),
    Column("entry_id", Uuid),
    Column("amount", BigInteger),
)

STAGED_ACCOUNTS: Table = staging.staging_table(
    "staged_workload_accounts", Column("teacher_id", Uuid), Column("account_id", Uuid)
)

# Whoever verifies work of the same teachers meanwhile waits here, so that each of them gets one account.
_LOCK_TEACHERS = text("""
SELECT teacher.id FROM teachers AS teacher
WHERE teacher.institution_id = :institution_id AND teacher.id IN (SELECT teacher_id FROM staged_workload)
ORDER BY teacher.id FOR NO KEY UPDATE
""")

_LACKING = text("""
INSERT INTO staged_workload_accounts (teacher_id, account_id)
SELECT staged.teacher_id, uuidv7() FROM (SELECT DISTINCT teacher_id FROM staged_workload) AS staged
WHERE NOT EXISTS (
    SELECT FROM workload_accounts AS account
    WHERE account.institution_id = :institution_id AND account.teacher_id = staged.teacher_id)
""")

_OPEN = text("""
INSERT INTO workload_accounts (institution_id, teacher_id, ledger_account_id)
SELECT :institution_id, teacher_id, account_id FROM staged_workload_accounts ORDER BY teacher_id
""")

_TRANSFERS = text("""
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
SELECT uuidv7(), staged.entry_id, 'workload', 'workload_record', staged.record_id, 1, 'single', 'workload',
    :recognised_account_id, account.ledger_account_id, staged.amount
FROM staged_workload AS staged
JOIN workload_accounts AS account ON account.institution_id = :institution_id
    AND account.teacher_id = staged.teacher_id
ORDER BY staged.record_id
""")

_VERIFIED = text("""
UPDATE workload_records AS record
SET state = :state, ratio_id = staged.ratio_id, workload_hundredths = staged.amount, entry_id = staged.entry_id,
    verified_by = :verified_by, verified_at = :verified_at
FROM staged_workload AS staged
WHERE record.institution_id = :institution_id AND record.id = staged.record_id
""")


async def verify_work(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: WorkloadVerificationIn, at: datetime
) -> WorkloadVerifiedOut:
    """Verify records of somebody else and post what they come to, all of them or none.

    The records are locked in the order of their ids, then the ratios kept as they are, the teachers, the accounts.
    """
    records = await queries.lock_records(session, actor, wish.record_ids)
    _refuse_unfit(actor, wish.record_ids, records)
    cause = uuid4()
    amounts = await _stage(session, institution_id=institution_id, records=records)
    await _post(session, actor, institution_id=institution_id, cause=cause)
    values = {"state": WorkloadState.VERIFIED, "verified_by": actor.id, "verified_at": at}
    await session.execute(_VERIFIED, values | {"institution_id": institution_id})
    await audit.record_each(
        session,
        actor,
        "verify_work",
        institution_id=institution_id,
        object_kind=rules.RECORD_KIND,
        objects={
            record.id: Told(
                {"hours_tenths": record.hours_tenths, "workload_hundredths": amounts[record.id], "cause": str(cause)},
                before={"state": record.state},
                after={"state": WorkloadState.VERIFIED},
            )
            for record in records
        },
    )
    return WorkloadVerifiedOut(
        verified=len(records),
        hours_tenths=sum(record.hours_tenths for record in records),
        workload=sum(amounts.values()),
    )


def _refuse_unfit(actor: Actor, asked: Sequence[UUID], records: Sequence[WorkloadRecord]) -> None:
    found = {record.id: record for record in records}
    faults: list[Fault] = []
    for place, record_id in enumerate(asked):
        record = found.get(record_id)
        if record is None:
            faults.append(_fault(place, errors.RECORD_UNKNOWN))
        elif record.state not in WORKLOAD.deeds["verify"].sources:
            faults.append(_fault(place, errors.RECORD_DECIDED, state=record.state))
        elif record.logged_by == actor.id:
            faults.append(_fault(place, errors.RECORD_OWN))
    if faults:
        raise WorkloadRefused(asked=len(asked), refused=len(faults), faults=faults)


def _fault(place: int, item: ItemCode, **figures: object) -> Fault:
    fault = fault_of(place + 1, "record_ids", item, figures)
    fault["pointer"] = f"/record_ids/{place}"
    return fault


async def _stage(session: AsyncSession, *, institution_id: UUID, records: Sequence[WorkloadRecord]) -> dict[UUID, int]:
    """Convert each record by the ratio of its day, kept as it is until all are posted; refuse days that have none."""
    days = [record.worked_on for record in records]
    ratios = await queries.lock_ratios(
        session, institution_id=institution_id, first=min(days), last=max(days), share=True
    )
    found = {day: rules.ratio_on(ratios, day) for day in days}
    lacking = sorted(day for day, ratio in found.items() if ratio is None)
    if lacking:
        raise WorkloadRatioMissing(days=", ".join(day.isoformat() for day in lacking[:20]))
    amounts = {
        record.id: rules.workload_hundredths(
            record.hours_tenths, numerator=ratio.numerator, denominator=ratio.denominator
        )
        for record in records
        if (ratio := found[record.worked_on]) is not None
    }
    rows = [
        {
            "record_id": record.id,
            "teacher_id": record.teacher_id,
            "ratio_id": ratio.id,
            "entry_id": uuid4(),
            "amount": amounts[record.id],
        }
        for record in records
        if (ratio := found[record.worked_on]) is not None
    ]
    await staging.empty(session, STAGED)
    await session.execute(insert(STAGED), rows)
    return amounts


async def _post(session: AsyncSession, actor: Actor, *, institution_id: UUID, cause: UUID) -> None:
    values = {"institution_id": institution_id}
    await session.execute(_LOCK_TEACHERS, values)
    await _open_accounts(session, actor, institution_id=institution_id, cause=cause)
    recognised_id = await ledger.ensure_institution_account(
        session, actor, institution_id=institution_id, unit=Unit.WORKLOAD, kind=RECOGNISED
    )
    await ledger.begin_staging(session)
    await session.execute(_TRANSFERS, values | {"recognised_account_id": recognised_id})
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)


async def _open_accounts(session: AsyncSession, actor: Actor, *, institution_id: UUID, cause: UUID) -> None:
    values = {"institution_id": institution_id}
    await staging.empty(session, STAGED_ACCOUNTS)
    if not await db.write(session, _LACKING, values):
        return
    await ledger.open_limited_accounts(
        session,
        actor,
        institution_id=institution_id,
        unit=Unit.WORKLOAD,
        kind=TAUGHT,
        wishes="SELECT account_id FROM staged_workload_accounts",
        cause=cause,
    )
    await session.execute(_OPEN, values)


async def reverse_work(
    session: AsyncSession, actor: Actor, *, record_id: UUID, reason: str, at: datetime
) -> WorkloadRecord:
    """Take verified hours out of the book by a movement of its own, with its reason; it is done once."""
    record = await queries.get_record(session, actor, record_id, lock=True, to_decide=True)
    target = WORKLOAD.target_of("reverse", state=record.state)
    rules.check_second_person(actor, record)
    before = changes.fields_of(record, "state", "reversal_reason")
    entry_id = uuid4()
    await ledger.begin_staging(session)
    await ledger.stage_reversals(
        session,
        wishes="SELECT CAST(:reversed_id AS uuid), CAST(:entry_id AS uuid), 'reverse_workload'",
        values={"institution_id": record.institution_id, "reversed_id": record.entry_id, "entry_id": entry_id},
    )
    await ledger.post_staged(session, actor, institution_id=record.institution_id, cause=record.id)
    record.state, record.reversal_reason, record.reversal_entry_id = target, reason, entry_id
    record.reversed_by, record.reversed_at = actor.id, at
    await session.flush()
    await audit.record(
        session,
        actor,
        "reverse_work",
        institution_id=record.institution_id,
        object_kind=rules.RECORD_KIND,
        object_id=record.id,
        detail={"workload_hundredths": record.workload_hundredths},
        before=before,
        after=changes.fields_of(record, "state", "reversal_reason"),
    )
    return record
