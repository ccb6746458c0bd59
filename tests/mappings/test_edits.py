"""Changing what a rule says: what an edit opens again, what it leaves, and what it may not touch."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.mappings import make
from tests.mappings.make import TODAY
from tests.world import World
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.workflow import DeedNotAllowed
from x_pilot_api.mappings import commands, queries, rules
from x_pilot_api.mappings.errors import ComponentsUnknown, CoursesUnknown, TermsUnfit
from x_pilot_api.mappings.models import Direction, Mapping, MappingCourse, MappingOffset, MappingState
from x_pilot_api.mappings.schemas import MappingChange, MappingCourseIn, MappingOffsetIn
from x_pilot_api.outbox.models import OutboxEvent
from x_pilot_api.outbox.schemas import EventKind


def change(world: World, *, credit: str = "1.00", grade: str | None = "良好", course: int = 0) -> MappingChange:
    course_id = world.schools[0].courses[0][course]
    return MappingChange(
        courses=[MappingCourseIn.model_validate({"course_id": course_id, "credit": credit, "grade": grade})]
    )


async def edit(
    session: AsyncSession, world: World, mapping: Mapping, wish: MappingChange, *, who: str = "coordinator"
) -> Mapping:
    actor = await make.actor_of(session, world, who)
    return await commands.edit_mapping(session, actor, mapping_id=mapping.id, change=wish, if_match="*", today=TODAY)


async def test_an_edit_of_an_agreed_rule_opens_both_agreements(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.AGREED)
    agreed_to = mapping.content_hash
    edited = await edit(session, world, mapping, change(world))
    assert (edited.state, edited.college_agreed_hash, edited.organisation_agreed_hash) == ("draft", None, None)
    (described,) = await queries.describe(session, [edited])
    assert edited.content_hash == rules.hash_content(queries.content_of(described)) != agreed_to
    left = await session.scalars(select(MappingCourse.credit_hundredths).where(MappingCourse.mapping_id == edited.id))
    assert list(left) == [100]


async def test_the_organisation_hears_that_its_agreement_is_undone(session: AsyncSession, world: World) -> None:
    untouched = await make.bring(session, world, MappingState.DRAFT)
    await edit(session, world, untouched, change(world, credit="1.50"))
    agreed = await make.bring(session, world, MappingState.AGREED)
    edited = await edit(session, world, agreed, change(world))
    told = select(OutboxEvent).where(OutboxEvent.kind == EventKind.MAPPING_REOPENED)
    (event,) = (await session.scalars(told)).all()
    assert (event.object_id, event.data["content_hash"]) == (edited.id, edited.content_hash)
    assert event.organisation_id == world.organisations[0].id


async def test_saying_the_same_again_opens_nothing(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.AGREED)
    same = await edit(session, world, mapping, change(world, credit="2.00"))
    assert (same.state, same.college_agreed_hash) == ("agreed", same.content_hash)


@pytest.mark.parametrize("state", [MappingState.APPROVED, MappingState.PUBLISHED])
async def test_what_is_approved_is_not_edited(session: AsyncSession, world: World, state: MappingState) -> None:
    mapping = await make.bring(session, world, state)
    with pytest.raises(DeedNotAllowed):
        await edit(session, world, mapping, change(world))


async def test_another_college_edits_and_revises_nothing(session: AsyncSession, world: World) -> None:
    draft = await make.bring(session, world, MappingState.DRAFT)
    with pytest.raises(NotFound):
        await edit(session, world, draft, change(world), who="sibling_coordinator")
    published = await make.bring(session, world, MappingState.PUBLISHED)
    sibling = await make.actor_of(session, world, "sibling_coordinator")
    with pytest.raises(NotFound):
        await commands.revise_mapping(session, sibling, mapping_id=published.id)


async def test_an_edit_that_contradicts_the_rule_is_refused(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.DRAFT)
    with pytest.raises(TermsUnfit):
        await edit(session, world, mapping, change(world, grade=None))
    foreign = MappingCourseIn.model_validate(
        {"course_id": world.schools[0].courses[1][0], "credit": "1.00", "grade": "良好"}
    )
    with pytest.raises(CoursesUnknown):
        await edit(session, world, mapping, MappingChange(courses=[foreign]))


async def test_offsets_are_of_the_present_schemes_components(session: AsyncSession, world: World) -> None:
    back = make.wish(world, direction=Direction.COURSE_TO_ASSESSMENT)
    mapping = await make.bring(session, world, MappingState.AGREED, rule=back)
    (offset,) = await session.scalars(select(MappingOffset).where(MappingOffset.mapping_id == mapping.id))
    assert (offset.scheme_id, offset.share_percent) == (world.organisations[0].schemes["1"], 100)
    course_id = back.courses[0].course_id
    strange = MappingOffsetIn(component_code="interview", course_id=course_id, share_percent=50)
    with pytest.raises(ComponentsUnknown) as refused:
        await edit(session, world, mapping, MappingChange(offsets=[strange]))
    assert refused.value.figures == {"scheme_version": 1, "component_codes": "interview"}
    part = MappingOffsetIn(component_code="theory", course_id=course_id, share_percent=50)
    assert (await edit(session, world, mapping, MappingChange(offsets=[part]))).state == "draft"


async def test_a_revision_says_the_same_and_needs_its_own_agreements(session: AsyncSession, world: World) -> None:
    first = await make.bring(session, world, MappingState.PUBLISHED)
    coordinator = await make.actor_of(session, world, "coordinator")
    second = await commands.revise_mapping(session, coordinator, mapping_id=first.id)
    assert (second.version, second.revises_id, second.state) == (2, first.id, "draft")
    assert (second.content_hash, second.college_agreed_hash) == (first.content_hash, None)
    assert (await queries.compare(session, first, second)).differences == []
    edited = await edit(session, world, second, change(world, credit="1.50", course=1))
    found = (await queries.compare(session, first, edited)).differences
    assert [(it.place, it.before, it.after) for it in found] == [
        ("courses/K0/credit", "2.00", None),
        ("courses/K0/grade", "良好", None),
        ("courses/K1/credit", None, "1.50"),
        ("courses/K1/grade", None, "良好"),
    ]
    assert (first.state, first.effective_to) == ("published", None)
    with pytest.raises(DeedNotAllowed):
        await commands.revise_mapping(session, coordinator, mapping_id=edited.id)


async def test_a_version_is_compared_with_versions_of_itself(session: AsyncSession, world: World) -> None:
    first = await make.bring(session, world, MappingState.DRAFT)
    second = await make.bring(session, world, MappingState.DRAFT)
    other = await make.bring(session, world, MappingState.DRAFT, organisation=1)
    assert (await queries.find_earlier(session, second)) is first
    assert (await queries.find_earlier(session, first)) is None
    assert rules.are_versions_of_one(first, second)
    assert not rules.are_versions_of_one(first, other)


async def test_a_rule_that_ends_gives_way_on_the_day_its_successor_starts(session: AsyncSession, world: World) -> None:
    first = await make.bring(session, world, MappingState.PUBLISHED)
    second = await make.bring(session, world, MappingState.PUBLISHED, starts=date(2026, 9, 1))
    listed, _ = await queries.list_published(
        session,
        institution_id=world.schools[0].id,
        programme_code=None,
        certificate_level_id=None,
        on=date(2026, 8, 31),
        wish=make.PAGE,
    )
    assert [it.id for it in listed] == [first.id]
    assert second.version == 2
