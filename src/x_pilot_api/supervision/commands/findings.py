"""The deeds on a finding: raised, planned, put right, and closed or sent back by another person."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.guidance.queries import staff
from x_pilot_api.registry import queries as registry
from x_pilot_api.supervision.commands import telling
from x_pilot_api.supervision.errors import IndicatorUnknown, MeasureOwnerUnfit
from x_pilot_api.supervision.models import SupervisionFinding, SupervisionFindingStep
from x_pilot_api.supervision.queries import assessments
from x_pilot_api.supervision.queries import findings as queries
from x_pilot_api.supervision.rules import findings as rules
from x_pilot_api.supervision.schemas.findings import FindingReturnIn, MeasurePlanIn, SupervisionFindingIn


async def raise_finding(
    session: AsyncSession, actor: Actor, *, wish: SupervisionFindingIn, today: date
) -> SupervisionFinding:
    """Say what was found at a college: at any for the office, at their own for a coordinator."""
    college = await registry.get_own_college(session, actor, wish.college_id)
    if wish.certificate_id is not None:
        await certificates.get_certificate(session, wish.certificate_id)
    await _check_place(session, actor, wish)
    finding = SupervisionFinding(
        **wish.model_dump(),
        institution_id=college.institution_id,
        state=rules.FINDING.initial,
        raised_by=actor.id,
        raised_on=today,
        steps=0,
    )
    session.add(finding)
    await session.flush()
    await _note(session, actor, "raise", finding, before=None, remark=None)
    await telling.tell_of_finding(session, finding)
    return finding


async def _check_place(session: AsyncSession, actor: Actor, wish: SupervisionFindingIn) -> None:
    """Refuse an assessment of another college, and an indicator that it does not have."""
    codes: set[str] = set()
    if wish.assessment_id is not None:
        assessment = await assessments.get_assessment(session, actor, wish.assessment_id)
        if assessment.college_id != wish.college_id:
            raise NotFound(what="college assessment", zh="年度考核")
        codes = {each.code for each in (await assessments.get_subject(session, assessment)).indicators}
    if wish.indicator_code is not None and wish.indicator_code not in codes:
        raise IndicatorUnknown(indicators=wish.indicator_code)


async def plan_finding(
    session: AsyncSession, actor: Actor, *, finding_id: UUID, wish: MeasurePlanIn, today: date
) -> SupervisionFinding:
    """Plan how a finding is put right, by whom, until when; its owner is told."""
    finding = await queries.get_finding(session, actor, finding_id, lock=True)
    target, before = _begin(actor, "plan", finding), _standing(finding)
    rules.check_due(wish.due_on, today=today)
    if not await staff.can_own(
        session,
        institution_id=finding.institution_id,
        person_id=wish.owner_id,
        college_id=finding.college_id,
        with_teachers=True,
    ):
        raise MeasureOwnerUnfit(person_id=str(wish.owner_id))
    finding.state, finding.measure = target, wish.measure
    finding.owner_id, finding.due_on = wish.owner_id, wish.due_on
    await _note(session, actor, "plan", finding, before=before, remark=wish.measure)
    await telling.tell_person(session, telling.MEASURE_GIVEN, finding, wish.owner_id)
    return finding


async def finish_finding(session: AsyncSession, actor: Actor, *, finding_id: UUID, evidence: str) -> SupervisionFinding:
    """Say what was done and what shows it; whoever raised the finding is told."""
    finding = await queries.get_finding(session, actor, finding_id, lock=True)
    target, before = _begin(actor, "finish", finding), _standing(finding)
    finding.state, finding.evidence, finding.done_by = target, evidence, actor.id
    await _note(session, actor, "finish", finding, before=before, remark=evidence)
    await telling.tell_person(session, telling.MEASURE_DONE, finding, finding.raised_by)
    return finding


async def close_finding(
    session: AsyncSession, actor: Actor, *, finding_id: UUID, remark: str | None, today: date
) -> SupervisionFinding:
    """Find a finding put right by another person."""
    finding = await queries.get_finding(session, actor, finding_id, lock=True)
    target, before = _begin(actor, "close", finding), _standing(finding)
    finding.state, finding.checked_by, finding.closed_on = target, actor.id, today
    await _note(session, actor, "close", finding, before=before, remark=remark)
    return finding


async def return_finding(
    session: AsyncSession, actor: Actor, *, finding_id: UUID, wish: FindingReturnIn, today: date
) -> SupervisionFinding:
    """Find that another person's measure does not do, and say until when it is to be made good; its owner is told."""
    finding = await queries.get_finding(session, actor, finding_id, lock=True)
    target, before = _begin(actor, "send_back", finding), _standing(finding)
    rules.check_due(wish.due_on, today=today)
    finding.state, finding.due_on = target, wish.due_on
    await _note(session, actor, "send_back", finding, before=before, remark=wish.reason)
    if finding.owner_id is not None:
        await telling.tell_person(session, telling.MEASURE_RETURNED, finding, finding.owner_id)
    return finding


def _begin(actor: Actor, deed: str, finding: SupervisionFinding) -> str:
    """Refuse a deed that is another's or out of turn, and tell where it leads."""
    target = rules.FINDING.target_of(deed, state=finding.state)
    rules.check_theirs(actor, deed, finding)
    return target


def _standing(finding: SupervisionFinding) -> audit.State:
    return changes.fields_of(finding, "state", "owner_id", "due_on", "done_by", "checked_by", "closed_on")


async def _note(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    finding: SupervisionFinding,
    *,
    before: audit.State | None,
    remark: str | None,
) -> None:
    """Add a deed to the finding's history, and put it on record."""
    finding.steps += 1
    await session.flush()
    session.add(
        SupervisionFindingStep(
            institution_id=finding.institution_id,
            finding_id=finding.id,
            number=finding.steps,
            deed=deed,
            state=finding.state,
            actor_id=actor.id,
            owner_id=finding.owner_id,
            due_on=finding.due_on,
            remark=remark,
        )
    )
    await session.flush()
    await audit.record(
        session,
        actor,
        f"{deed}_supervision_finding",
        institution_id=finding.institution_id,
        object_kind=rules.FINDING_KIND,
        object_id=finding.id,
        detail={"college_id": str(finding.college_id)},
        before=before,
        after=_standing(finding),
    )
