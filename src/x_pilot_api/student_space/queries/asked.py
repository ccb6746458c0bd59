"""What a student could ask for and has asked for: registrations to make, conversions, links, objections."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries as awards
from x_pilot_api.awards.models import Award, AwardShare
from x_pilot_api.awards.schemas import AwardShareOut
from x_pilot_api.core import clock, lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.credits import queries as credits_
from x_pilot_api.credits.models import Conversion
from x_pilot_api.credits.schemas import ConversionOut
from x_pilot_api.exams import queries as exam_queries
from x_pilot_api.exams.models import Candidate, Registration, ResultObjection, ResultObjectionState
from x_pilot_api.student_space.queries.owning import LISTED_MAX, Own
from x_pilot_api.student_space.schemas import OpenLevelOut, OwnConversionOut, OwnObjectionOut

_OPEN = text("""
SELECT plan.id AS exam_plan_id, plan.name AS exam_name, examined.certificate_level_id,
    certificate.name AS certificate_name, level.level, organisation.name AS organisation_name,
    plan.registration_opens_on, plan.registration_closes_on, plan.exam_on, plan.objections_until,
    mine.id AS registration_id
FROM exam_plans AS plan
JOIN exam_plan_levels AS examined ON examined.institution_id = plan.institution_id AND examined.exam_plan_id = plan.id
JOIN certificate_levels AS level ON level.id = examined.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
JOIN organisations AS organisation ON organisation.id = certificate.organisation_id
LEFT JOIN candidates AS candidate ON candidate.institution_id = plan.institution_id
    AND candidate.student_id = :student_id
LEFT JOIN registrations AS mine ON mine.institution_id = plan.institution_id AND mine.exam_plan_id = plan.id
    AND mine.candidate_id = candidate.id AND mine.certificate_level_id = examined.certificate_level_id
    AND mine.state NOT IN ('withdrawn', 'refused')
WHERE plan.institution_id = :institution_id AND plan.published_at IS NOT NULL AND plan.cancelled_at IS NULL
    AND :today BETWEEN plan.registration_opens_on AND plan.registration_closes_on
ORDER BY plan.registration_closes_on, plan.id, level.level LIMIT :size
""")


async def list_open_levels(session: AsyncSession, own: Own, *, today: date) -> list[OpenLevelOut]:
    """List the levels of plans that take registrations today, those that close first before the others."""
    rows = await session.execute(_OPEN, own.bound() | {"today": today})
    return [OpenLevelOut.model_validate(row, from_attributes=True) for row in rows]


async def list_conversions(
    session: AsyncSession, actor: Actor, own: Own, *, ids: Collection[UUID] | None = None
) -> list[OwnConversionOut]:
    """List the student's conversions, the newest first."""
    statement = select(Conversion).where(
        Conversion.institution_id == own.institution_id, Conversion.student_id == own.student_id
    )
    if ids is not None:
        statement = statement.where(Conversion.id.in_(ids))
    statement = statement.order_by(Conversion.id.desc()).limit(LISTED_MAX).execution_options(populate_existing=True)
    rows = (await session.scalars(statement)).all()
    return [_conversion(told) for told in await credits_.tell_conversions(session, actor, rows)]


async def get_conversion(session: AsyncSession, actor: Actor, own: Own, conversion_id: UUID) -> OwnConversionOut:
    """Read one of the student's conversions."""
    found = await list_conversions(session, actor, own, ids=[conversion_id])
    if not found:
        raise NotFound(what="conversion", zh="转换申请")
    return found[0]


def _conversion(told: ConversionOut) -> OwnConversionOut:
    return OwnConversionOut.model_validate(told.model_dump())


async def get_own_award(session: AsyncSession, own: Own, award_id: UUID) -> UUID:
    """See that a certificate is the student's."""
    mine = select(Award.id).where(
        Award.institution_id == own.institution_id, Award.student_id == own.student_id, Award.id == award_id
    )
    return await lookups.get_one(session, mine, what="award", zh="证书")


async def list_shares(session: AsyncSession, own: Own, *, ids: Collection[UUID] | None = None) -> list[AwardShareOut]:
    """List the links to the student's certificates that were not recalled, the newest first."""
    statement = select(AwardShare).where(
        AwardShare.institution_id == own.institution_id,
        AwardShare.student_id == own.student_id,
        AwardShare.recalled_at.is_(None),
    )
    if ids is not None:
        statement = statement.where(AwardShare.id.in_(ids))
    statement = statement.order_by(AwardShare.id.desc()).limit(LISTED_MAX).execution_options(populate_existing=True)
    return await awards.tell_shares(session, (await session.scalars(statement)).all())


async def get_own_share(session: AsyncSession, own: Own, share_id: UUID) -> AwardShare:
    """Read one link to a certificate of the student's."""
    statement = select(AwardShare).where(
        AwardShare.institution_id == own.institution_id,
        AwardShare.student_id == own.student_id,
        AwardShare.id == share_id,
    )
    return await lookups.get_one(session, statement, what="share link", zh="分享链接")


async def list_objections(
    session: AsyncSession, actor: Actor, own: Own, *, ids: Collection[UUID] | None = None
) -> list[OwnObjectionOut]:
    """List the objections to the student's results, whoever raised them, but for those withdrawn; the newest first."""
    mine = (
        select(Registration.id)
        .join(
            Candidate,
            (Candidate.institution_id == Registration.institution_id) & (Candidate.id == Registration.candidate_id),
        )
        .where(Registration.institution_id == own.institution_id, Candidate.student_id == own.student_id)
    )
    statement = exam_queries.objections_visible_to(actor).where(
        ResultObjection.registration_id.in_(mine), ResultObjection.state != ResultObjectionState.WITHDRAWN
    )
    if ids is not None:
        statement = statement.where(ResultObjection.id.in_(ids))
    statement = statement.order_by(ResultObjection.id.desc()).limit(LISTED_MAX)
    rows = (await session.scalars(statement.execution_options(populate_existing=True))).all()
    return await _objections(session, actor, rows)


async def _objections(session: AsyncSession, actor: Actor, rows: Sequence[ResultObjection]) -> list[OwnObjectionOut]:
    told = await exam_queries.describe_objections(session, actor, rows, today=clock.now().date())
    return [
        OwnObjectionOut(registration_id=row.registration_id, **one.model_dump(include=_OF_OBJECTION))
        for row, one in zip(rows, told, strict=True)
    ]


_OF_OBJECTION = set(OwnObjectionOut.model_fields) - {"registration_id"}
