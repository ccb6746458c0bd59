"""Counting across the areas: an exit's teach-out plan, a certificate's scorecard."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.certificates.models import Admission, Certificate, CertificateReview
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.governance import rules
from x_pilot_api.governance.models import TeachOutItem
from x_pilot_api.governance.schemas import MeanOut, PerThousandOut, RateOut, ScorecardOut, ScorecardsOut
from x_pilot_api.identity.models import Membership, Person, Role


async def list_teach_out(session: AsyncSession, review: CertificateReview) -> Sequence[TeachOutItem]:
    """List what an exit leaves to be done, what is due first first."""
    statement = select(TeachOutItem).where(
        TeachOutItem.institution_id == review.institution_id, TeachOutItem.review_id == review.id
    )
    return (await session.scalars(statement.order_by(TeachOutItem.due_on, TeachOutItem.id))).all()


async def get_item(session: AsyncSession, actor: Actor, item_id: UUID, *, lock: bool = False) -> TeachOutItem:
    """Read one item of a plan whose review the actor may see, locked when it is to be changed."""
    visible = certificates.reviews_visible_to(actor).with_only_columns(CertificateReview.id)
    statement = select(TeachOutItem).where(
        TeachOutItem.institution_id == actor.institution_id,
        TeachOutItem.id == item_id,
        TeachOutItem.review_id.in_(visible),
    )
    return await lookups.get_one(session, statement, what="teach-out item", zh="退出安排事项", lock=lock)


async def is_of_institution(session: AsyncSession, *, institution_id: UUID, person_id: UUID) -> bool:
    """Tell whether somebody holds a role in an institution and can sign in."""
    held = exists().where(
        Membership.institution_id == institution_id,
        Membership.person_id == person_id,
        Membership.role != Role.STUDENT,
        Person.id == Membership.person_id,
        Person.disabled_at.is_(None),
    )
    return bool(await session.scalar(select(held)))


_MINUTES = 60

_SCORECARDS = text("""
WITH seen AS (
    SELECT certificate.id, certificate.name, certificate.organisation_id, organisation.name AS organisation_name
    FROM certificates AS certificate JOIN organisations AS organisation ON organisation.id = certificate.organisation_id
    WHERE certificate.id = ANY(CAST(:certificate_ids AS uuid[]))
), sat AS (
    SELECT level.certificate_id,
        count(*) FILTER (WHERE result.activity = 'present' AND result.passed) AS passed,
        count(*) FILTER (WHERE result.activity = 'present' AND result.passed IS NOT NULL) AS sat
    FROM results AS result
    JOIN registrations AS registration ON registration.institution_id = result.institution_id
        AND registration.id = result.registration_id
    JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
    LEFT JOIN result_visibilities AS shown ON shown.institution_id = registration.institution_id
        AND shown.exam_plan_id = registration.exam_plan_id
    WHERE result.institution_id = :institution_id AND result.standing = 'effective'
        AND (shown.college_from IS NULL OR shown.college_from <= now())
        AND result.grading IN ('final', 'corrected')
        AND level.certificate_id IN (SELECT id FROM seen)
    GROUP BY level.certificate_id
), first AS (
    SELECT level.certificate_id, registration.id,
        CAST(min(result.recorded_at) AT TIME ZONE :timezone AS date) - min(plan.exam_on) AS days
    FROM results AS result
    JOIN registrations AS registration ON registration.institution_id = result.institution_id
        AND registration.id = result.registration_id
    JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id
        AND plan.id = registration.exam_plan_id
    JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
    WHERE result.institution_id = :institution_id AND result.grading IN ('final', 'corrected')
        AND level.certificate_id IN (SELECT id FROM seen)
    GROUP BY level.certificate_id, registration.id
), late AS (
    SELECT certificate_id, count(*) AS results, sum(days) AS days FROM first GROUP BY certificate_id
), corrected AS (
    SELECT level.certificate_id, count(*) FILTER (WHERE result.grading = 'corrected') AS corrections,
        count(DISTINCT (result.organisation_id, result.org_result_id)) AS results
    FROM results AS result
    JOIN registrations AS registration ON registration.institution_id = result.institution_id
        AND registration.id = result.registration_id
    JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
    WHERE result.institution_id = :institution_id AND level.certificate_id IN (SELECT id FROM seen)
    GROUP BY level.certificate_id
), answered AS (
    SELECT feedback.certificate_id, count(*) AS answers,
        sum(extract(epoch FROM answer.answered_at - answer.asked_at)) / 60 AS minutes
    FROM feedback_answers AS answer
    JOIN quality_feedback AS feedback ON feedback.institution_id = answer.institution_id
        AND feedback.id = answer.feedback_id
    WHERE answer.institution_id = :institution_id
    GROUP BY feedback.certificate_id
), waiting AS (
    SELECT certificate_id, count(*) AS feedback FROM quality_feedback
    WHERE institution_id = :institution_id AND state IN ('sent', 'reopened') GROUP BY certificate_id
)
SELECT seen.organisation_id, min(seen.organisation_name) AS organisation_name, seen.id AS certificate_id,
    min(seen.name) AS certificate_name,
    coalesce(sum(sat.passed), 0)::bigint AS passed, coalesce(sum(sat.sat), 0)::bigint AS sat,
    coalesce(sum(answered.answers), 0)::bigint AS answers,
    coalesce(round(sum(answered.minutes)), 0)::bigint AS minutes,
    coalesce(sum(waiting.feedback), 0)::bigint AS waiting,
    coalesce(sum(late.results), 0)::bigint AS results, coalesce(sum(late.days), 0)::bigint AS days,
    coalesce(sum(corrected.corrections), 0)::bigint AS corrections,
    coalesce(sum(corrected.results), 0)::bigint AS corrected_of
