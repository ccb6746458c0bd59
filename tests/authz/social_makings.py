"""Social service on the ground: classes in their states, people in them, hours logged and verified."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import makings
from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.exams import make
from tests.world import World, identity_number
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.identity.models import Role
from x_pilot_api.registry.models import Teacher
from x_pilot_api.social_training import commands
from x_pilot_api.social_training.models import (
    SocialClass,
    SocialClassTeacher,
    SocialParticipant,
    WorkloadRatio,
    WorkloadRecord,
)
from x_pilot_api.social_training.schemas import WorkloadVerificationIn

CLASSES = ("draft", "ready", "open", "running", "full")
PEOPLE = 8
"""So many can be entered for an exam, each in a doing of their own."""
RECORDS = 8
_YEAR = {"effective_from": date(2026, 1, 1), "effective_to": date(2029, 12, 31)}


async def lay(session: AsyncSession, sealer: Sealer, world: World, made: Made) -> None:
    """Give each college its classes, and each institution a ratio; the first college's teacher teaches them all."""
    for school, there in enumerate(world.schools):
        await act_within(session, institution_id=there.id)
        owner = f"s{school + 1}"
        ratio = WorkloadRatio(
            institution_id=there.id, id=uuid4(), numerator=6, denominator=5, loaded_by=uuid4(),
            document_number=mark(owner), **_YEAR,
        )  # fmt: skip
        session.add(ratio)
        made.owners[ratio.id] = owner
        for college in range(2):
            found = await _of_college(session, sealer, world, made, school=school, college=college)
            found |= await _records(session, made, found, institution_id=there.id, owner=f"{owner}p{college}n8")
            await _verify(session, world, found["verified"], school=school)
            made.social[school, college] = found


async def _of_college(
    session: AsyncSession, sealer: Sealer, world: World, made: Made, *, school: int, college: int
) -> dict[str, UUID]:
    there, owner, people = world.schools[school], f"s{school + 1}p{college}n8", f"s{school + 1}p{college}q"
    person = select(Teacher.id).where(Teacher.institution_id == there.id, Teacher.name == mark(owner))
    found = {"teacher": (await session.scalars(person)).one()}
    today = makings.today()
    for state in CLASSES:
        found[state] = uuid4()
        session.add(
            SocialClass(
                institution_id=there.id,
                id=found[state],
                college_id=there.colleges[college],
                certificate_level_id=world.organisations[0].levels["2"],
                title=mark(owner),
                partner=mark(owner),
                hours_tenths=240,
                starts_on=today - timedelta(days=90),
                ends_on=today + timedelta(days=30),
                places=300,
                taken={"full": 1, "ready": 1, "running": PEOPLE}.get(state, 0),
                state={"ready": "open", "full": "running"}.get(state, state),
            )
        )
    await session.flush()
    taught = {"institution_id": there.id, "teacher_id": found["teacher"]}
    await session.execute(insert(SocialClassTeacher), [taught | {"social_class_id": found[state]} for state in CLASSES])
    serial = 20 * (2 * school + college)
    for number in range(PEOPLE):
        found[f"person{number}"] = await _person(session, sealer, found["running"], serial + number, there.id, people)
    for number, state in ((8, "ready"), (9, "full")):
        found[state + "_person"] = await _person(session, sealer, found[state], serial + number, there.id, people)
    made.owners |= {key: people if "person" in name else owner for name, key in found.items() if name != "teacher"}
    return found


async def _person(
    session: AsyncSession, sealer: Sealer, class_id: UUID, serial: int, institution_id: UUID, owner: str
) -> UUID:
    number, person_id = identity_number(serial, region="320803"), uuid4()
    session.add(
        SocialParticipant(
            institution_id=institution_id,
            id=person_id,
            social_class_id=class_id,
            identity_document_id=await make.document(session, sealer, number, institution_id=institution_id),
            name=mark(owner),
            social_group="enterprise_employee",
            employer=mark(owner),
            consented_on=date(2026, 1, 1),
            result="passed",
        )
    )
    await session.flush()
    return person_id


async def _records(
    session: AsyncSession, made: Made, at: dict[str, UUID], *, institution_id: UUID, owner: str
) -> dict[str, UUID]:
    """Let the class's teacher have logged some hours, of which some are in the book."""
    teacher = (await session.scalars(select(Teacher).where(Teacher.id == at["teacher"]))).one()
    logged_by = teacher.person_id or uuid4()
    found: dict[str, UUID] = {}
    names = (*(f"logged{number}" for number in range(RECORDS)), "refused", "changed", "withdrawn", "verified")
    for number, name in enumerate(names):
        found[name] = uuid4()
        session.add(
            WorkloadRecord(
                institution_id=institution_id,
                id=found[name],
                social_class_id=at["running"],
                teacher_id=at["teacher"],
                worked_on=makings.today() - timedelta(days=number + 1),
                hours_tenths=35,
                what=mark(owner),
                state="logged",
                logged_by=logged_by,
            )
        )
    await session.flush()
    made.owners |= dict.fromkeys(found.values(), owner)
    return found


async def _verify(session: AsyncSession, world: World, record_id: UUID, *, school: int) -> None:
    """Let the office have verified a record, so that it is in the book."""
    caller = world.callers["registrar" if school == 0 else "registrar_2"]
    office = Actor(
        id=caller.id,
        kind=ActorKind.PERSON,
        name="-",
        permissions=frozenset(),
        roles=frozenset({Role.REGISTRAR}),
        institution_id=world.schools[school].id,
    )
    wish = WorkloadVerificationIn(record_ids=[record_id])
    await commands.verify_work(
        session, office, institution_id=world.schools[school].id, wish=wish, at=datetime(2026, 1, 1, tzinfo=UTC)
    )
