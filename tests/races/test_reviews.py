"""Reviews under contention: real commits, the second deed waiting for the first."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates import make as certificates
from tests.certificates.make import TODAY
from tests.conftest import make_service
from tests.mappings import make
from tests.world import World, build_world
from x_pilot_api.certificates import commands
from x_pilot_api.certificates import queries as reading
from x_pilot_api.certificates.models import Admission, AdmissionStatus, Certificate, CertificateReview, ReviewPolicy
from x_pilot_api.certificates.schemas import ExitIn, ReviewIn, VoteIn
from x_pilot_api.core import provision
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.core.db import Database
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.settings import Settings
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams.schemas import ExamPlanIn
from x_pilot_api.governance import commands as governance
from x_pilot_api.governance.models import TeachOutItem
from x_pilot_api.mappings import commands as mappings

Deed = Callable[[AsyncSession], Awaitable[object]]

_WAITING = text(
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()"
)


@pytest.fixture
async def database(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Database]:
    urls = await asyncio.to_thread(new_database)
    database = Database(urls.service, settings)
    yield database
    await database.close()


@pytest.fixture
async def world(database: Database, settings: Settings) -> World:
    async with database.transaction() as session:
        world = await build_world(session, make_service(database, settings).sealer)
        await certificates.expert(session, world, "second_expert")
        session.add(
            ReviewPolicy(
                institution_id=world.schools[0].id,
                version=1,
                quorum=2,
                industry_fit_min_hundredths=6000,
                employer_recognition_min_hundredths=6000,
                basis="a test",
                effective_from=date(2025, 1, 1),
            )
        )
    return world


async def outcome(database: Database, deed: Deed) -> str:
    try:
        async with database.transaction() as session:
            await deed(session)
    except AppError as refusal:
        return refusal.code
    return "done"


async def race(database: Database, first: Deed, second: Deed) -> str:
    """Do the first deed, hold its transaction open until the second waits for it, then tell how the second ended."""
    async with database.transaction() as session:
        await first(session)
        running = asyncio.create_task(outcome(database, second))
        async with asyncio.timeout(60), database.transaction() as watcher:
            while not (await watcher.execute(_WAITING)).scalar_one():
                assert not running.done(), f"the second deed did not wait for the first: {await running}"
                await asyncio.sleep(0.01)
    return await running


async def actor(session: AsyncSession, world: World, who: str) -> Actor:
    return await make.actor_of(session, world, who)


async def begun(database: Database, world: World) -> UUID:
    """Bring a new certificate's review to where two experts vote."""
    async with database.transaction() as session:
        certificate = Certificate(organisation_id=world.organisations[0].id, name="网店运营推广", basis="a test")
        session.add(certificate)
        await session.flush()
        coordinator, registrar = (await actor(session, world, "coordinator"), await actor(session, world, "registrar"))
        wish = ReviewIn(college_id=world.schools[0].colleges[0], certificate_id=certificate.id, grounds="行业急需")
        review = await commands.propose_review(session, coordinator, wish=wish)
        await commands.submit_review(session, coordinator, review_id=review.id)
        panel = [world.callers["expert"].id, world.callers["second_expert"].id]
        await commands.begin_review(session, registrar, review_id=review.id, person_ids=panel, today=TODAY)
    return review.id


def voting(world: World, who: str, review_id: UUID) -> Deed:
    async def vote(session: AsyncSession) -> CertificateReview:
        wish = VoteIn.model_validate({"industry_fit": "80.00", "employer_recognition": "80.00", "opinion": "同意"})
        expert = await actor(session, world, who)
        return await commands.vote_in_review(session, expert, review_id=review_id, vote=wish, today=TODAY)

    return vote


async def decisions(database: Database, review_id: UUID) -> tuple[str, int, int]:
    """Tell where a review stands, how often it was decided, and how many admissions came of it."""
    async with database.transaction(read_only=True) as session:
        review = (await session.scalars(select(CertificateReview).where(CertificateReview.id == review_id))).one()
        decided = select(func.count()).where(AuditEvent.object_id == review_id, AuditEvent.deed == "decide_review")
        admitted = select(func.count()).where(Admission.certificate_id == review.certificate_id)
        return (
            review.state,
            (await session.execute(decided)).scalar_one(),
            (await session.execute(admitted)).scalar_one(),
        )


