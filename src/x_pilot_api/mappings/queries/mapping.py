"""Finding conversion rules, and what decisions about them rest on."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.certificates.models import Admission, AdmissionStatus, Certificate, CertificateLevel
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.mappings import rules
from x_pilot_api.mappings.models import Direction, Mapping, MappingCourse, MappingState
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Course, Programme

_READERS = frozenset({Role.REGISTRAR, Role.COORDINATOR, Role.TEACHER, Role.AUDITOR})
"""Who reads the rules of their whole institution."""


def visible_mappings(actor: Actor) -> Select[Mapping]:
    """Select the rules an actor may see: their institution's, or those of their organisation's certificates."""
    reasons: list[ColumnElement[bool]] = [false()]
    if actor.institution_id is not None and actor.roles & _READERS:
        reasons.append(Mapping.institution_id == actor.institution_id)
    if actor.organisation_id is not None:
        reasons.append(Mapping.certificate_level_id.in_(certificates.levels_of(actor.organisation_id)))
    return select(Mapping).where(or_(*reasons))


async def list_mappings(
    session: AsyncSession,
    actor: Actor,
    *,
    programme_id: UUID | None,
    certificate_level_id: UUID | None,
    direction: Direction | None,
    state: MappingState | None,
    wish: PageWish,
) -> tuple[Sequence[Mapping], str | None]:
    """List visible rules, the oldest first."""
    statement = visible_mappings(actor)
    for column, value in (
        (Mapping.programme_id, programme_id),
        (Mapping.certificate_level_id, certificate_level_id),
        (Mapping.direction, direction),
        (Mapping.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return await page_of(session, statement, order=(Mapping.id,), wish=wish)


async def get_mapping(session: AsyncSession, actor: Actor, mapping_id: UUID) -> Mapping:
    """Read one visible rule."""
    return await lookups.get_one(
        session, visible_mappings(actor).where(Mapping.id == mapping_id), what="mapping", zh="转换规则"
    )


async def get_office_mapping(session: AsyncSession, actor: Actor, mapping_id: UUID) -> Mapping:
    """Read one rule of the actor's own institution, for the deeds of its office."""
    mapping = await get_mapping(session, actor, mapping_id)
    if mapping.institution_id != actor.institution_id:
        raise NotFound(what="mapping", zh="转换规则")
    return mapping


