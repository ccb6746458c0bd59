"""Finding a class's participants, and telling them with their exam and certificate."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.registry.models import IdentityDocument
from x_pilot_api.social_training import rules
from x_pilot_api.social_training.models import (
    ParticipantResult,
    ParticipantState,
    SocialClass,
    SocialGroup,
    SocialParticipant,
)
from x_pilot_api.social_training.queries import classes, reach
from x_pilot_api.social_training.schemas import ParticipantExamOut, SocialParticipantOut

# The exam is the last one the class entered them for, or the one their certificate came of.
_TOLD = text("""
SELECT participant.id, document.masked_number, exam.registration_id, exam.exam_plan_id, exam.exam_plan_code,
    exam.exam_on, exam.admission_number, exam.registration_state, exam.award_id, exam.award_number, exam.award_state
FROM social_participants AS participant
JOIN identity_documents AS document ON document.institution_id = participant.institution_id
    AND document.id = participant.identity_document_id
LEFT JOIN LATERAL (
    SELECT registration.id AS registration_id, plan.id AS exam_plan_id, plan.code AS exam_plan_code, plan.exam_on,
        registration.admission_number, registration.state AS registration_state, award.id AS award_id,
        award.number AS award_number, award.state AS award_state
    FROM social_registrations AS entered
    JOIN registrations AS registration ON registration.institution_id = entered.institution_id
        AND registration.id = entered.registration_id
    JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id
        AND plan.id = registration.exam_plan_id
    LEFT JOIN results AS result ON result.institution_id = registration.institution_id
        AND result.registration_id = registration.id AND result.standing = 'effective'
    LEFT JOIN awards AS award ON award.institution_id = result.institution_id AND award.id = result.award_id
    WHERE entered.institution_id = participant.institution_id AND entered.participant_id = participant.id
    ORDER BY award.state = 'valid' DESC NULLS LAST, registration.id DESC LIMIT 1) AS exam ON true
WHERE participant.institution_id = :institution_id AND participant.id = ANY (:ids)
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))

# Who is named and cannot be registered is missing from what is found.
_TO_REGISTER = text("""
SELECT participant.id, participant.identity_document_id, participant.name, participant.employer
FROM social_participants AS participant
WHERE participant.institution_id = :institution_id AND participant.social_class_id = :social_class_id
    AND participant.state = 'enrolled' AND participant.result IS DISTINCT FROM 'failed'
    AND (CAST(:ids AS uuid[]) IS NULL OR participant.id = ANY (CAST(:ids AS uuid[])))
    AND NOT EXISTS (
        SELECT FROM candidates AS candidate
        JOIN registrations AS registration ON registration.institution_id = candidate.institution_id
            AND registration.candidate_id = candidate.id
        WHERE candidate.institution_id = participant.institution_id
            AND candidate.identity_document_id = participant.identity_document_id
            AND registration.exam_plan_id = :exam_plan_id
            AND registration.certificate_level_id = :certificate_level_id
            AND registration.state NOT IN ('refused', 'withdrawn'))
ORDER BY participant.id
""")


@dataclass(frozen=True)
class Registrable:
    """A participant who can be registered for an exam."""

    id: UUID
    document_id: UUID
    name: str = field(repr=False)
    employer: str | None = field(repr=False)


def visible_participants(actor: Actor) -> Select[SocialParticipant]:
    """Select the participants an actor may see: of the classes of their college, not of those they only teach."""
    seen = classes.visible_classes(actor)
    if not actor.roles & reach.SEE_ALL:
        seen = seen.where(SocialClass.college_id.in_(reach.own_colleges(actor)))
    return select(SocialParticipant).where(
        SocialParticipant.institution_id == actor.institution_id,
        SocialParticipant.social_class_id.in_(seen.with_only_columns(SocialClass.id)),
    )


