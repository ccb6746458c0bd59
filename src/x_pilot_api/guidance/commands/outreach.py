"""Recording publicity of policies and trainings of administrators, and correcting what was recorded."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.guidance.errors import PeopleUnfit
from x_pilot_api.guidance.models import AdministratorTraining, AdministratorTrainingPerson, PolicyPublicity
from x_pilot_api.guidance.queries import outreach as queries
from x_pilot_api.guidance.queries import reach, staff
from x_pilot_api.guidance.rules import problems as rules
from x_pilot_api.guidance.schemas.outreach import AdministratorTrainingIn, PolicyPublicityIn

PUBLICITY_KIND = "policy_publicity"
TRAINING_KIND = "administrator_training"


async def record_publicity(
    session: AsyncSession, actor: Actor, *, wish: PolicyPublicityIn, today: date
) -> PolicyPublicity:
    """Record that a policy was made known."""
    institution_id = await reach.check_college(session, actor, wish.college_id)
    rules.check_held(wish.held_on, today=today)
    publicity = PolicyPublicity(**wish.model_dump(), institution_id=institution_id, recorded_by=actor.id)
    session.add(publicity)
    await session.flush()
    await _record(session, actor, "record_policy_publicity", publicity, kind=PUBLICITY_KIND, before=None)
    return publicity


async def correct_publicity(
    session: AsyncSession,
    actor: Actor,
    *,
    publicity_id: UUID,
    wish: PolicyPublicityIn,
    today: date,
    if_match: str | None,
) -> PolicyPublicity:
    """Write what was recorded of an occasion anew."""
    publicity = await reach.lock_own(session, actor, PolicyPublicity, publicity_id)
    (now,) = await queries.describe_publicities(session, actor, [publicity])
    etags.check(now, if_match=if_match)
    await reach.check_college(session, actor, wish.college_id)
    rules.check_held(wish.held_on, today=today)
    before = _standing(publicity)
    for name, value in wish.model_dump().items():
        setattr(publicity, name, value)
    await session.flush()
    await _record(session, actor, "correct_policy_publicity", publicity, kind=PUBLICITY_KIND, before=before)
    return publicity


async def record_training(
    session: AsyncSession, actor: Actor, *, wish: AdministratorTrainingIn, today: date
) -> AdministratorTraining:
    """Record a training with everybody who was invited."""
    institution_id = await reach.check_college(session, actor, wish.college_id)
    await _check_training(session, wish, institution_id=institution_id, today=today)
    training = AdministratorTraining(
        **wish.model_dump(exclude={"people"}), institution_id=institution_id, recorded_by=actor.id
    )
    session.add(training)
    await session.flush()
    await _write_people(session, training, wish)
    await _record(session, actor, "record_administrator_training", training, kind=TRAINING_KIND, before=None)
    return training


async def correct_training(
    session: AsyncSession,
    actor: Actor,
    *,
    training_id: UUID,
    wish: AdministratorTrainingIn,
    today: date,
    if_match: str | None,
) -> AdministratorTraining:
    """Write a training anew, its participants too."""
    training = await reach.lock_own(session, actor, AdministratorTraining, training_id)
    (now,) = await queries.describe_trainings(session, actor, [training])
    etags.check(now, if_match=if_match)
    await reach.check_college(session, actor, wish.college_id)
    await _check_training(session, wish, institution_id=training.institution_id, today=today)
    before = _standing(training)
    for name, value in wish.model_dump(exclude={"people"}).items():
        setattr(training, name, value)
    await session.flush()
    await session.execute(
        delete(AdministratorTrainingPerson).where(
            AdministratorTrainingPerson.institution_id == training.institution_id,
            AdministratorTrainingPerson.training_id == training.id,
        )
    )
    await _write_people(session, training, wish)
    await _record(session, actor, "correct_administrator_training", training, kind=TRAINING_KIND, before=before)
    return training


async def _check_training(
    session: AsyncSession, wish: AdministratorTrainingIn, *, institution_id: UUID, today: date
) -> None:
    rules.check_held(wish.held_on, today=today)
    ids = [each.person_id for each in wish.people]
    strangers = await staff.list_strangers(session, institution_id=institution_id, ids=ids)
    if strangers:
        raise PeopleUnfit(person_ids=", ".join(str(each) for each in strangers))


async def _write_people(session: AsyncSession, training: AdministratorTraining, wish: AdministratorTrainingIn) -> None:
    rows = [
        {"institution_id": training.institution_id, "training_id": training.id} | each.model_dump()
        for each in wish.people
    ]
    if rows:
        await session.execute(insert(AdministratorTrainingPerson), rows)


def _standing(row: PolicyPublicity | AdministratorTraining) -> audit.State:
    return changes.fields_of(row)


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    row: PolicyPublicity | AdministratorTraining,
    *,
    kind: str,
    before: audit.State | None,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=row.institution_id,
        object_kind=kind,
        object_id=row.id,
        before=before,
        after=_standing(row),
    )
