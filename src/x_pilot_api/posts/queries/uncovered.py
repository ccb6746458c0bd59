"""Finding certificates that a college runs and that no established working group watches."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Admission, Certificate, CertificateLevel
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Organisation
from x_pilot_api.participations.models import Participation, ParticipationState
from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.posts.models import WorkingGroup, WorkingGroupCertificate
from x_pilot_api.posts.schemas import UncoveredCertificateOut
from x_pilot_api.registry.models import College


def _runs(day: date) -> ColumnElement[bool]:
    return and_(Admission.admitted_on <= day, or_(Admission.exited_on.is_(None), Admission.exited_on > day))


def _is_watched(day: date) -> ColumnElement[bool]:
    """Say that a group of the college, or one of a field across colleges, watches an admitted certificate on a day."""
    covered = WorkingGroupCertificate
    return exists().where(
        WorkingGroup.institution_id == Admission.institution_id,
        or_(WorkingGroup.college_id.is_(None), WorkingGroup.college_id == Admission.college_id),
        WorkingGroup.established_on <= day,
        or_(WorkingGroup.dissolved_on.is_(None), WorkingGroup.dissolved_on > day),
        covered.institution_id == Admission.institution_id,
        covered.working_group_id == WorkingGroup.id,
        covered.certificate_id == Admission.certificate_id,
        covered.covered_from <= day,
        or_(covered.covered_to.is_(None), covered.covered_to >= day),
    )


def _uncovered(institution_id: UUID | None, day: date) -> Select[Admission]:
    if institution_id is None:
        return select(Admission).where(false())
    return select(Admission).where(Admission.institution_id == institution_id, _runs(day), ~_is_watched(day))


async def list_uncovered(
    session: AsyncSession, actor: Actor, *, college_id: UUID | None, on: date, wish: PageWish
) -> tuple[Sequence[Admission], str | None]:
    """List what no group of the actor's institution watches on a day, the longest admitted first."""
    statement = _uncovered(actor.institution_id, on)
    if college_id is not None:
        statement = statement.where(Admission.college_id == college_id)
    return await page_of(session, statement, order=(Admission.admitted_on, Admission.id), wish=wish)


async def is_uncovered(session: AsyncSession, *, institution_id: UUID, admission_id: UUID, on: date) -> bool:
    """Tell whether an admitted certificate still has no group on a day."""
    found = _uncovered(institution_id, on).where(Admission.id == admission_id)
    return (await session.scalars(found)).one_or_none() is not None


async def describe_uncovered(
    session: AsyncSession, rows: Sequence[Admission], *, on: date
) -> list[UncoveredCertificateOut]:
    """Tell uncovered certificates with their names and how many levels take part, in one statement."""
    if not rows:
        return []
    levels = (
        select(func.count(Participation.certificate_level_id.distinct()))
        .join(CertificateLevel, CertificateLevel.id == Participation.certificate_level_id)
        .where(
            Participation.institution_id == Admission.institution_id,
            Participation.college_id == Admission.college_id,
            Participation.academic_year == academic_year_on(on),
            Participation.state == ParticipationState.APPROVED,
            CertificateLevel.certificate_id == Admission.certificate_id,
        )
        .scalar_subquery()
    )
    statement = (
        select(
            Admission.id,
            College.name.label("college_name"),
            Certificate.name.label("certificate_name"),
            Organisation.name.label("organisation_name"),
            levels.label("levels_approved"),
        )
        .join(College, and_(College.institution_id == Admission.institution_id, College.id == Admission.college_id))
        .join(Certificate, Certificate.id == Admission.certificate_id)
        .join(Organisation, Organisation.id == Certificate.organisation_id)
        .where(
            Admission.institution_id == rows[0].institution_id,
            Admission.id.in_([each.id for each in rows]),
        )
    )
    named = {row.id: row for row in (await session.execute(statement)).all()}
    return [
        UncoveredCertificateOut(
            admission_id=each.id,
            college_id=each.college_id,
            college_name=named[each.id].college_name,
            certificate_id=each.certificate_id,
            certificate_name=named[each.id].certificate_name,
            organisation_name=named[each.id].organisation_name,
            admitted_on=each.admitted_on,
            levels_approved=named[each.id].levels_approved,
            days=(on - each.admitted_on).days,
        )
        for each in rows
    ]
