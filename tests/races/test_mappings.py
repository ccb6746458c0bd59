"""Rules under contention: real commits, the second deed waiting for the first."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import make_service
from tests.mappings import make
from tests.mappings.make import TODAY
from tests.world import World, build_world
from x_pilot_api.core import provision
from x_pilot_api.core.db import Database
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.settings import Settings
from x_pilot_api.mappings import commands, queries, rules
from x_pilot_api.mappings.models import Mapping, MappingState, PolicyLimit
from x_pilot_api.mappings.schemas import (
    MappingChange,
    MappingCourseIn,
    NoticeIn,
    ObjectionIn,
    PolicyLimitIn,
    PublicationIn,
)

Deed = Callable[[AsyncSession], Awaitable[object]]

_WAITING = text(
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()"
)


@pytest.fixture
async def database(new_database: Callable[[], provision.Urls], settings: Settings) -> AsyncIterator[Database]:
    # It runs an event loop of its own, which this thread already has.
    urls = await asyncio.to_thread(new_database)
    database = Database(urls.service, settings)
    yield database
    await database.close()


@pytest.fixture
async def world(database: Database, settings: Settings) -> World:
    async with database.transaction() as session:
        return await build_world(session, make_service(database, settings).sealer)


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
        async with asyncio.timeout(10), database.transaction() as watcher:
            while not (await watcher.execute(_WAITING)).scalar_one():
                assert not running.done(), "the second deed did not wait for the first"
                await asyncio.sleep(0.01)
    return await running


async def filed(database: Database, world: World, *, organisation: int = 0) -> Mapping:
    async with database.transaction() as session:
        return await make.bring(session, world, MappingState.FILED, organisation=organisation)


def publishing(world: World, mapping: Mapping, starts: date = make.STARTS) -> Deed:
    async def publish(session: AsyncSession) -> Mapping:
        registrar = await make.actor_of(session, world, "registrar")
        publication = PublicationIn(effective_from=starts)
        return await commands.publish_mapping(
            session, registrar, mapping_id=mapping.id, publication=publication, today=TODAY
        )

    return publish


async def states(database: Database) -> list[tuple[int, str]]:
    async with database.transaction() as session:
        rows = await session.execute(select(Mapping.version, Mapping.state).order_by(Mapping.version, Mapping.id))
        return [(row.version, row.state) for row in rows]


async def test_of_two_first_publications_at_once_one_wins(database: Database, world: World) -> None:
    one, two = await filed(database, world), await filed(database, world)
    assert await race(database, publishing(world, one), publishing(world, two)) == "rule_in_force"
    assert await states(database) == [(1, "published"), (2, "filed")]


async def test_a_later_start_that_waited_supersedes_what_it_could_not_see_before(
    database: Database, world: World
) -> None:
    one, two = await filed(database, world), await filed(database, world)
    assert await race(database, publishing(world, one), publishing(world, two, date(2026, 9, 1))) == "done"
    assert await states(database) == [(1, "superseded"), (2, "published")]


async def test_two_certificates_cannot_take_the_same_course_at_once(database: Database, world: World) -> None:
    one, two = await filed(database, world), await filed(database, world, organisation=1)
    assert await race(database, publishing(world, one), publishing(world, two)) == "course_already_converted"


async def test_one_rule_published_twice_at_once_is_published_once(database: Database, world: World) -> None:
    mapping = await filed(database, world)
    assert await race(database, publishing(world, mapping), publishing(world, mapping)) == "deed_not_allowed"


async def test_many_publications_at_once_leave_one_winner(database: Database, world: World) -> None:
    mappings = [await filed(database, world) for _ in range(6)]
    ends = await asyncio.gather(*(outcome(database, publishing(world, mapping)) for mapping in mappings))
    assert sorted(ends) == ["done"] + ["rule_in_force"] * 5


async def test_two_proposals_at_once_get_two_versions(database: Database, world: World) -> None:
    async def propose(session: AsyncSession) -> Mapping:
        coordinator = await make.actor_of(session, world, "coordinator")
        return await commands.propose_mapping(session, coordinator, wish=make.wish(world))

    assert await race(database, propose, propose) == "done"
    assert await states(database) == [(1, "draft"), (2, "draft")]


async def test_both_parties_agreeing_at_once_make_it_agreed(database: Database, world: World) -> None:
    async with database.transaction() as session:
        mapping = await make.bring(session, world, MappingState.DRAFT)

    def agreeing(who: str) -> Deed:
        async def agree(session: AsyncSession) -> Mapping:
            actor = await make.actor_of(session, world, who)
            return await commands.agree_mapping(
                session, actor, mapping_id=mapping.id, content_hash=mapping.content_hash
            )

        return agree

    assert await race(database, agreeing("coordinator"), agreeing("org_staff")) == "done"
    assert await states(database) == [(1, "agreed")]


def agreeing_to(world: World, mapping: Mapping, who: str) -> Deed:
    async def agree(session: AsyncSession) -> Mapping:
        actor = await make.actor_of(session, world, who)
        return await commands.agree_mapping(session, actor, mapping_id=mapping.id, content_hash=mapping.content_hash)

    return agree


def editing(world: World, mapping: Mapping, credit: str) -> Deed:
    async def edit(session: AsyncSession) -> Mapping:
        actor = await make.actor_of(session, world, "coordinator")
        course = {"course_id": world.schools[0].courses[0][0], "credit": credit, "grade": "良好"}
        change = MappingChange(courses=[MappingCourseIn.model_validate(course)])
        return await commands.edit_mapping(
            session, actor, mapping_id=mapping.id, change=change, if_match="*", today=TODAY
        )

    return edit


async def drafted(database: Database, world: World) -> Mapping:
    async with database.transaction() as session:
        return await make.bring(session, world, MappingState.DRAFT)


async def agreements(database: Database) -> list[tuple[str, bool, bool]]:
    async with database.transaction() as session:
        found = await session.scalars(select(Mapping))
        return [
            (it.state, it.college_agreed_hash == it.content_hash, it.organisation_agreed_hash == it.content_hash)
            for it in found
        ]


async def test_who_agrees_while_it_is_edited_has_not_agreed_to_the_edit(database: Database, world: World) -> None:
    mapping = await drafted(database, world)
    agree = agreeing_to(world, mapping, "org_staff")
    assert await race(database, editing(world, mapping, "1.00"), agree) == "content_changed"
    assert await agreements(database) == [("draft", False, False)]


async def test_an_edit_that_waited_for_an_agreement_opens_it(database: Database, world: World) -> None:
    mapping = await drafted(database, world)
    agree = agreeing_to(world, mapping, "org_staff")
    assert await race(database, agree, editing(world, mapping, "1.00")) == "done"
    assert await agreements(database) == [("draft", False, False)]


async def test_two_edits_at_once_leave_one_content_that_is_hashed(database: Database, world: World) -> None:
    mapping = await drafted(database, world)
    assert await race(database, editing(world, mapping, "1.00"), editing(world, mapping, "1.50")) == "done"
    async with database.transaction() as session:
        (found,) = await queries.describe(session, (await session.scalars(select(Mapping))).all())
        assert [line.credit_hundredths for line in found.courses] == [150]
        assert found.mapping.content_hash == rules.hash_content(queries.content_of(found))


def revising(world: World, mapping: Mapping) -> Deed:
    async def revise(session: AsyncSession) -> Mapping:
        actor = await make.actor_of(session, world, "coordinator")
        return await commands.revise_mapping(session, actor, mapping_id=mapping.id)

    return revise


async def test_two_revisions_at_once_are_two_versions(database: Database, world: World) -> None:
    async with database.transaction() as session:
        mapping = await make.bring(session, world, MappingState.PUBLISHED)
    assert await race(database, revising(world, mapping), revising(world, mapping)) == "done"
    assert await states(database) == [(1, "published"), (2, "draft"), (3, "draft")]


async def test_an_objection_that_waited_for_the_publication_is_too_late(database: Database, world: World) -> None:
    mapping = await filed(database, world)
    days = NoticeIn(starts_on=TODAY, ends_on=TODAY + timedelta(days=1))
    async with database.transaction() as session:
        registrar = await make.actor_of(session, world, "registrar")
        notice = await commands.open_notice(session, registrar, mapping_id=mapping.id, notice=days, today=TODAY)

    async def publish(session: AsyncSession) -> Mapping:
        actor = await make.actor_of(session, world, "registrar")
        publication, later = PublicationIn(effective_from=make.STARTS), TODAY + timedelta(days=2)
        return await commands.publish_mapping(
            session, actor, mapping_id=mapping.id, publication=publication, today=later
        )

    async def object_to(session: AsyncSession) -> Mapping:
        actor = await make.actor_of(session, world, "teacher")
        # The teacher's clock stands still at the notice's last day, so that only the rule's state can refuse.
        wish = ObjectionIn(text="迟到的异议")
        await commands.raise_objection(session, actor, notice_id=notice.id, objection=wish, today=notice.ends_on)
        return mapping

    assert await race(database, publish, object_to) == "not_on_notice"


def loading(world: World, starts: date) -> Deed:
    async def load(session: AsyncSession) -> PolicyLimit:
        actor = await make.actor_of(session, world, "registrar")
        values = {"code": "per_certificate", "credit": "8.00", "document_number": "文1号", "effective_from": starts}
        wish = PolicyLimitIn.model_validate(values)
        return await commands.load_limit(session, actor, institution_id=world.schools[0].id, wish=wish, today=TODAY)

    return load


async def test_of_two_limits_loaded_at_once_for_one_day_one_wins(database: Database, world: World) -> None:
    day = TODAY + timedelta(days=1)
    assert await race(database, loading(world, day), loading(world, day)) == "limit_overlaps"
    assert await race(database, loading(world, day + timedelta(days=1)), loading(world, day)) == "limit_overlaps"
    async with database.transaction() as session:
        limits = (await session.scalars(select(PolicyLimit).order_by(PolicyLimit.version))).all()
    assert [(it.version, it.effective_from, it.effective_to) for it in limits] == [
        (1, day, day + timedelta(days=1)),
        (2, day + timedelta(days=1), None),
    ]
