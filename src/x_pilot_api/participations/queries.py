"""Finding participation, and what decisions about it rest on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Admission, Certificate, CertificateLevel
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.participations.models import Participation, ParticipationDecision, ParticipationState
from x_pilot_api.participations.schemas import ParticipationIn
from x_pilot_api.registry.models import College, Programme, Student

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})


@dataclass(frozen=True)
class Described:
    """One participation with the names of what it connects."""

    participation: Participation
    certificate_name: str
    level: str
    college_name: str
    programme_name: str | None


def visible_participations(actor: Actor) -> Select[Participation]:
    """Select what an actor may see: an office all of the institution's, a coordinator those they act for."""
    if actor.institution_id is None:
        return select(Participation).where(false())
    own = select(Participation).where(Participation.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL:
        return own
    bounds: list[ColumnElement[bool]] = [false()]
    if actor.college_ids:
        bounds.append(Participation.college_id.in_(actor.college_ids))
    if actor.programme_ids:
        bounds.append(Participation.programme_id.in_(actor.programme_ids))
    return own.where(or_(*bounds))


async def get_participation(
    session: AsyncSession, actor: Actor, participation_id: UUID, *, lock: bool = False
) -> Participation:
    """Read one visible participation, locked when it is to be decided on."""
    statement = visible_participations(actor).where(Participation.id == participation_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await lookups.get_one(session, statement, what="participation", zh="试点参与记录")


async def list_participations(
    session: AsyncSession,
    actor: Actor,
    *,
    academic_year: str | None,
    college_id: UUID | None,
    programme_id: UUID | None,
    certificate_level_id: UUID | None,
    state: ParticipationState | None,
    wish: PageWish,
) -> tuple[Sequence[Participation], str | None]:
    """List visible participation, the oldest first."""
    statement = visible_participations(actor)
    for column, value in (
        (Participation.academic_year, academic_year),
        (Participation.college_id, college_id),
        (Participation.programme_id, programme_id),
        (Participation.certificate_level_id, certificate_level_id),
        (Participation.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return await page_of(session, statement, order=(Participation.id,), wish=wish)


async def describe(session: AsyncSession, participations: Sequence[Participation]) -> list[Described]:
    """Tell participations with their names, in one statement however many they are."""
    statement = (
        select(
            Participation.id,
            Certificate.name.label("certificate_name"),
            CertificateLevel.level,
            College.name.label("college_name"),
            Programme.name.label("programme_name"),
        )
        .join(CertificateLevel, CertificateLevel.id == Participation.certificate_level_id)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .join(
            College,
            and_(College.institution_id == Participation.institution_id, College.id == Participation.college_id),
        )
        .outerjoin(
            Programme,
            and_(Programme.institution_id == Participation.institution_id, Programme.id == Participation.programme_id),
        )
        .where(
            Participation.institution_id.in_({each.institution_id for each in participations}),
            Participation.id.in_([each.id for each in participations]),
        )
    )
    named = {row.id: row for row in (await session.execute(statement)).all()}
    return [
        Described(
            each,
            named[each.id].certificate_name,
            named[each.id].level,
            named[each.id].college_name,
            named[each.id].programme_name,
        )
        for each in participations
    ]


async def list_decisions(session: AsyncSession, participation: Participation) -> Sequence[ParticipationDecision]:
    """List what was decided on a participation, in order."""
    statement = (
        select(ParticipationDecision)
        .where(
            ParticipationDecision.institution_id == participation.institution_id,
            ParticipationDecision.participation_id == participation.id,
        )
        .order_by(ParticipationDecision.number)
    )
    return (await session.scalars(statement)).all()


async def get_place(session: AsyncSession, actor: Actor, *, college_id: UUID | None, programme_id: UUID | None) -> UUID:
    """Tell which college is asked for, by itself or by its programme; only what the actor acts for is found."""
    if actor.institution_id is None:
        raise NotFound(what="college", zh="学院")
    if programme_id is None:
        found = await session.scalar(
            select(College.id).where(College.institution_id == actor.institution_id, College.id == college_id)
        )
        if found is None or found not in actor.college_ids:
            raise NotFound(what="college", zh="学院")
        return found
    college = await session.scalar(
        select(Programme.college_id).where(
            Programme.institution_id == actor.institution_id, Programme.id == programme_id
        )
    )
    if college is None or (college not in actor.college_ids and programme_id not in actor.programme_ids):
        raise NotFound(what="programme", zh="专业")
    return college


async def find_existing(
    session: AsyncSession, wish: ParticipationIn, *, institution_id: UUID, college_id: UUID
) -> Participation | None:
    """Find the one participation there can be of a college or programme with a level in a year."""
    statement = select(Participation).where(
        Participation.institution_id == institution_id,
        Participation.academic_year == wish.academic_year,
        Participation.certificate_level_id == wish.certificate_level_id,
        Participation.college_id == college_id,
        Participation.programme_id.is_not_distinct_from(wish.programme_id),
    )
    return (await session.scalars(statement)).one_or_none()


async def is_admitted(
    session: AsyncSession, *, institution_id: UUID, college_id: UUID, certificate_level_id: UUID, on: date
) -> bool:
    """Tell whether a college runs a level's certificate on a day."""
    runs = exists().where(
        CertificateLevel.id == certificate_level_id,
        Admission.institution_id == institution_id,
        Admission.college_id == college_id,
        Admission.certificate_id == CertificateLevel.certificate_id,
        Admission.admitted_on <= on,
        Admission.exited_on.is_(None) | (Admission.exited_on > on),
    )
    return bool(await session.scalar(select(runs)))


async def lock_quotas(
    session: AsyncSession,
    *,
    institution_id: UUID,
    academic_year: str,
    student_ids: Collection[UUID],
    level_ids: Collection[UUID],
) -> Mapping[UUID, Participation]:
    """Lock, in the order of their ids, every participation that registrations of students could count against.

    Whoever reads what is taken after this reads what nobody else changes before the end of the transaction.
    """
    of_students = (
        select(Programme.id, Programme.college_id)
        .join(
            Student,
            and_(Student.institution_id == Programme.institution_id, Student.programme_id == Programme.id),
        )
        .where(Programme.institution_id == institution_id, Student.id.in_(student_ids))
        .distinct()
        .cte("of_students")
    )
    statement = (
        select(Participation)
        .where(
            Participation.institution_id == institution_id,
            Participation.academic_year == academic_year,
            Participation.certificate_level_id.in_(set(level_ids)),
            or_(
                Participation.programme_id.in_(select(of_students.c.id)),
                and_(
                    Participation.programme_id.is_(None),
                    Participation.college_id.in_(select(of_students.c.college_id)),
                ),
            ),
        )
        .order_by(Participation.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {found.id: found for found in (await session.scalars(statement)).all()}
