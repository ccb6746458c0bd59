"""Finding the sittings whose day somebody runs, and the registrations whose tickets somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.exams.models import Candidate, ExamPlan, ExamSitting, Registration, SittingExaminer
from x_pilot_api.identity.models import Role
from x_pilot_api.registry.models import Teacher
from x_pilot_api.sites.models import AssessmentSite

_OFFICE = frozenset({Role.REGISTRAR, Role.AUDITOR})


def sittings_visible_to(actor: Actor) -> Select[ExamSitting]:
    """Select the sittings an actor sees.

    An organisation sees its own; in an institution the office sees all, a college those at its own sites, and a
    teacher those they examine.
    """
    if actor.organisation_id is not None:
        own = exists().where(
            ExamPlan.institution_id == ExamSitting.institution_id,
            ExamPlan.id == ExamSitting.exam_plan_id,
            ExamPlan.organisation_id == actor.organisation_id,
            ExamPlan.published_at.is_not(None),
        )
        return select(ExamSitting).where(own)
    if actor.institution_id is None:
        return select(ExamSitting).where(false())
    here = select(ExamSitting).where(ExamSitting.institution_id == actor.institution_id)
    return here if actor.roles & _OFFICE else here.where(or_(_at_own_site(actor), _examined_by(actor)))


def _at_own_site(actor: Actor) -> ColumnElement[bool]:
    if Role.COORDINATOR not in actor.roles:
        return false()
    return exists().where(
        AssessmentSite.institution_id == ExamSitting.institution_id,
        AssessmentSite.id == ExamSitting.site_id,
        AssessmentSite.college_id.in_(actor.college_ids),
    )


def _examined_by(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        SittingExaminer.institution_id == ExamSitting.institution_id,
        SittingExaminer.sitting_id == ExamSitting.id,
        SittingExaminer.is_released.is_(False),
        Teacher.institution_id == SittingExaminer.institution_id,
        Teacher.id == SittingExaminer.teacher_id,
        Teacher.person_id == actor.id,
        Teacher.is_active.is_(True),
    )


@dataclass(frozen=True)
class SittingFilters:
    """Which sittings a list shows."""

    is_mine: bool | None = None
    is_coming: bool | None = None
    """Neither cancelled nor over."""


async def find_sittings(
    session: AsyncSession, actor: Actor, *, filters: SittingFilters, wish: PageWish, now: datetime
) -> tuple[Sequence[ExamSitting], str | None]:
    """List the sittings of every plan that an actor sees, as they follow each other."""
    statement = sittings_visible_to(actor)
    if filters.is_mine is not None:
        statement = statement.where(_examined_by(actor) if filters.is_mine else ~_examined_by(actor))
    if filters.is_coming is not None:
        coming = and_(ExamSitting.cancelled_at.is_(None), ExamSitting.ends_at > now)
        statement = statement.where(coming if filters.is_coming else ~coming)
    return await page_of(session, statement, order=(ExamSitting.starts_at, ExamSitting.id), wish=wish)


async def get_sitting(session: AsyncSession, actor: Actor, sitting_id: UUID, *, lock: bool = False) -> ExamSitting:
    """Read one visible sitting, locked when what hangs on it is to be changed."""
    wanted = sittings_visible_to(actor).where(ExamSitting.id == sitting_id)
    return await lookups.get_one(
        session, wanted.with_for_update(key_share=True) if lock else wanted, what="sitting", zh="考核场次"
    )


async def organisation_of(session: AsyncSession, sitting: ExamSitting) -> UUID:
    """Tell whose exam a sitting is."""
    wanted = select(ExamPlan.organisation_id).where(
        ExamPlan.institution_id == sitting.institution_id, ExamPlan.id == sitting.exam_plan_id
    )
    return (await session.scalars(wanted)).one()


def _whose_ticket(actor: Actor) -> ColumnElement[bool]:
    """Say whose ticket an actor sees: a student their own, others those of the days they prepare."""
    if actor.student_id is not None:
        return exists().where(
            Candidate.institution_id == Registration.institution_id,
            Candidate.id == Registration.candidate_id,
            Candidate.student_id == actor.student_id,
        )
    if actor.roles & _OFFICE:
        return true()
    visible = sittings_visible_to(actor).with_only_columns(ExamSitting.id)
    return or_(Registration.sitting_id.in_(visible), Registration.college_id.in_(actor.college_ids))


async def get_registration(session: AsyncSession, actor: Actor, registration_id: UUID) -> Registration:
    """Read one registration whose ticket the actor may see."""
    wanted = select(Registration).where(
        Registration.institution_id == actor.institution_id,
        Registration.id == registration_id,
        _whose_ticket(actor),
    )
    return await lookups.get_one(session, wanted, what="registration", zh="报名")


async def lock_sitting(session: AsyncSession, institution_id: UUID, sitting_id: UUID) -> ExamSitting:
    """Lock a sitting for the work on it."""
    wanted = select(ExamSitting).where(ExamSitting.institution_id == institution_id, ExamSitting.id == sitting_id)
    return (await session.scalars(wanted.with_for_update(key_share=True))).one()
