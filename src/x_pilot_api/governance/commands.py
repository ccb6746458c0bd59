"""Proposing an exit with all that it leaves to be done, and keeping that plan up to date."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import commands as certificates
from x_pilot_api.certificates.models import CertificateReview
from x_pilot_api.certificates.schemas import ExitIn
from x_pilot_api.core import audit, changes, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.governance import queries
from x_pilot_api.governance.errors import DoneInFuture, OwnerUnknown
from x_pilot_api.governance.models import TeachOutItem
from x_pilot_api.governance.schemas import TeachOutItemChange, TeachOutItemOut

# One statement for all that an exit concerns. An attempt of a student in training is unused until they sat an exam, or
# stayed away from two (decisions on guaranteed attempts); registrations that have a final result are done already.
_COUNT = text("""
WITH trained AS (
    SELECT programme.id AS programme_id, student.identity_document_id
    FROM programmes AS programme
    JOIN students AS student ON student.institution_id = programme.institution_id
        AND student.programme_id = programme.id AND student.status = 'enrolled'
    WHERE programme.institution_id = :institution_id AND programme.college_id = :college_id AND programme.is_pilot
), tried AS (
    SELECT candidate.identity_document_id,
        count(*) FILTER (WHERE result.activity IN ('present', 'breach')) AS sat,
        count(*) FILTER (WHERE result.activity = 'absent') AS missed
    FROM results AS result
    JOIN registrations AS registration ON registration.institution_id = result.institution_id
        AND registration.id = result.registration_id
    JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
        AND candidate.id = registration.candidate_id
    WHERE result.institution_id = :institution_id AND result.standing = 'effective'
    GROUP BY candidate.identity_document_id
), found AS (
    SELECT 'students_in_training' AS kind, trained.programme_id AS subject_id, count(*) AS concerned,
        CAST(:exit_on AS date) AS due_on
    FROM trained GROUP BY trained.programme_id
    UNION ALL
    SELECT 'unused_attempts', trained.programme_id, count(*), CAST(:exit_on AS date)
    FROM trained LEFT JOIN tried ON tried.identity_document_id = trained.identity_document_id
    WHERE coalesce(tried.sat, 0) = 0 AND coalesce(tried.missed, 0) < 2
    GROUP BY trained.programme_id
    UNION ALL
    SELECT 'mapping', mapping.id, 1, greatest(mapping.effective_to, CAST(:exit_on AS date))
    FROM mappings AS mapping
    JOIN programmes AS programme ON programme.institution_id = mapping.institution_id
        AND programme.id = mapping.programme_id
    JOIN certificate_levels AS level ON level.id = mapping.certificate_level_id
    WHERE mapping.institution_id = :institution_id AND programme.college_id = :college_id
        AND level.certificate_id = :certificate_id AND mapping.state NOT IN ('withdrawn', 'superseded')
    UNION ALL
    SELECT 'registrations', registration.exam_plan_id, count(*), greatest(min(plan.exam_on), CAST(:today AS date))
    FROM registrations AS registration
    JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id
        AND plan.id = registration.exam_plan_id
    JOIN certificate_levels AS level ON level.id = registration.certificate_level_id
    WHERE registration.institution_id = :institution_id AND registration.college_id = :college_id
        AND level.certificate_id = :certificate_id AND registration.state NOT IN ('refused', 'withdrawn')
        AND NOT EXISTS (
            SELECT FROM results AS result
            WHERE result.institution_id = registration.institution_id AND result.registration_id = registration.id
                AND result.standing = 'effective' AND result.grading IN ('final', 'corrected'))
    GROUP BY registration.exam_plan_id
)
INSERT INTO teach_out_items (institution_id, review_id, kind, subject_id, concerned, due_on, owner_id)
SELECT :institution_id, :review_id, found.kind, found.subject_id, found.concerned, found.due_on, :owner_id
FROM found ORDER BY found.kind, found.due_on, found.subject_id
RETURNING kind, concerned
""")

_FIELDS = ("due_on", "owner_id", "done_on", "remark")


async def propose_exit(session: AsyncSession, actor: Actor, *, wish: ExitIn, today: date) -> CertificateReview:
    """Propose that a certificate leaves a college, and keep what that leaves to be done, at first by the proposer."""
    review = await certificates.propose_exit(session, actor, wish=wish, today=today)
    counted = await session.execute(
        _COUNT,
        {
            "institution_id": review.institution_id,
            "college_id": review.college_id,
            "certificate_id": review.certificate_id,
            "review_id": review.id,
            "exit_on": wish.exit_on,
            "today": today,
            "owner_id": actor.id,
        },
    )
    totals: dict[str, int] = {}
    for row in counted:
        totals[row.kind] = totals.get(row.kind, 0) + row.concerned
    await audit.record(
        session,
        actor,
        "plan_teach_out",
        institution_id=review.institution_id,
        object_kind="certificate_review",
        object_id=review.id,
        detail={"concerned": totals, "exit_on": str(wish.exit_on)},
    )
    return review


async def change_teach_out_item(
    session: AsyncSession,
    actor: Actor,
    *,
    item_id: UUID,
    change: TeachOutItemChange,
    if_match: str | None,
    today: date,
) -> TeachOutItem:
    """Give an item another day or owner, or say that it is done."""
    item = await queries.get_item(session, actor, item_id, lock=True)
    etags.check(TeachOutItemOut.model_validate(item, from_attributes=True), if_match=if_match)
    if change.done_on is not None and change.done_on > today:
        raise DoneInFuture(done_on=str(change.done_on), today=str(today))
    if change.owner_id is not None and not await queries.is_of_institution(
        session, institution_id=item.institution_id, person_id=change.owner_id
    ):
        raise OwnerUnknown
    before = changes.fields_of(item, *_FIELDS)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(item, name, value)
    await session.flush()
    await audit.record(
        session,
        actor,
        "change_teach_out_item",
        institution_id=item.institution_id,
        object_kind="teach_out_item",
        object_id=item.id,
        detail={"review_id": str(item.review_id), "kind": item.kind},
        before=before,
        after=changes.fields_of(item, *_FIELDS),
    )
    return item
