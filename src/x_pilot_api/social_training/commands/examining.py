"""Entering a class's participants for an exam, through the channel of social candidates."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams import queries as plans
from x_pilot_api.exams.commands import KnownPerson
from x_pilot_api.exams.models import RegistrationState
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.social_training import queries, rules
from x_pilot_api.social_training.errors import NobodyToRegister
from x_pilot_api.social_training.models import SocialClass
from x_pilot_api.social_training.queries import Registrable
from x_pilot_api.social_training.schemas import ClassExamIn, ClassRegisteredOut

# What was registered just now is found by who sits for what: a person has one live registration a plan and level.
_LINK = text("""
INSERT INTO social_registrations (institution_id, registration_id, participant_id)
SELECT participant.institution_id, registration.id, participant.id
FROM social_participants AS participant
JOIN candidates AS candidate ON candidate.institution_id = participant.institution_id
    AND candidate.identity_document_id = participant.identity_document_id
JOIN registrations AS registration ON registration.institution_id = candidate.institution_id
    AND registration.candidate_id = candidate.id
WHERE participant.institution_id = :institution_id AND participant.id = ANY (CAST(:participant_ids AS uuid[]))
    AND registration.id = ANY (CAST(:registration_ids AS uuid[]))
ORDER BY registration.id
""")


async def register_class(
    session: AsyncSession, actor: Actor, *, class_id: UUID, wish: ClassExamIn, terms: Terms
) -> ClassRegisteredOut:
    """Register participants for an exam of the class's level in one call, all or none, and keep who is who.

    The plan is locked first, as everybody does who registers; then the class.
    """
    plan = await plans.get_plan(session, actor, wish.exam_plan_id, lock=True)
    class_ = await queries.get_class(session, actor, class_id, own=True, lock=True)
    rules.check_beside("register_for_exam", class_)
    found = await queries.find_to_register(session, class_, exam_plan_id=plan.id, ids=wish.participant_ids)
    missing = sorted(set(wish.participant_ids or ()) - {each.id for each in found})
    if missing or not found:
        raise NobodyToRegister(participant_ids=", ".join(str(each) for each in missing[:20]) or "-")
    made = await exams.register_known_people(
        session,
        actor,
        plan=plan,
        college_id=class_.college_id,
        people=[_person(class_, each, wish) for each in found],
        terms=terms,
    )
    values = {
        "institution_id": class_.institution_id,
        "participant_ids": [each.id for each in found],
        "registration_ids": [each.id for each in made.registrations],
    }
    linked = await db.write(session, _LINK, values)
    await audit.record(
        session,
        actor,
        "register_social_class",
        institution_id=class_.institution_id,
        object_kind=rules.CLASS_KIND,
        object_id=class_.id,
        detail={"exam_plan_id": str(plan.id), "registered": linked},
    )
    return ClassRegisteredOut(
        social_class_id=class_.id,
        exam_plan_id=plan.id,
        registered=linked,
        accepted=sum(each.state == RegistrationState.ACCEPTED for each in made.registrations),
        waiting=sum(each.state == RegistrationState.WAITING for each in made.registrations),
    )


def _person(class_: SocialClass, each: Registrable, wish: ClassExamIn) -> KnownPerson:
    return KnownPerson(
        document_id=each.document_id,
        name=each.name,
        certificate_level_id=class_.certificate_level_id,
        employer=each.employer,
        sitting_id=wish.sitting_id,
    )
