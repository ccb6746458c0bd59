"""What reports on fees count, as of an instant, with the rows behind each number."""

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.texts import in_both
from x_pilot_api.identity.models import Role
from x_pilot_api.settlements.models import FeeBudget
from x_pilot_api.settlements.queries import snapshot
from x_pilot_api.settlements.schemas.reports import (
    BudgetReportOut,
    CoverageOut,
    CoverageRowOut,
    FeeBudgetOut,
    SpendingOut,
    SpendingRowOut,
)

BUDGET = "institution"
"""Who pays what comes out of the budget."""
_OFFICE = frozenset({Role.REGISTRAR, Role.FINANCE, Role.AUDITOR})

COVERED = Both(
    "分子：截至该时刻保障考核机会已因参加考核而使用的学生；分母：截至该时刻已授予保障考核机会的学生。",
    "Of the students who had been granted a guaranteed attempt by then, those who had used it by sitting an exam.",
)
SPENT = Both(
    "考核日期在该年的报名，截至该时刻应收费用扣除取消、减免和退减后的金额，按付款方分列；补贴承担的部分单列。",
    "Of registrations for exams of that year: charged by then, less cancelled, waived and given back, by payer; what a"
    " fund pays is a row of its own.",
)
REMAINING = Both(
    "登记的年度预算减去由院校预算承担的应结金额；未登记预算时不作推断。",
    "The year's budget as it was loaded, less what its exams cost that budget; without one nothing is said.",
)

_GUARANTEES = """
    SELECT granted.student_id, programme.college_id, student.student_number, student.name AS student_name,
        programme.name AS programme_name, latest.state
    FROM guarantees AS granted
    JOIN students AS student ON student.institution_id = granted.institution_id AND student.id = granted.student_id
    JOIN programmes AS programme ON programme.institution_id = student.institution_id
        AND programme.id = student.programme_id
    JOIN LATERAL (
        SELECT event.state FROM guarantee_events AS event
        WHERE event.institution_id = granted.institution_id AND event.guarantee_id = granted.id
            AND event.recorded_at <= :as_of
        ORDER BY event.number DESC LIMIT 1) AS latest ON true
    WHERE granted.institution_id = :institution_id
        AND (CAST(:college_ids AS uuid[]) IS NULL OR programme.college_id = ANY(CAST(:college_ids AS uuid[])))
"""

_COVERAGE = text(f"""
SELECT granted.college_id, college.name AS college_name,
    count(*) FILTER (WHERE granted.state = 'used') AS numerator, count(*) AS denominator
FROM ({_GUARANTEES}) AS granted
JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = granted.college_id
GROUP BY 1, 2 ORDER BY 2, 1
""")

_COVERED = text(f"""
SELECT granted.*, college.name AS college_name FROM ({_GUARANTEES}) AS granted
JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = granted.college_id
ORDER BY college.name, granted.student_number LIMIT :size
""")

_OF_YEAR = """
    (CAST(:college_ids AS uuid[]) IS NULL OR charge.college_id = ANY(CAST(:college_ids AS uuid[])))
    AND EXISTS (SELECT FROM exam_plans AS plan WHERE plan.institution_id = charge.institution_id
        AND plan.id = charge.exam_plan_id AND extract(year FROM plan.exam_on) = :year)
"""

_BORNE = f"""
WITH charged AS ({snapshot.CHARGED.format(of=_OF_YEAR)}), part AS ({snapshot.PARTS})
SELECT {{columns}}
FROM part
JOIN charges AS charge ON charge.institution_id = :institution_id AND charge.id = part.id
JOIN registrations AS registration ON registration.institution_id = :institution_id
    AND registration.id = charge.registration_id
JOIN exam_plans AS plan ON plan.institution_id = :institution_id AND plan.id = charge.exam_plan_id
JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = charge.college_id
JOIN certificate_levels AS level ON level.id = charge.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
"""

_SUMS = ", ".join(
    f"sum(part.{name})::bigint AS {name}"
    for name in ("charged_fen", "cancelled_fen", "waived_fen", "reduced_fen", "paid_fen", "refunded_fen")
)
_DUE = "part.charged_fen - part.cancelled_fen - part.waived_fen - part.reduced_fen"

_GROUPED = (
    "charge.college_id, college.name AS college_name, charge.certificate_level_id,"
    " certificate.name AS certificate_name, level.level, part.payer,"
    f" count(DISTINCT part.registration_id) AS candidates, {_SUMS}, sum({_DUE})::bigint AS due_fen"
)
_SPENDING = text(f"{_BORNE.format(columns=_GROUPED)} GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 2, 4, 5, 6")