FROM seen
LEFT JOIN sat ON sat.certificate_id = seen.id
LEFT JOIN late ON late.certificate_id = seen.id
LEFT JOIN corrected ON corrected.certificate_id = seen.id
LEFT JOIN answered ON answered.certificate_id = seen.id
LEFT JOIN waiting ON waiting.certificate_id = seen.id
GROUP BY GROUPING SETS ((seen.organisation_id, seen.id), (seen.organisation_id))
""")


async def list_scorecards(
    session: AsyncSession,
    actor: Actor,
    *,
    organisation_id: UUID | None,
    certificate_id: UUID | None,
    timezone: str,
    wish: PageWish,
) -> tuple[list[ScorecardOut], str | None]:
    """List the scorecards of the certificates that the actor's institution runs, ran or reviews, by their names."""
    statement = _judged(actor)
    if organisation_id is not None:
        statement = statement.where(Certificate.organisation_id == organisation_id)
    if certificate_id is not None:
        statement = statement.where(Certificate.id == certificate_id)
    rows, token = await page_of(session, statement, order=(Certificate.name, Certificate.id), wish=wish)
    ids = [row.id for row in rows]
    cards = {card.certificate_id: card for card in await _read(session, actor, ids, timezone=timezone)}
    return [cards[found] for found in ids], token


async def get_scorecards_for(
    session: AsyncSession, actor: Actor, review: CertificateReview, *, timezone: str
) -> ScorecardsOut:
    """Read the scorecard of a reviewed certificate beside that of its whole organisation here."""
    certificate = await certificates.get_certificate(session, review.certificate_id)
    own = _judged(actor).where(Certificate.organisation_id == certificate.organisation.id)
    ids = list(await session.scalars(own.with_only_columns(Certificate.id)))
    cards = {card.certificate_id: card for card in await _read(session, actor, ids, timezone=timezone)}
    return ScorecardsOut(certificate=cards[certificate.id], organisation=cards[None])


def _judged(actor: Actor) -> Select[Certificate]:
    """Select the certificates that an institution runs, ran, or reviews."""
    run = select(Admission.certificate_id).where(Admission.institution_id == actor.institution_id)
    reviewed = select(CertificateReview.certificate_id).where(CertificateReview.institution_id == actor.institution_id)
    return select(Certificate).where(or_(Certificate.id.in_(run), Certificate.id.in_(reviewed)))


async def _read(
    session: AsyncSession, actor: Actor, certificate_ids: Sequence[UUID], *, timezone: str
) -> list[ScorecardOut]:
    """Count in one statement however many certificates there are, each by itself and an organisation's together."""
    values = {"institution_id": actor.institution_id, "certificate_ids": certificate_ids, "timezone": timezone}
    return [_told(row) for row in (await session.execute(_SCORECARDS, values)).all()]


def _told(row: Row[Any]) -> ScorecardOut:
    return ScorecardOut(
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        certificate_id=row.certificate_id,
        certificate_name=row.certificate_name if row.certificate_id is not None else None,
        pass_rate=RateOut(numerator=row.passed, denominator=row.sat, percent=rules.percent(row.passed, row.sat)),
        answer_hours=MeanOut(count=row.answers, mean=rules.mean(row.minutes, row.answers * _MINUTES)),
        waiting_answers=row.waiting,
        result_latency_days=MeanOut(count=row.results, mean=rules.mean(row.days, row.results)),
        corrections=PerThousandOut(
            numerator=row.corrections,
            denominator=row.corrected_of,
            per_thousand=rules.per_thousand(row.corrections, row.corrected_of),
        ),
    )
