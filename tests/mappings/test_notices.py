"""Public notices: when policy asks for one, who objects until when, and what stands before publication."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.mappings import make
from tests.mappings.make import STARTS, TODAY
from tests.world import World
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.workflow import DeedNotAllowed
from x_pilot_api.mappings import commands, queries
from x_pilot_api.mappings.errors import (
    NoticeExists,
    NoticeMissing,
    NoticeRunning,
    NoticeStartsInPast,
    NoticeTooShort,
    NotOnNotice,
    ObjectionsOpen,
    ObjectionUpheld,
)
from x_pilot_api.mappings.models import Mapping, MappingNotice, MappingObjection, MappingState, PolicyLimit
from x_pilot_api.mappings.schemas import AnswerIn, NoticeIn, ObjectionIn, PublicationIn

DAYS = 5
LAST = TODAY + timedelta(days=DAYS - 1)


async def show(session: AsyncSession, world: World, mapping: Mapping, *, days: int = DAYS) -> MappingNotice:
    registrar = await make.actor_of(session, world, "registrar")
    wish = NoticeIn(starts_on=TODAY, ends_on=TODAY + timedelta(days=days - 1))
    return await commands.open_notice(session, registrar, mapping_id=mapping.id, notice=wish, today=TODAY)


async def publish(session: AsyncSession, world: World, mapping: Mapping, *, after: int) -> Mapping:
    """Publish so many days after the notice began."""
    registrar = await make.actor_of(session, world, "registrar")
    return await commands.publish_mapping(
        session,
        registrar,
        mapping_id=mapping.id,
        publication=PublicationIn(effective_from=STARTS),
        today=TODAY + timedelta(days=after),
    )


async def object_to(
    session: AsyncSession, world: World, notice: MappingNotice, *, who: str = "teacher", after: int = 0
) -> MappingObjection:
    actor = await make.actor_of(session, world, who)
    wish = ObjectionIn(text="学分偏高")
    return await commands.raise_objection(
        session, actor, notice_id=notice.id, objection=wish, today=TODAY + timedelta(days=after)
    )


async def answer(session: AsyncSession, world: World, objection: MappingObjection, *, is_upheld: bool) -> None:
    registrar = await make.actor_of(session, world, "registrar")
    wish = AnswerIn(answer="已核对", is_upheld=is_upheld)
    await commands.answer_objection(session, registrar, objection_id=objection.id, answer=wish)


async def test_where_policy_asks_a_rule_is_shown_long_enough_before_it_is_published(
    session: AsyncSession, world: World
) -> None:
    session.add(
        PolicyLimit(
            institution_id=world.schools[0].id,
            code="notice_days",
            days=DAYS,
            document_number="文3号",
            effective_from=STARTS,
        )
    )
    mapping = await make.bring(session, world, MappingState.FILED)
    with pytest.raises(NoticeMissing) as missing:
        await publish(session, world, mapping, after=0)
    assert missing.value.figures == {
        "days": DAYS,
        "limit_code": "notice_days",
        "limit_version": 1,
        "document_number": "文3号",
    }
    with pytest.raises(NoticeTooShort) as short:
        await show(session, world, mapping, days=DAYS - 1)
    assert (short.value.figures["days"], short.value.figures["needed"]) == (DAYS - 1, DAYS)
    notice = await show(session, world, mapping)
    with pytest.raises(NoticeExists):
        await show(session, world, mapping)
    with pytest.raises(NoticeRunning) as running:
        await publish(session, world, mapping, after=DAYS - 1)
    assert running.value.figures["ends_on"] == str(LAST)
    told = await queries.tell_notice(session, notice, mapping.state, today=LAST)
    assert (told.is_on_show, told.objections) == (True, 0)
    assert (await publish(session, world, mapping, after=DAYS)).state == "published"
    told = await queries.tell_notice(session, notice, mapping.state, today=LAST)
    assert told.is_on_show is False


async def test_a_rule_waits_for_the_answers_to_its_objections(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.FILED)
    notice = await show(session, world, mapping)
    first = await object_to(session, world, notice)
    second = await object_to(session, world, notice, who="student", after=DAYS - 1)
    with pytest.raises(ObjectionsOpen) as waiting:
        await publish(session, world, mapping, after=DAYS)
    assert waiting.value.figures == {"count": 2}
    await answer(session, world, first, is_upheld=False)
    with pytest.raises(DeedNotAllowed):
        await answer(session, world, first, is_upheld=True)
    await answer(session, world, second, is_upheld=False)
    assert (await publish(session, world, mapping, after=DAYS)).state == "published"


async def test_only_the_deeds_that_its_notice_lets_be_done_are_offered(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.FILED)
    registrar = await make.actor_of(session, world, "registrar")

    async def offered(after: int) -> list[str]:
        told = await queries.tell_one(session, registrar, mapping, today=TODAY + timedelta(days=after))
        return [deed for deed in told.allowed_deeds if deed != "withdraw"]

    assert await offered(0) == ["open_notice", "publish"]
    notice = await show(session, world, mapping)
    assert await offered(DAYS - 1) == []
    assert await offered(DAYS) == ["publish"]
    objection = await object_to(session, world, notice)
    assert await offered(DAYS) == []
    await answer(session, world, objection, is_upheld=False)
    assert await offered(DAYS) == ["publish"]
    assert (await publish(session, world, mapping, after=DAYS)).state == "published"


async def test_an_upheld_objection_keeps_a_rule_from_being_published(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.FILED)
    objection = await object_to(session, world, await show(session, world, mapping))
    await answer(session, world, objection, is_upheld=True)
    with pytest.raises(ObjectionUpheld):
        await publish(session, world, mapping, after=DAYS)
    registrar = await make.actor_of(session, world, "registrar")
    withdrawn = await commands.withdraw_mapping(
        session, registrar, mapping_id=mapping.id, reason="异议成立", today=TODAY
    )
    assert withdrawn.state == "withdrawn"


async def test_objections_are_raised_by_the_institutions_people_while_it_is_on_notice(
    session: AsyncSession, world: World
) -> None:
    mapping = await make.bring(session, world, MappingState.FILED)
    notice = await show(session, world, mapping)
    for who in ("student_2", "org_staff", "operator"):
        with pytest.raises(NotFound):
            await object_to(session, world, notice, who=who)
    with pytest.raises(NotOnNotice) as over:
        await object_to(session, world, notice, after=DAYS)
    assert over.value.figures["ends_on"] == str(LAST)
    with pytest.raises(NotOnNotice):
        await object_to(session, world, notice, after=-1)


async def test_who_objected_is_told_to_the_office_and_to_themselves(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.FILED)
    notice = await show(session, world, mapping)
    raised = await object_to(session, world, notice)
    seen = {
        who: (await queries.list_objections(session, actor, notice, wish=make.PAGE), actor)
        for who in ("registrar", "coordinator", "teacher", "student")
        for actor in (await make.actor_of(session, world, who),)
    }
    told = {
        who: [queries.tell_objection(actor, row).raised_by for row in rows] for who, ((rows, _), actor) in seen.items()
    }
    assert told == {
        "registrar": [raised.raised_by],
        "coordinator": [None],
        "teacher": [raised.raised_by],
        "student": [],
    }


async def test_a_notice_is_of_a_filed_rule_and_starts_today_or_later(session: AsyncSession, world: World) -> None:
    approved = await make.bring(session, world, MappingState.APPROVED)
    with pytest.raises(DeedNotAllowed):
        await show(session, world, approved)
    filed = await make.bring(session, world, MappingState.FILED)
    registrar = await make.actor_of(session, world, "registrar")
    past = NoticeIn(starts_on=TODAY - timedelta(days=1), ends_on=LAST)
    with pytest.raises(NoticeStartsInPast):
        await commands.open_notice(session, registrar, mapping_id=filed.id, notice=past, today=TODAY)
