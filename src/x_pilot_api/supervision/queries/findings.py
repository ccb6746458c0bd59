"""Finding findings, and telling them with everything that was done about them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, false, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Person, Role
from x_pilot_api.supervision.models import FindingState, SupervisionFinding, SupervisionFindingStep
from x_pilot_api.supervision.rules import findings as rules
from x_pilot_api.supervision.schemas.findings import SupervisionFindingOut, SupervisionFindingStepOut

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})

_NAMED = text("""
SELECT finding.id, college.name AS college_name, certificate.name AS certificate_name, year.year AS assessment_year,
    indicator.name AS indicator_name, raiser.name AS raised_by_name, owner.name AS owner_name,
    doer.name AS done_by_name, checker.name AS checked_by_name
FROM supervision_findings AS finding
JOIN colleges AS college ON college.institution_id = finding.institution_id AND college.id = finding.college_id
JOIN people AS raiser ON raiser.id = finding.raised_by
LEFT JOIN certificates AS certificate ON certificate.id = finding.certificate_id
LEFT JOIN college_assessments AS assessment ON assessment.institution_id = finding.institution_id
    AND assessment.id = finding.assessment_id
LEFT JOIN assessment_years AS year ON year.institution_id = assessment.institution_id AND year.id = assessment.year_id
LEFT JOIN college_indicators AS indicator ON indicator.institution_id = year.institution_id
    AND indicator.scheme_id = year.scheme_id AND indicator.code = finding.indicator_code
LEFT JOIN people AS owner ON owner.id = finding.owner_id
LEFT JOIN people AS doer ON doer.id = finding.done_by
LEFT JOIN people AS checker ON checker.id = finding.checked_by
WHERE finding.institution_id = :institution_id AND finding.id = ANY (:ids)
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))


def visible_findings(actor: Actor) -> Select[SupervisionFinding]:
    """Select the findings an actor may see: an office all, a coordinator their colleges', anybody what they own."""
    if actor.institution_id is None:
        return select(SupervisionFinding).where(false())
    found = select(SupervisionFinding).where(SupervisionFinding.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL:
        return found
    return found.where(
        or_(SupervisionFinding.college_id.in_(actor.college_ids), SupervisionFinding.owner_id == actor.id)
    )


async def get_finding(
    session: AsyncSession, actor: Actor, finding_id: UUID, *, lock: bool = False
) -> SupervisionFinding:
    """Read one visible finding, locked when it is to be changed."""
    statement = visible_findings(actor).where(SupervisionFinding.id == finding_id)
    return await lookups.get_one(session, statement, what="finding", zh="监督发现", lock=lock)


async def list_findings(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    assessment_id: UUID | None,
    certificate_id: UUID | None,
    state: FindingState | None,
    is_overdue: bool | None,
    mine: bool,
    today: date,
    wish: PageWish,
) -> tuple[Sequence[SupervisionFinding], str | None]:
    """List visible findings, the oldest first."""
    statement = visible_findings(actor)
    for column, value in (
        (SupervisionFinding.college_id, college_id),
        (SupervisionFinding.assessment_id, assessment_id),
        (SupervisionFinding.certificate_id, certificate_id),
        (SupervisionFinding.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if is_overdue is not None:
        overdue = SupervisionFinding.state.in_(rules.WAITING) & (SupervisionFinding.due_on < today)
        statement = statement.where(overdue if is_overdue else ~overdue)
    if mine:
        statement = statement.where(SupervisionFinding.owner_id == actor.id)
    return await page_of(session, statement, order=(SupervisionFinding.id,), wish=wish)


async def describe_findings(
    session: AsyncSession, actor: Actor, rows: Sequence[SupervisionFinding], *, today: date
) -> list[SupervisionFindingOut]:
    """Tell findings of one institution, in two statements however many they are."""
    if not rows:
        return []
    institution_id, ids = rows[0].institution_id, [row.id for row in rows]
    named = await session.execute(_NAMED, {"institution_id": institution_id, "ids": ids})
    names = {row.id: row for row in named.all()}
    steps = await _list_steps(session, institution_id, ids)
    return [_told(actor, row, names[row.id], steps.get(row.id, []), today=today) for row in rows]


def _told(
    actor: Actor,
    row: SupervisionFinding,
    named: Any,  # noqa: ANN401 - a row
    steps: list[SupervisionFindingStepOut],
    *,
    today: date,
) -> SupervisionFindingOut:
    return SupervisionFindingOut(
        id=row.id,
        college_id=row.college_id,
        college_name=named.college_name,
        assessment_id=row.assessment_id,
        assessment_year=named.assessment_year,
        indicator_code=row.indicator_code,
        indicator_name=named.indicator_name,
        certificate_id=row.certificate_id,
        certificate_name=named.certificate_name,
        title=row.title,
        description=row.description,
        state=FindingState(row.state),
        raised_by=row.raised_by,
        raised_by_name=named.raised_by_name,
        raised_on=row.raised_on,
        measure=row.measure,
        owner_id=row.owner_id,
        owner_name=named.owner_name,
        due_on=row.due_on,
        evidence=row.evidence,
        done_by_name=named.done_by_name,
        checked_by_name=named.checked_by_name,
        closed_on=row.closed_on,
        age_days=rules.age_days(row, today=today),
        is_overdue=rules.is_overdue(row, today=today),
        steps=steps,
        allowed_deeds=rules.allowed_deeds(actor, row),
    )


async def _list_steps(
    session: AsyncSession, institution_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, list[SupervisionFindingStepOut]]:
    owner = aliased(Person)
    statement = (
        select(SupervisionFindingStep, Person.name, owner.name)
        .join(Person, Person.id == SupervisionFindingStep.actor_id)
        .outerjoin(owner, owner.id == SupervisionFindingStep.owner_id)
        .where(SupervisionFindingStep.institution_id == institution_id, SupervisionFindingStep.finding_id.in_(ids))
        .order_by(SupervisionFindingStep.finding_id, SupervisionFindingStep.number)
    )
    found: dict[UUID, list[SupervisionFindingStepOut]] = {}
    for step, actor_name, owner_name in (await session.execute(statement)).all():
        found.setdefault(step.finding_id, []).append(
            SupervisionFindingStepOut(
                number=step.number,
                deed=step.deed,
                state=FindingState(step.state),
                actor_name=actor_name,
                owner_name=owner_name,
                due_on=step.due_on,
                remark=step.remark,
                recorded_at=step.recorded_at,
            )
        )
    return found
