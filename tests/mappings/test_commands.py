"""The deeds on rules: what they leave behind, and what they refuse."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from tests.mappings import make
from tests.mappings.make import STARTS, TODAY
from tests.world import World
from x_pilot_api.certificates.models import Admission, AdmissionStatus
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.workflow import DeedNotAllowed
from x_pilot_api.mappings import commands
from x_pilot_api.mappings.errors import (
    CourseAlreadyConverted,
    CourseCreditExceeded,
    CoursesUnknown,
    FiledInFuture,
    LimitExceeded,
    MappingCertificateExited,
    NotAParty,
    RuleAlreadyInForce,
    RuleInForce,
    SecondPersonNeeded,
)
from x_pilot_api.mappings.models import Direction, Mapping, MappingState, PolicyLimit
from x_pilot_api.mappings.schemas import FilingIn, PublicationIn

VERSIONS = itertools.count(1)


async def deeds_on(session: AsyncSession, mapping: Mapping) -> Sequence[str]:
    statement = select(AuditEvent.deed).where(
        AuditEvent.institution_id == mapping.institution_id, AuditEvent.object_id == mapping.id
    )
    return (await session.scalars(statement.order_by(AuditEvent.recorded_at))).all()


async def publish(
    session: AsyncSession, world: World, mapping: Mapping, starts: date, ends: date | None = None
) -> None:
    registrar = await make.actor_of(session, world, "registrar")
    publication = PublicationIn(effective_from=starts, effective_to=ends)
    await commands.publish_mapping(session, registrar, mapping_id=mapping.id, publication=publication, today=TODAY)


async def set_limit(session: AsyncSession, world: World, credit_hundredths: int, **changes: object) -> None:
    values: dict[str, object] = {
        "code": "per_certificate",
        "version": next(VERSIONS),
        "document_number": "苏教〔2025〕1号",
        "effective_from": STARTS,
    }
    session.add(
        PolicyLimit(institution_id=world.schools[0].id, credit_hundredths=credit_hundredths, **(values | changes))
    )
    await session.flush()


async def test_each_deed_is_written_down(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.PUBLISHED)
    assert mapping.published_at is not None
    assert await deeds_on(session, mapping) == [
        "propose_mapping",
        "agree_mapping",
        "agree_mapping",
        "approve_mapping",
        "file_mapping",
        "publish_mapping",
    ]


async def test_versions_count_up_within_programme_level_and_direction(session: AsyncSession, world: World) -> None:
    back = make.wish(world, direction=Direction.COURSE_TO_ASSESSMENT)
    versions = [
        (await make.bring(session, world, MappingState.DRAFT, rule=rule)).version
        for rule in (make.wish(world), make.wish(world, years=(2010, 2011)), back, make.wish(world, organisation=1))
    ]
    assert versions == [1, 2, 1, 1]


async def test_a_coordinator_cannot_propose_for_another_college(session: AsyncSession, world: World) -> None:
    coordinator = await make.actor_of(session, world, "coordinator")
    other = make.wish(world, programme_id=world.schools[0].programmes[1], courses=(world.schools[0].courses[1][0],))
    with pytest.raises(NotFound):
        await commands.propose_mapping(session, coordinator, wish=other)
    registrar = await make.actor_of(session, world, "registrar")
    assert (await commands.propose_mapping(session, registrar, wish=other)).version == 1


async def test_nobody_proposes_for_another_institution(session: AsyncSession, world: World) -> None:
    for who in ("registrar_2", "coordinator_2"):
        with pytest.raises(NotFound):
            await commands.propose_mapping(session, await make.actor_of(session, world, who), wish=make.wish(world))


async def test_courses_of_another_programme_are_named(session: AsyncSession, world: World) -> None:
    own, foreign, strange = world.schools[0].courses[0][0], world.schools[0].courses[1][0], uuid4()
    with pytest.raises(CoursesUnknown) as refused:
        await make.bring(session, world, MappingState.DRAFT, rule=make.wish(world, courses=(own, foreign, strange)))
    assert refused.value.figures == {"course_ids": f"{foreign}, {strange}"}


async def test_a_course_gives_no_more_credits_than_it_has(session: AsyncSession, world: World) -> None:
    await make.bring(session, world, MappingState.DRAFT, rule=make.wish(world, credit="4.00"))
    with pytest.raises(CourseCreditExceeded) as refused:
        await make.bring(session, world, MappingState.DRAFT, rule=make.wish(world, credit="4.01"))
    assert refused.value.figures["course_credit"] == "4.00"


async def _exit(session: AsyncSession, world: World) -> None:
    await session.execute(
        update(Admission)
        .where(Admission.college_id == world.schools[0].colleges[0])
        .values(status=AdmissionStatus.EXITED, exited_on=date(2026, 1, 1))
    )


async def test_an_exited_certificate_takes_no_new_rule(session: AsyncSession, world: World) -> None:
    await _exit(session, world)
    with pytest.raises(MappingCertificateExited):
        await make.bring(session, world, MappingState.DRAFT)


async def test_a_rule_goes_no_step_further_once_the_college_gave_the_certificate_up(
    session: AsyncSession, world: World
) -> None:
    coordinator = await make.actor_of(session, world, "coordinator")
    registrar = await make.actor_of(session, world, "registrar")
    states = (MappingState.DRAFT, MappingState.AGREED, MappingState.APPROVED, MappingState.FILED)
    draft, agreed, approved, filed = [
        await make.bring(session, world, state, rule=make.wish(world, years=(2030 + year, 2030 + year)))
        for year, state in enumerate(states)
    ]
    await _exit(session, world)
    with pytest.raises(MappingCertificateExited):
        await commands.agree_mapping(session, coordinator, mapping_id=draft.id, content_hash=draft.content_hash)
    with pytest.raises(MappingCertificateExited):
        await commands.approve_mapping(session, registrar, mapping_id=agreed.id, today=TODAY)
    filing = FilingIn(filing_number="1", filed_on=TODAY)
    with pytest.raises(MappingCertificateExited):
        await commands.file_mapping(session, registrar, mapping_id=approved.id, filing=filing, today=TODAY)
    with pytest.raises(MappingCertificateExited):
        await publish(session, world, filed, STARTS)


async def test_an_unknown_level_is_not_found(session: AsyncSession, world: World) -> None:
    wish = make.wish(world).model_copy(update={"certificate_level_id": uuid4()})
    with pytest.raises(NotFound):
        await make.bring(session, world, MappingState.DRAFT, rule=wish)


async def test_agreeing_twice_changes_nothing(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.APPROVED)
    coordinator = await make.actor_of(session, world, "coordinator")
    again = await commands.agree_mapping(session, coordinator, mapping_id=mapping.id, content_hash=mapping.content_hash)
    assert again.state == MappingState.APPROVED
    assert len(await deeds_on(session, mapping)) == 4


async def test_a_withdrawn_rule_takes_no_agreement(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.AGREED)
    registrar = await make.actor_of(session, world, "registrar")
    await commands.withdraw_mapping(session, registrar, mapping_id=mapping.id, reason="重拟", today=TODAY)
    coordinator = await make.actor_of(session, world, "coordinator")
    with pytest.raises(DeedNotAllowed):
        await commands.agree_mapping(session, coordinator, mapping_id=mapping.id, content_hash=mapping.content_hash)


async def test_another_college_is_no_party(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.DRAFT)
    sibling = await make.actor_of(session, world, "sibling_coordinator")
    with pytest.raises(NotAParty):
        await commands.agree_mapping(session, sibling, mapping_id=mapping.id, content_hash=mapping.content_hash)


async def test_who_agreed_cannot_approve_too(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.AGREED)
    coordinator = await make.actor_of(session, world, "coordinator")
    registrar = await make.actor_of(session, world, "registrar")
    both = replace(registrar, id=coordinator.id, college_ids=coordinator.college_ids)
    with pytest.raises(SecondPersonNeeded):
        await commands.approve_mapping(session, both, mapping_id=mapping.id, today=TODAY)


async def test_a_registrar_who_is_staff_of_an_organisation_stays_within_their_institution(
    session: AsyncSession, world: World
) -> None:
    mapping = await make.bring(session, world, MappingState.AGREED)
    registrar = await make.actor_of(session, world, "registrar_2")
    staff = replace(registrar, organisation_id=world.organisations[0].id)
    with pytest.raises(NotFound):
        await commands.approve_mapping(session, staff, mapping_id=mapping.id, today=TODAY)


async def test_credits_above_a_limit_are_not_approved(session: AsyncSession, world: World) -> None:
    await set_limit(session, world, 199)
    with pytest.raises(LimitExceeded) as refused:
        await make.bring(session, world, MappingState.APPROVED)
    assert refused.value.figures["credits"] == "2.00"
    assert refused.value.figures["limit"] == "1.99"


async def test_a_limit_for_the_level_lets_more_pass_than_the_general_one(session: AsyncSession, world: World) -> None:
    await set_limit(session, world, 199)
    await set_limit(session, world, 200, certificate_level_id=world.organisations[0].levels["1"])
    assert (await make.bring(session, world, MappingState.APPROVED)).state == MappingState.APPROVED


async def test_a_limit_of_another_time_or_level_does_not_count(session: AsyncSession, world: World) -> None:
    await set_limit(session, world, 1, effective_from=date(2020, 1, 1), effective_to=TODAY)
    await set_limit(session, world, 1, effective_from=TODAY + timedelta(days=1))
    await set_limit(session, world, 1, certificate_level_id=world.organisations[0].levels["2"])
    assert (await make.bring(session, world, MappingState.APPROVED)).state == MappingState.APPROVED


async def test_courses_that_offset_an_assessment_know_no_limit_of_credits(session: AsyncSession, world: World) -> None:
    await set_limit(session, world, 1)
    rule = make.wish(world, direction=Direction.COURSE_TO_ASSESSMENT)
    assert (await make.bring(session, world, MappingState.APPROVED, rule=rule)).state == MappingState.APPROVED


async def test_a_filing_is_not_recorded_before_it_happened(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.APPROVED)
    registrar = await make.actor_of(session, world, "registrar")
    tomorrow = FilingIn(filing_number="1", filed_on=TODAY + timedelta(days=1))
    with pytest.raises(FiledInFuture):
        await commands.file_mapping(session, registrar, mapping_id=mapping.id, filing=tomorrow, today=TODAY)


async def test_a_new_version_ends_the_one_before_it(session: AsyncSession, world: World) -> None:
    first = await make.bring(session, world, MappingState.PUBLISHED)
    second = await make.bring(
        session, world, MappingState.PUBLISHED, rule=make.wish(world, years=(2023, 2027)), starts=date(2026, 9, 1)
    )
    assert (first.state, first.effective_from, first.effective_to) == ("superseded", STARTS, date(2026, 9, 1))
    assert (second.state, second.effective_from, second.effective_to) == ("published", date(2026, 9, 1), None)
    assert (await deeds_on(session, first))[-1] == "supersede_mapping"


async def test_a_version_between_two_others_shortens_the_first_once_more(session: AsyncSession, world: World) -> None:
    first = await make.bring(session, world, MappingState.PUBLISHED)
    await make.bring(session, world, MappingState.PUBLISHED, starts=date(2026, 9, 1))
    await make.bring(session, world, MappingState.PUBLISHED, starts=date(2026, 3, 1), ends=date(2026, 9, 1))
    assert (first.state, first.effective_to) == ("superseded", date(2026, 3, 1))


async def test_a_rule_for_other_years_stays_in_force(session: AsyncSession, world: World) -> None:
    first = await make.bring(session, world, MappingState.PUBLISHED)
    await make.bring(session, world, MappingState.PUBLISHED, rule=make.wish(world, years=(2027, 2028)))
    assert (first.state, first.effective_to) == ("published", None)


@pytest.mark.parametrize(
    ("years", "starts"),
    [((2024, 2026), STARTS), ((2024, 2026), STARTS - timedelta(days=1)), ((2025, 2026), STARTS + timedelta(days=1))],
)
async def test_a_rule_in_force_that_cannot_give_way_is_named(
    session: AsyncSession, world: World, years: tuple[int, int], starts: date
) -> None:
    first = await make.bring(session, world, MappingState.PUBLISHED)
    second = await make.bring(session, world, MappingState.FILED, rule=make.wish(world, years=years))
    with pytest.raises(RuleInForce) as refused:
        await publish(session, world, second, starts)
    assert refused.value.figures["mapping_id"] == str(first.id)
    assert (first.state, second.state, second.effective_from) == ("published", "filed", None)


async def test_a_course_converts_with_one_certificate_only(session: AsyncSession, world: World) -> None:
    first = await make.bring(session, world, MappingState.PUBLISHED)
    second = await make.bring(session, world, MappingState.FILED, organisation=1)
    with pytest.raises(CourseAlreadyConverted) as refused:
        await publish(session, world, second, date(2026, 9, 1))
    assert refused.value.figures["mapping_id"] == str(first.id)
    assert refused.value.figures["course_code"] == "K0"


@pytest.mark.parametrize("apart", ["days", "years", "courses", "direction"])
async def test_two_certificates_convert_a_course_apart(session: AsyncSession, world: World, apart: str) -> None:
    await make.bring(session, world, MappingState.PUBLISHED, ends=date(2026, 9, 1))
    rule = make.wish(
        world,
        organisation=1,
        years=(2027, 2028) if apart == "years" else (2024, 2026),
        courses=(world.schools[0].courses[0][1 if apart == "courses" else 0],),
        direction=Direction.COURSE_TO_ASSESSMENT if apart == "direction" else Direction.CERTIFICATE_TO_COURSE,
    )
    second = await make.bring(session, world, MappingState.FILED, rule=rule, organisation=1)
    await publish(session, world, second, date(2026, 9, 1) if apart == "days" else STARTS)
    assert second.state == MappingState.PUBLISHED


async def test_the_rule_before_may_end_before_the_other_certificates_begins(
    session: AsyncSession, world: World
) -> None:
    await make.bring(session, world, MappingState.PUBLISHED, starts=date(2026, 9, 1))
    second = await make.bring(session, world, MappingState.FILED, organisation=1)
    await publish(session, world, second, STARTS, date(2026, 9, 1))
    assert second.effective_to == date(2026, 9, 1)


@pytest.mark.parametrize("state", list(make.WAY[:4]))
async def test_a_rule_is_withdrawn_on_its_way(session: AsyncSession, world: World, state: MappingState) -> None:
    mapping = await make.bring(session, world, state)
    registrar = await make.actor_of(session, world, "registrar")
    await commands.withdraw_mapping(session, registrar, mapping_id=mapping.id, reason="重拟", today=TODAY)
    assert mapping.state == MappingState.WITHDRAWN
    assert (await deeds_on(session, mapping))[-1] == "withdraw_mapping"


async def test_a_published_rule_is_withdrawn_only_before_its_first_day(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.PUBLISHED, starts=TODAY + timedelta(days=1))
    registrar = await make.actor_of(session, world, "registrar")
    with pytest.raises(RuleAlreadyInForce):
        await commands.withdraw_mapping(
            session, registrar, mapping_id=mapping.id, reason="重拟", today=TODAY + timedelta(days=1)
        )
    await commands.withdraw_mapping(session, registrar, mapping_id=mapping.id, reason="重拟", today=TODAY)
    assert mapping.state == MappingState.WITHDRAWN


async def test_a_withdrawn_publication_makes_room_for_another(session: AsyncSession, world: World) -> None:
    starts = TODAY + timedelta(days=30)
    first = await make.bring(session, world, MappingState.PUBLISHED, starts=starts)
    registrar = await make.actor_of(session, world, "registrar")
    await commands.withdraw_mapping(session, registrar, mapping_id=first.id, reason="重拟", today=TODAY)
    second = await make.bring(session, world, MappingState.PUBLISHED, starts=starts)
    assert second.state == MappingState.PUBLISHED


async def test_no_deed_skips_a_step(session: AsyncSession, world: World) -> None:
    mapping = await make.bring(session, world, MappingState.DRAFT)
    registrar = await make.actor_of(session, world, "registrar")
    with pytest.raises(DeedNotAllowed):
        await commands.approve_mapping(session, registrar, mapping_id=mapping.id, today=TODAY)
    filing = FilingIn(filing_number="1", filed_on=TODAY)
    with pytest.raises(DeedNotAllowed):
        await commands.file_mapping(session, registrar, mapping_id=mapping.id, filing=filing, today=TODAY)
    with pytest.raises(DeedNotAllowed):
        await publish(session, world, mapping, STARTS)
    assert mapping.state == MappingState.DRAFT


async def test_the_database_itself_refuses_a_second_rule_in_force(session: AsyncSession, world: World) -> None:
    await make.bring(session, world, MappingState.PUBLISHED)
    second = await make.bring(session, world, MappingState.FILED)
    second.state, second.effective_from = MappingState.PUBLISHED, date(2026, 9, 1)
    with pytest.raises(IntegrityError, match="mappings_one_rule_in_force_excl"):
        async with session.begin_nested():
            await session.flush()