_EACH = (
    "plan.code AS plan_code, registration.admission_number, college.name AS college_name,"
    " certificate.name AS certificate_name, level.level, part.payer, part.charged_fen, part.cancelled_fen,"
    f" part.waived_fen, part.reduced_fen, part.paid_fen, part.refunded_fen, {_DUE} AS due_fen"
)
_SPENT = text(f"{_BORNE.format(columns=_EACH)} ORDER BY plan.code, 2, part.payer LIMIT :size")


def bound(actor: Actor, as_of: datetime) -> dict[str, Any]:
    """Say who asks as of when; the office and auditors see every college, a coordinator their own."""
    own = None if actor.roles & _OFFICE else sorted(actor.college_ids)
    return {"institution_id": actor.institution_id, "college_ids": own, "as_of": as_of}


def percent(numerator: int, denominator: int) -> str | None:
    """Write a rate with two places; of nobody there is none."""
    if denominator == 0:
        return None
    return str((Decimal(100 * numerator) / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP))


async def tell_coverage(session: AsyncSession, actor: Actor, *, as_of: datetime) -> CoverageOut:
    """Tell how many have had their guaranteed attempt, a coordinator those of their own colleges."""
    found = (await session.execute(_COVERAGE, bound(actor, as_of))).all()
    numerator, denominator = sum(row.numerator for row in found), sum(row.denominator for row in found)
    return CoverageOut(
        as_of=as_of,
        definition=in_both(COVERED),
        numerator=numerator,
        denominator=denominator,
        rate_percent=percent(numerator, denominator),
        rows=[
            CoverageRowOut(
                college_id=row.college_id,
                college_name=row.college_name,
                numerator=row.numerator,
                denominator=row.denominator,
                rate_percent=percent(row.numerator, row.denominator),
            )
            for row in found
        ],
    )


async def list_covered(
    session: AsyncSession, actor: Actor, *, as_of: datetime, size: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """List the students behind the coverage."""
    return (await session.execute(_COVERED, bound(actor, as_of) | {"size": size})).all()


async def tell_spending(session: AsyncSession, actor: Actor, *, year: int, as_of: datetime) -> SpendingOut:
    """Tell what a year's exams come to, a coordinator of their own colleges."""
    found = (await session.execute(_SPENDING, bound(actor, as_of) | {"year": year})).all()
    rows = [SpendingRowOut.model_validate(row, from_attributes=True) for row in found]
    return SpendingOut(
        as_of=as_of,
        year=year,
        definition=in_both(SPENT),
        due_fen=sum(row.due_fen for row in rows),
        rows=rows,
    )


async def list_spent(
    session: AsyncSession, actor: Actor, *, year: int, as_of: datetime, size: int
) -> Sequence[Row[*tuple[Any, ...]]]:
    """List what each candidate comes to by each payer, which the spending adds up."""
    return (await session.execute(_SPENT, bound(actor, as_of) | {"year": year, "size": size})).all()


async def tell_budget(session: AsyncSession, actor: Actor, *, year: int, as_of: datetime) -> BudgetReportOut:
    """Tell what is left of the budget as it was loaded by then."""
    statement = (
        select(FeeBudget)
        .where(FeeBudget.institution_id == actor.institution_id, FeeBudget.year == year, FeeBudget.loaded_at <= as_of)
        .order_by(FeeBudget.revision.desc())
        .limit(1)
    )
    budget = (await session.scalars(statement)).one_or_none()
    whole = bound(actor, as_of) | {"year": year, "college_ids": None}
    found = (await session.execute(_SPENDING, whole)).all()
    spent = sum(row.due_fen for row in found if row.payer == BUDGET)
    return BudgetReportOut(
        as_of=as_of,
        year=year,
        definition=in_both(REMAINING),
        is_loaded=budget is not None,
        budget_fen=budget.amount_fen if budget else None,
        document_number=budget.document_number if budget else None,
        spent_fen=spent,
        remaining_fen=budget.amount_fen - spent if budget else None,
    )


async def list_budgets(
    session: AsyncSession, institution_id: UUID | None, *, wish: PageWish
) -> tuple[list[FeeBudgetOut], str | None]:
    """List the budgets that were loaded, oldest first."""
    statement = select(FeeBudget).where(FeeBudget.institution_id == institution_id)
    rows, token = await page_of(session, statement, order=(FeeBudget.id,), wish=wish)
    return [FeeBudgetOut.model_validate(row, from_attributes=True) for row in rows], token
