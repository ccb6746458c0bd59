"""A student asks from the own space for courses to offset parts of an assessment, and the device is told of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.credits.converting import Clerk, refused
from tests.exams.desk import Desk, Json, set_clock
from tests.student_space.conftest import Campus
from tests.student_space.phone import Phone


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 6, 25, 4, tzinfo=UTC))


async def options(phone: Phone) -> list[Json]:
    found: list[Json] = (await phone.get("offset-options"))["items"]
    return found


def wish(mapping_id: object, *courses: object) -> Json:
    return {"wishes": [{"mapping_id": str(mapping_id), "course_ids": [str(course) for course in courses]}]}


async def test_a_student_sees_what_could_be_offset_asks_for_it_and_is_exempted(campus: Campus) -> None:
    clerk, phone = Clerk(campus.desk), campus.phone()
    mapping_id = await clerk.offset_rule(0, 1, share=50)
    await clerk.pass_course(0, 0)
    await phone.sync()
    (option,) = await options(phone)
    assert (option["mapping_id"], option["level"]) == (str(mapping_id), "2")
    first, second = option["courses"]
    assert (first["least_grade"], first["grade"], first["refusal"], first["says"]) == ("良好", "良好", None, None)
    parts = [(it["component_code"], it["share_percent"], it["counts_as_percent"]) for it in first["parts"]]
    assert parts == [("theory", 50, 80)]
    assert (second["grade"], second["refusal"]) == (None, "course_not_passed")
    assert second["says"].keys() == {"zh-CN", "en"}

    made = await phone.done("offsets", wish(mapping_id, first["course_id"]))
    assert (made["requested"], made["awaits"], made["credit_held"]) == (1, "college", "0.00")
    (conversion_id,) = made["conversion_ids"]
    await phone.sync()
    held = phone.held("conversion")[conversion_id]
    assert (held["direction"], held["allowed_deeds"]) == ("course_to_assessment", ["withdraw"])
    assert [(it["component_code"], it["share_percent"]) for it in held["offsets"]] == [("theory", 50)]
    await phone.holds_the_truth()
    assert [it["refusal"] for it in (await options(phone))[0]["courses"]] == ["offset_already", "course_not_passed"]

    await clerk.grant(conversion_id)
    await phone.sync()
    assert phone.held("conversion")[conversion_id]["state"] == "granted"
    await phone.holds_the_truth()


async def test_what_is_asked_for_from_the_own_space_can_be_withdrawn_there_and_asked_for_again(desk: Desk) -> None:
    clerk, phone = Clerk(desk), Phone(desk.client, desk.sign_in)
    mapping_id = await clerk.offset_rule(0)
    await clerk.pass_course(0, 0)
    for _ in range(2):
        (made,) = (await phone.done("offsets", wish(mapping_id, clerk.courses[0])))["conversion_ids"]
        await phone.done("conversions:withdraw", {"conversion_id": made, "reason": "改选"})
    assert [it["state"] for it in (await phone.get("conversions"))["items"]] == ["withdrawn"] * 2


async def test_every_option_that_is_refused_is_refused_when_it_is_asked_for(desk: Desk) -> None:
    clerk, phone = Clerk(desk), Phone(desk.client, desk.sign_in)
    await clerk.more_courses(5)
    ways: list[dict[str, Any]] = [{"word": "良好"}, {"word": "及格"}, {"word": None, "score": 9_000}]
    mapping_id = await clerk.offset_rule(0, 1, 2, 3, share=25)
    for course, how in enumerate(ways):
        await clerk.pass_course(0, course, **how)
    unsaid = await clerk.offset_rule(4, level="1", counts_as=None)
    await clerk.pass_course(0, 4)
    found = {course["course_id"]: (option["mapping_id"], course["refusal"])
             for option in await options(phone) for course in option["courses"]}  # fmt: skip
    expected = [None, "grade_below_least", "grades_not_comparable", "course_not_passed", "offset_counts_unsaid"]
    assert [found[str(course)][1] for course in clerk.courses] == expected
    assert {it for it, _ in found.values()} == {str(mapping_id), str(unsaid)}
    # What is refused first, so that what can be asked for does not come in its way.
    for course_id, (rule_id, refusal) in sorted(found.items(), key=lambda it: it[1][1] is None):
        answer = await phone.do("offsets", wish(rule_id, course_id))
        assert (None if answer.is_success else refused(answer)[0]) == refusal, course_id


async def test_nobody_asks_for_somebody_else_or_by_a_rule_that_is_not_theirs(desk: Desk) -> None:
    clerk, phone = Clerk(desk), Phone(desk.client, desk.sign_in)
    mapping_id = await clerk.offset_rule(0)
    await clerk.pass_course(1, 0)
    assert refused(await phone.do("offsets", wish(mapping_id, clerk.courses[0])))[0] == "course_not_passed"
    stranger = Phone(desk.client, desk.sign_in, "student_2")
    assert await options(stranger) == []
    assert refused(await stranger.do("offsets", wish(mapping_id, clerk.courses[0])))[0] == "offset_rule_unknown"


async def test_a_held_level_has_nothing_to_offset(desk: Desk) -> None:
    clerk, phone = Clerk(desk), Phone(desk.client, desk.sign_in)
    await clerk.earn(0)
    mapping_id = await clerk.offset_rule(1)
    await clerk.pass_course(0, 1)
    (option,) = [it for it in await options(phone) if it["mapping_id"] == str(mapping_id)]
    assert [it["refusal"] for it in option["courses"]] == ["level_already_held"]
    assert refused(await phone.do("offsets", wish(mapping_id, clerk.courses[1])))[0] == "level_already_held"