async def lock_mapping(session: AsyncSession, *, institution_id: UUID, mapping_id: UUID) -> Mapping:
    """Lock one rule and read it as it is now."""
    statement = (
        select(Mapping)
        .where(Mapping.institution_id == institution_id, Mapping.id == mapping_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def lock_office_mapping(session: AsyncSession, actor: Actor, mapping_id: UUID) -> Mapping:
    """Lock a rule of the actor's own institution and read it as it is now."""
    seen = await get_office_mapping(session, actor, mapping_id)
    return await lock_mapping(session, institution_id=seen.institution_id, mapping_id=seen.id)


async def lock_series(session: AsyncSession, mapping: Mapping) -> Sequence[Mapping]:
    """Lock all rules of the same programme, level and direction, in the order of their ids."""
    statement = (
        select(Mapping)
        .where(
            Mapping.institution_id == mapping.institution_id,
            Mapping.programme_id == mapping.programme_id,
            Mapping.certificate_level_id == mapping.certificate_level_id,
            Mapping.direction == mapping.direction,
        )
        .order_by(Mapping.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def lock_programme(session: AsyncSession, *, institution_id: UUID, programme_id: UUID) -> None:
    """Let one deed at a time give a programme a version or put a rule of it into force."""
    statement = (
        select(Programme.id)
        .where(Programme.institution_id == institution_id, Programme.id == programme_id)
        .with_for_update(key_share=True)
    )
    await session.execute(statement)


async def find_own_programme(session: AsyncSession, actor: Actor, programme_id: UUID) -> Programme | None:
    """Find a programme the actor may write rules for: any of the institution, or one they act for."""
    statement = registry.visible_programmes(actor).where(Programme.id == programme_id)
    if Role.REGISTRAR not in actor.roles:
        statement = statement.where(
            or_(Programme.college_id.in_(actor.college_ids), Programme.id.in_(actor.programme_ids))
        )
    return (await session.scalars(statement)).one_or_none()


async def get_own_programme(session: AsyncSession, actor: Actor, programme_id: UUID) -> Programme:
    """Read a programme the actor may propose rules for."""
    programme = await find_own_programme(session, actor, programme_id)
    if programme is None:
        raise NotFound(what="programme", zh="专业")
    return programme


async def get_own_mapping(session: AsyncSession, actor: Actor, mapping_id: UUID) -> tuple[Mapping, Programme]:
    """Read a rule the actor may write, with its programme; one of another college is answered as if it were not."""
    mapping = await get_office_mapping(session, actor, mapping_id)
    programme = await find_own_programme(session, actor, mapping.programme_id)
    if programme is None:
        raise NotFound(what="mapping", zh="转换规则")
    return mapping, programme


async def find_exit(
    session: AsyncSession, *, institution_id: UUID, college_id: UUID, certificate_id: UUID
) -> date | None:
    """Find when a college gave a certificate up."""
    statement = select(Admission.exited_on).where(
        Admission.institution_id == institution_id,
        Admission.college_id == college_id,
        Admission.certificate_id == certificate_id,
        Admission.status == AdmissionStatus.EXITED,
    )
    # An exit decided at this moment is waited for, and none can be decided until the rule is there.
    await certificates.hold_admissions(session, institution_id=institution_id, certificate_id=certificate_id)
    return await session.scalar(statement)


async def find_courses(session: AsyncSession, programme: Programme, course_ids: Sequence[UUID]) -> dict[UUID, Course]:
    """Find courses of a programme by id."""
    statement = select(Course).where(
        Course.institution_id == programme.institution_id,
        Course.programme_id == programme.id,
        Course.id.in_(course_ids),
    )
    return {course.id: course for course in await session.scalars(statement)}


async def count_versions(
    session: AsyncSession, programme: Programme, *, certificate_level_id: UUID, direction: str
) -> int:
    """Tell the highest version there is of a programme's rule for a level in one direction."""
    statement = select(func.coalesce(func.max(Mapping.version), 0)).where(
        Mapping.institution_id == programme.institution_id,
        Mapping.programme_id == programme.id,
        Mapping.certificate_level_id == certificate_level_id,
        Mapping.direction == direction,
    )
    return (await session.execute(statement)).scalar_one()


async def find_earlier(session: AsyncSession, mapping: Mapping) -> Mapping | None:
    """Find the version a rule was made from, or else the one before it."""
    earlier = select(Mapping).where(
        Mapping.institution_id == mapping.institution_id,
        Mapping.programme_id == mapping.programme_id,
        Mapping.certificate_level_id == mapping.certificate_level_id,
        Mapping.direction == mapping.direction,
        Mapping.version < mapping.version,
    )
    if mapping.revises_id is not None:
        earlier = earlier.where(Mapping.id == mapping.revises_id)
    return (await session.scalars(earlier.order_by(Mapping.version.desc()).limit(1))).one_or_none()


async def get_stakes(session: AsyncSession, mapping: Mapping) -> rules.Stakes:
    """Read whom a rule concerns."""
    statement = (
        select(Programme.college_id, CertificateLevel.certificate_id, Certificate.organisation_id)
        .select_from(Programme)
        .join(CertificateLevel, CertificateLevel.id == mapping.certificate_level_id)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .where(Programme.institution_id == mapping.institution_id, Programme.id == mapping.programme_id)
    )
    row = (await session.execute(statement)).one()
    return rules.Stakes(row.college_id, mapping.programme_id, row.certificate_id, row.organisation_id)


async def list_people_who_agreed(session: AsyncSession, mapping: Mapping) -> set[UUID]:
    """List who agreed to a rule, for either party."""
    statement = select(AuditEvent.actor_id).where(
        AuditEvent.institution_id == mapping.institution_id,
        AuditEvent.object_kind == rules.AUDIT_KIND,
        AuditEvent.object_id == mapping.id,
        AuditEvent.deed == rules.AGREE_DEED,
    )
    return set(await session.scalars(statement))


async def find_agreed_by(session: AsyncSession, actor: Actor, mappings: Sequence[Mapping]) -> set[UUID]:
    """Find those of some rules that an actor agreed to, for either party."""
    if not mappings:
        return set()
    statement = select(AuditEvent.object_id).where(
        AuditEvent.institution_id.in_({mapping.institution_id for mapping in mappings}),
        AuditEvent.object_kind == rules.AUDIT_KIND,
        AuditEvent.object_id.in_([mapping.id for mapping in mappings]),
        AuditEvent.deed == rules.AGREE_DEED,
        AuditEvent.actor_id == actor.id,
    )
    return set(await session.scalars(statement))


async def sum_credits(session: AsyncSession, mapping: Mapping) -> int:
    """Add up a rule's credits, in hundredths."""
    statement = select(func.sum(MappingCourse.credit_hundredths)).where(
        MappingCourse.institution_id == mapping.institution_id, MappingCourse.mapping_id == mapping.id
    )
    return int((await session.execute(statement)).scalar_one() or 0)


async def find_converted_elsewhere(
    session: AsyncSession, mapping: Mapping, *, certificate_id: UUID, effective_from: date, effective_to: date | None
) -> Row[str, str, UUID, str] | None:
    """Find a course of the rule that another certificate's rule converts for the same years and days."""
    own_courses = select(MappingCourse.course_id).where(
        MappingCourse.institution_id == mapping.institution_id, MappingCourse.mapping_id == mapping.id
    )
    statement = (
        select(
            Course.code.label("course_code"),
            Course.name.label("course_name"),
            Mapping.id.label("mapping_id"),
            Certificate.name.label("certificate_name"),
        )
        .join(
            MappingCourse,
            and_(MappingCourse.institution_id == Mapping.institution_id, MappingCourse.mapping_id == Mapping.id),
        )
        .join(
            Course,
            and_(Course.institution_id == MappingCourse.institution_id, Course.id == MappingCourse.course_id),
        )
        .join(CertificateLevel, CertificateLevel.id == Mapping.certificate_level_id)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .where(
            Mapping.institution_id == mapping.institution_id,
            Mapping.programme_id == mapping.programme_id,
            Mapping.direction == Direction.CERTIFICATE_TO_COURSE,
            Mapping.state.in_(rules.IN_FORCE),
            Mapping.entry_year_from <= mapping.entry_year_to,
            Mapping.entry_year_to >= mapping.entry_year_from,
            or_(Mapping.effective_to.is_(None), Mapping.effective_to > effective_from),
            Certificate.id != certificate_id,
            MappingCourse.course_id.in_(own_courses),
        )
        .order_by(Course.code, Mapping.id)
        .limit(1)
    )
    if effective_to is not None:
        statement = statement.where(Mapping.effective_from < effective_to)
    return (await session.execute(statement)).one_or_none()