async def test_two_last_votes_at_once_decide_once(database: Database, world: World) -> None:
    review_id = await begun(database, world)
    ended = await race(database, voting(world, "expert", review_id), voting(world, "second_expert", review_id))
    assert ended == "done"
    assert await decisions(database, review_id) == ("admitted", 1, 1)


async def test_votes_that_do_not_wait_for_each_other_leave_a_review_undecided(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the lock is for: without it each of two last votes takes the other for missing.
    async def look(session: AsyncSession, who: Actor, review_id: UUID, **_: object) -> CertificateReview:
        return await reading.get_review(session, who, review_id)

    review_id = await begun(database, world)
    monkeypatch.setattr(reading, "lock_review", look)
    async with database.transaction() as session:
        await voting(world, "expert", review_id)(session)
        assert await outcome(database, voting(world, "second_expert", review_id)) == "done"
    assert await decisions(database, review_id) == ("under_review", 0, 0)


def exiting(world: World) -> Deed:
    async def propose(session: AsyncSession) -> CertificateReview:
        await act_within(session, institution_id=world.schools[0].id)
        coordinator = await actor(session, world, "coordinator")
        wish = ExitIn(
            college_id=world.schools[0].colleges[0],
            certificate_id=world.organisations[0].certificate_id,
            grounds="停开",
            exit_on=TODAY,
        )
        return await governance.propose_exit(session, coordinator, wish=wish, today=TODAY)

    return propose


async def test_of_two_exits_proposed_at_once_one_is_kept_with_one_plan(database: Database, world: World) -> None:
    assert await race(database, exiting(world), exiting(world)) == "review_open"
    async with database.transaction(read_only=True) as session:
        assert len((await session.scalars(select(CertificateReview))).all()) == 1
        items = (await session.scalars(select(TeachOutItem))).all()
    assert len({(item.kind, item.subject_id) for item in items}) == len(items) > 0


async def proposed(database: Database, world: World) -> UUID:
    async with database.transaction() as session:
        review = await exiting(world)(session)
    assert isinstance(review, CertificateReview)
    return review.id


def deciding(world: World, review_id: UUID, *, exits: bool) -> Deed:
    async def decide(session: AsyncSession) -> CertificateReview:
        registrar = await actor(session, world, "registrar")
        deed = commands.exit_certificate if exits else commands.retain_certificate
        return await deed(session, registrar, review_id=review_id, reason="议定", today=TODAY)

    return decide


async def test_an_exit_is_decided_once(database: Database, world: World) -> None:
    review_id = await proposed(database, world)
    keep, leave = deciding(world, review_id, exits=False), deciding(world, review_id, exits=True)
    assert await race(database, keep, leave) == "deed_not_allowed"
    async with database.transaction(read_only=True) as session:
        statuses = set(await session.scalars(select(Admission.status)))
    assert statuses == {AdmissionStatus.ADMITTED}


async def test_what_is_exiting_at_the_moment_takes_no_new_plan_and_no_new_rule(
    database: Database, world: World
) -> None:
    review_id = await proposed(database, world)

    async def propose_rule(session: AsyncSession) -> object:
        return await mappings.propose_mapping(
            session, await actor(session, world, "coordinator"), wish=make.wish(world)
        )

    assert await race(database, deciding(world, review_id, exits=True), propose_rule) == "mapping_certificate_exited"


async def test_a_plan_announced_beside_the_last_exit_is_refused(database: Database, world: World) -> None:
    # The other college gave the certificate up before, so that nobody runs it once this exit is decided.
    async with database.transaction() as session:
        other = (
            await session.scalars(
                select(Admission).where(
                    Admission.college_id == world.schools[0].colleges[1],
                    Admission.certificate_id == world.organisations[0].certificate_id,
                )
            )
        ).one()
        other.status, other.exited_on = AdmissionStatus.EXITED, TODAY - timedelta(days=1)
    review_id = await proposed(database, world)

    async def announce(session: AsyncSession) -> object:
        wish = ExamPlanIn(
            code="LAST",
            name="考核",
            certificate_level_ids=[world.organisations[0].levels["2"]],
            registration_opens_on=TODAY,
            registration_closes_on=TODAY,
            exam_on=TODAY,
        )
        registrar = await actor(session, world, "registrar")
        return await exams.announce_plan(session, registrar, wish=wish, timezone="Asia/Shanghai")

    assert await race(database, deciding(world, review_id, exits=True), announce) == "certificate_not_admitted"