async def get_participant(
    session: AsyncSession, actor: Actor, participant_id: UUID, *, lock: bool = False
) -> SocialParticipant:
    """Read one visible participant as they are now, locked when they are to be changed."""
    statement = visible_participants(actor).where(SocialParticipant.id == participant_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await lookups.get_one(
        session, statement.execution_options(populate_existing=True), what="participant", zh="学员"
    )


async def list_participants(
    session: AsyncSession,
    actor: Actor,
    class_: SocialClass,
    *,
    state: ParticipantState | None,
    social_group: SocialGroup | None,
    wish: PageWish,
) -> tuple[Sequence[SocialParticipant], str | None]:
    """List a class's participants in the order in which they were added."""
    statement = visible_participants(actor).where(SocialParticipant.social_class_id == class_.id)
    if state is not None:
        statement = statement.where(SocialParticipant.state == state)
    if social_group is not None:
        statement = statement.where(SocialParticipant.social_group == social_group)
    return await page_of(session, statement, order=(SocialParticipant.id,), wish=wish)


async def describe_participants(
    session: AsyncSession, actor: Actor, class_: SocialClass, rows: Sequence[SocialParticipant]
) -> list[SocialParticipantOut]:
    """Tell participants of one class in one statement however many they are."""
    values = {"institution_id": class_.institution_id, "ids": [row.id for row in rows]}
    told = {row.id: row for row in (await session.execute(_TOLD, values)).all()}
    is_run = classes.runs(actor, class_)
    return [
        SocialParticipantOut(
            id=row.id,
            social_class_id=row.social_class_id,
            name=row.name,
            masked_document_number=told[row.id].masked_number,
            social_group=SocialGroup(row.social_group),
            employer=row.employer,
            consented_on=row.consented_on,
            state=ParticipantState(row.state),
            reason=row.reason,
            attended_tenths=row.attended_tenths,
            result=ParticipantResult(row.result) if row.result else None,
            exam=ParticipantExamOut.model_validate(told[row.id], from_attributes=True)
            if told[row.id].registration_id
            else None,
            allowed_deeds=rules.allowed_participant_deeds(actor, row, state=class_.state, runs=is_run),
        )
        for row in rows
    ]


async def find_by_hash(
    session: AsyncSession, class_: SocialClass, hashes: Collection[bytes]
) -> dict[bytes, SocialParticipant]:
    """Find who of some people is or was in a class already, by the hashes of their documents."""
    statement = (
        select(IdentityDocument.lookup_hash, SocialParticipant)
        .join(
            IdentityDocument,
            (IdentityDocument.institution_id == SocialParticipant.institution_id)
            & (IdentityDocument.id == SocialParticipant.identity_document_id),
        )
        .where(
            SocialParticipant.institution_id == class_.institution_id,
            SocialParticipant.social_class_id == class_.id,
            IdentityDocument.lookup_hash.in_(hashes),
        )
    )
    return {row[0]: row[1] for row in (await session.execute(statement)).all()}


async def find_enrolled(
    session: AsyncSession, class_: SocialClass, ids: Collection[UUID]
) -> dict[UUID, SocialParticipant]:
    """Find those of some participants who take part in a class."""
    statement = select(SocialParticipant).where(
        SocialParticipant.institution_id == class_.institution_id,
        SocialParticipant.social_class_id == class_.id,
        SocialParticipant.state == ParticipantState.ENROLLED,
        SocialParticipant.id.in_(ids),
    )
    found = await session.scalars(statement.execution_options(populate_existing=True))
    return {row.id: row for row in found.all()}


async def find_to_register(
    session: AsyncSession, class_: SocialClass, *, exam_plan_id: UUID, ids: Sequence[UUID] | None
) -> Sequence[Registrable]:
    """Find who of a class can be registered for an exam, or who of those that are named."""
    values = {
        "institution_id": class_.institution_id,
        "social_class_id": class_.id,
        "exam_plan_id": exam_plan_id,
        "certificate_level_id": class_.certificate_level_id,
        "ids": None if ids is None else list(ids),
    }
    return [Registrable(*row) for row in (await session.execute(_TO_REGISTER, values)).all()]
