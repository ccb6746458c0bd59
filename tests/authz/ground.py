"""Two mirrored institutions and two organisations with everything in them that a route can be asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import (
    award_makings,
    closed_accounts,
    converting,
    costing,
    exam_halls,
    governing,
    importing,
    joint_makings,
    makings,
    notice_makings,
    outcoming,
    parts,
    pilot,
    planning,
    posts_makings,
    publishing,
    qualifications_makings,
    register,
    registering,
    report_makings,
    result_makings,
    settling,
    simulations,
    social_makings,
    spaces,
    supervision_makings,
    tills,
    training_makings,
)
from tests.authz.canaries import mark, owned
from tests.authz.corner import Corner
from tests.authz.makings import Made
from tests.conftest import make_token
from tests.exams import make
from tests.world import Caller, World, build_world, identity_number
from x_pilot_api.app import create_app
from x_pilot_api.awards.models import Award
from x_pilot_api.core.service import Service
from x_pilot_api.credits.models import CreditAccount
from x_pilot_api.exams.models import Candidate
from x_pilot_api.identity import passwords
from x_pilot_api.identity.models import Membership, Person, PlatformRole

PASSWORD = "open sesame"
SOCIAL = {0: identity_number(901), 1: identity_number(902)}


@dataclass(frozen=True)
class Ground:
    """What the matrix stands on: the world, its corners, and whose each id is."""

    world: World
    corners: dict[str, Corner]
    ids: dict[str, str]


PLACES = {
    "own": (0, 0, 0),
    "sibling_college": (0, 1, 0),
    "other_institution": (1, 0, 0),
    "other_organisation": (0, 0, 1),
}
"""School, college and organisation of each relation, as the first coordinator and the first organisation see it."""

PEOPLE = {
    "own": "teacher",
    "sibling_college": "sibling_coordinator",
    "other_institution": "teacher_2",
    "other_organisation": "org_staff_2",
}
"""Whose account and role stand for each relation."""


async def lay(service: Service) -> Ground:
    """Make everything and commit it."""
    made = Made()
    async with service.database.transaction() as session:
        world = await build_world(session, service.sealer)
        await makings.siblings(session, service.sealer, world, made)
        await makings.marks(session, world, made)
        world.callers["platform_auditor"] = Caller(await makings.platform_auditor(session))
        await makings.sessions(session)
        await register.entries(session, world, made)
        await pilot.lay(session, world, made)
        await publishing.lay(session, world, made)
        await posts_makings.lay(session, world, made)
        await training_makings.lay(session, world, made)
        hashed = passwords.hash_secret(PASSWORD)
        await session.execute(update(Person).values(password_hash=hashed))
        await makings.proofs(session, service.sealer, world)
        await spaces.inboxes(session, service.sealer, world, made)
        await makings.standards(session, world, made)
        await costing.lay(session, world, made)
        await notice_makings.limits(session, world, made)
        await makings.jobs(session, world, made)
        await importing.imports(session, service.sealer, world, made)
        await makings.clients(session, world, made)
        for lay_more in (governing.catalogue, governing.panels, governing.reviews, governing.feedback):
            await lay_more(session, world, made)
        for school in range(2):
            await _rules(session, world, made, school=school)
            await _plans(session, service, world, made, school=school)
            await registering.lay(session, world, made, school=school)
        await planning.lay(session, world, made)
        await exam_halls.lay(session, service.sealer, world, made)
        await settling.lay(session, world, made)
        await report_makings.lay(session, world, made)
        await supervision_makings.lay(session, world, made)
        await qualifications_makings.lay(session, world, made)
        await social_makings.lay(session, service.sealer, world, made)
    batches = await _through_the_door(service, world, made)
    corners = await _after_the_push(service, world, made, batches)
    return Ground(world, corners, owned(made.owners) | made.kids | _documents(world, made) | _codes(corners.values()))


async def _after_the_push(
    service: Service, world: World, made: Made, batches: dict[tuple[int, int], UUID]
) -> dict[str, Corner]:
    """Make what rests on certificates and credits."""
    async with service.database.transaction() as session:
        await makings.webhooks(session, service.sealer, world, made)
        await simulations.run(session, world, made)
        await result_makings.lay(session, service.sealer, world, made, batches)
        await award_makings.patterns(session, world, made)
        await tills.rules(session, world, made)
        for place in PLACES.values():
            await award_makings.lay(session, world, made, place=place)
            await joint_makings.lay(session, world, made, place)
            await tills.lay(session, world, made, place=place)
    await award_makings.propose(service, world, made)
    async with service.database.transaction() as session:
        for place in PLACES.values():
            await converting.lay(session, world, made, place)
            await outcoming.lay(session, world, made, place)
        await closed_accounts.lay(session, world, made)
        await report_makings.feed(session, world, made)
        corners = {relation: await _corner(session, world, made, batches, relation) for relation in PLACES}
    corners["fellow_student"] = replace(
        corners["own"],
        relation="fellow_student",
        student_id=corners["other_organisation"].student_id,
        account_id=corners["other_organisation"].account_id,
        **{name: getattr(corners["other_organisation"], name) for name in award_makings.OF_A_STUDENT},
        conversions=corners["other_organisation"].conversions,
        closed_account_id=corners["other_organisation"].closed_account_id,
        registration_id=corners["other_organisation"].registration_id,
        tills=corners["other_organisation"].tills,
        register=corners["other_organisation"].register,
    )
    return corners


def _documents(world: World, made: Made) -> dict[str, str]:
    """Tell whose each document number is: masked its owner's, whole nobody's to see."""
    numbers = {number: f"s{school + 1}x" for school, number in SOCIAL.items()}
    for school, there in enumerate(world.schools):
        numbers |= {number: f"s{school + 1}p0n{index}" for index, number in enumerate(there.documents)}
        numbers |= {number: f"s{school + 1}p1n{index}" for index, number in enumerate(made.sibling_documents[school])}
    masked = {f"{number[:6]}********{number[-4:]}": owner for number, owner in numbers.items()}
    return masked | dict.fromkeys(numbers, "nobody")


def _codes(corners: Iterable[Corner]) -> dict[str, str]:
    return {corner.verification_code: corner.holder for corner in corners}


async def _rules(session: AsyncSession, world: World, made: Made, *, school: int) -> None:
    for college, organisation in ((0, 0), (1, 0), (0, 1)):
        for state in (*makings.STATES, "published", makings.ON_NOTICE):
            await makings.mapping(
                session, world, made, school=school, college=college, organisation=organisation, state=state
            )
        await notice_makings.notice(session, world, made, school=school, college=college, organisation=organisation)


async def _plans(session: AsyncSession, service: Service, world: World, made: Made, *, school: int) -> None:
    """Announce both organisations' plans; the last of each plan's candidates still waits for a result."""
    there, siblings = world.schools[school], made.siblings[school]
    first = await makings.plan(session, world, made, school=school, organisation=0)
    await makings.register(session, world, first, student_id=there.students[0], college=0)
    await makings.register(session, world, first, student_id=siblings[0], college=1)
    await make.social_candidate(session, world, first, service.sealer, number=SOCIAL[school])
    social = update(Candidate).where(Candidate.institution_id == there.id, Candidate.student_id.is_(None))
    await session.execute(social.values(name=f"社会{mark(f's{school + 1}x')}"))
    await makings.register(session, world, first, student_id=there.students[1], college=0)
    second = await makings.plan(session, world, made, school=school, organisation=1)
    await makings.register(session, world, second, student_id=there.students[1], college=0)
    await makings.register(session, world, second, student_id=there.students[2], college=0)


async def _through_the_door(service: Service, world: World, made: Made) -> dict[tuple[int, int], UUID]:
    """Open accounts as the offices do and push results as the organisations do."""

    def headers(who: str) -> dict[str, str]:
        caller = world.callers[who]
        token = make_token(service, caller.id, scope=caller.scope)
        return {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid4().hex}

    batches: dict[tuple[int, int], UUID] = {}
    transport = httpx.ASGITransport(app=create_app(service))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        for school, there in enumerate(world.schools):
            students = [*there.students[:2], made.siblings[school][0]]
            answer = await client.post(
                "/v1/credit-accounts:open",
                json={"student_ids": [str(found) for found in students]},
                headers=headers("registrar" if school == 0 else "registrar_2"),
            )
            assert answer.status_code == 201, answer.text
            for organisation in range(2):
                body = _results(world, made, school=school, organisation=organisation)
                who = headers("machine" if organisation == 0 else "machine_2")
                answer = await client.post("/v1/partner/result-batches", json=body, headers=who)
                assert answer.json().get("accepted") == len(body["rows"]), answer.text
                batches[school, organisation] = UUID(answer.json()["id"])
                made.owners[batches[school, organisation]] = f"s{school + 1}o{organisation + 1}"
    return batches


def _results(world: World, made: Made, *, school: int, organisation: int) -> dict[str, Any]:
    """Let everybody registered pass but the last, who waits."""
    there, announced = world.schools[school], made.plans[school, organisation]
    people = [("p0n0", there.documents[0]), ("p1n0", made.sibling_documents[school][0]), ("x", SOCIAL[school])]
    if organisation == 1:
        people = [("p0n1", there.documents[1])]
    rows = [
        make.row(
            world,
            announced,
            index,
            document_number=number,
            org_result_id=f"R{index}{mark(f's{school + 1}o{organisation + 1}')}",
            certificate_number=f"N{mark(f's{school + 1}{who}c')}",
        )
        for index, (who, number) in enumerate(people)
    ]
    return {"exam_plan_id": str(announced.id), "rows": rows}


async def _award_of(session: AsyncSession, student_id: UUID, level_id: UUID) -> Award:
    mine = (Award.student_id == student_id, Award.certificate_level_id == level_id)
    return (await session.scalars(select(Award).where(*mine))).one()


async def _role_of(session: AsyncSession, person_id: UUID) -> UUID:
    """Find the one role somebody holds, wherever it is held."""
    roles = union_all(
        select(Membership.id).where(Membership.person_id == person_id),
        select(PlatformRole.id).where(PlatformRole.person_id == person_id),
    )
    return (await session.execute(roles)).scalar_one()


async def _corner(
    session: AsyncSession, world: World, made: Made, batches: dict[tuple[int, int], UUID], relation: str
) -> Corner:
    school, college, organisation = PLACES[relation]
    there, organised = world.schools[school], world.organisations[organisation]
    announced = made.plans[school, organisation]
    students = there.students if college == 0 else made.siblings[school]
    who = organisation if college == 0 else 0
    student_id, holder = students[who], f"s{school + 1}p{college}n{who}"
    mine = (CreditAccount.student_id == student_id, CreditAccount.state == "active")
    account_id = (await session.scalars(select(CreditAccount.id).where(*mine))).one()
    award = await _award_of(session, student_id, organised.levels["2"])
    closed_account_id = made.closed_accounts[student_id]
    registration_id = await spaces.registration_of(
        session, institution_id=there.id, exam_plan_id=announced.id, student_id=student_id
    )
    made.owners |= dict.fromkeys((account_id, closed_account_id, award.id, registration_id), holder)
    waiting = 1 if organisation == 0 else 2
    person_id = world.callers[PEOPLE[relation]].id
    return Corner(
        relation=relation,
        institution_id=there.id,
        college_id=there.colleges[college],
        organisation_id=organised.id,
        certificate_id=organised.certificate_id,
        level_id=organised.levels["2"],
        spare_level_id=organised.levels["1"],
        programme_id=there.programmes[college],
        course_id=there.courses[college][organisation],
        student_id=student_id,
        spare_student_id=there.students[5] if college == 0 else made.siblings[school][1],
        account_id=account_id,
        closed_account_id=closed_account_id,
        registration_id=registration_id,
        plan_id=announced.id,
        batch_id=batches[school, organisation],
        machine_client_id=organised.machine_client_id,
        admission_number=announced.admission_numbers[-1],
        document_number=there.documents[waiting],
        register=made.register[school, college] | {"grade": made.grades[student_id]},
        **parts.parts_of(made, PLACES[relation]),
        verification_code=award.verification_code,
        holder=holder,
        session_id=world.callers["registrar" if school == 0 else "registrar_2"].id,
        person_id=person_id,
        role_id=await _role_of(session, person_id),
        shown=frozenset({f"s{school + 1}", f"o{organisation + 1}", f"{holder}c"}),
    )


BY_STATE = (
    "mappings", "job_ids", "import_ids", "register", "pilot", "halls", "registrations", "sites", "results", "settling",
    "training", "reviews", "feedback", "conversions", "fees", "publications", "posts", "reports", "qualifications",
    "social", "supervision",
)  # fmt: skip
"""The parts of a corner that hold an id for each state or kind of a thing."""


def nowhere(corner: Corner, own: Corner) -> Corner:
    """Put what does not exist in the place of everything that is somebody else's; of one's own, in all places."""
    strangers = {
        name: uuid4()
        for name, value in vars(corner).items()
        if isinstance(value, UUID) and (corner.relation == own.relation or value != getattr(own, name))
    }
    states = {name: {state: uuid4() for state in getattr(corner, name)} for name in BY_STATE}
    return replace(
        corner, **strangers, **states, verification_code="0000000000-NOTHING", share_token="0000000000-NOTHING"
    )
