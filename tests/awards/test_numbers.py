"""Numbers by pattern: what patterns there are, what they give, and whom a number belongs to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from tests.awards import office
from tests.exams import make
from tests.exams.desk import Desk
from x_pilot_api.awards import commands, rules
from x_pilot_api.core.actors import SYSTEM

OCCASION = rules.Occasion(year=2026, level="2", institution="4132010001")


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("JS{year}", "one {serial:N}"),
        ("{serial:6}{serial:6}", "one {serial:N}"),
        ("{serial:2}", "from 3 to 10"),
        ("{serial:11}", "from 3 to 10"),
        ("{serial:6}{month}", "no token"),
        ("{serial:6", "braces"),
        ("{serial:6}}", "braces"),
        ("{check}{serial:6}", "at the end"),
        ("{serial:6}{check}{check}", "at the end"),
        ("xp-{serial:6}", "platform's"),
        (" {serial:6}", "blanks"),
        ("{serial:6}\u200b", "control"),
        ("A" * 60 + "{serial:6}", "at most 64"),
        ("{serial}", "no token"),
    ],
)
def test_what_is_no_pattern_is_refused_with_its_reason(pattern: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace("{", r"\{").replace("}", r"\}")):
        rules.refuse_pattern(pattern)


@given(prefix=st.text("ABC-/0189年", max_size=12), width=st.integers(3, 10), serial=st.integers(1, 999))
def test_check_digits_hold_and_find_a_wrong_digit(prefix: str, width: int, serial: int) -> None:
    pattern = f"J{prefix}{{year}}{{serial:{width}}}{{check}}"
    rules.refuse_pattern(pattern)
    stem = rules.stem_of(pattern, OCCASION)
    number = rules.number_of(stem, serial=serial, digits=width)
    checked = "".join(char for char in number if char.isascii() and char.isalnum())
    assert mod_97_10.is_valid(checked)
    wrong = checked[:-3] + str((int(checked[-3]) + 1) % 10) + checked[-2:]
    assert not mod_97_10.is_valid(wrong)


def test_two_serials_never_come_to_one_number() -> None:
    stem = rules.stem_of("{institution}-{level}-{serial:3}{check}", OCCASION)
    numbers = {rules.number_of(stem, serial=serial, digits=3) for serial in range(1, 1000)}
    assert len(numbers) == 999
    assert {len(number) for number in numbers} == {18}


async def test_a_push_numbers_by_the_pattern_and_leaves_an_organisations_own_numbers(desk: Desk) -> None:
    await office.pattern(desk, "JS{year}{level}-{institution}-{serial:4}")
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1, certificate_number="ZS-9"), desk.row(plan, 2))
    code = desk.world.schools[0].code
    assert {award["number"] for award in await desk.awards(None)} == {
        f"JS20262-{code}-0001", "ZS-9", f"JS20262-{code}-0002",
    }  # fmt: skip
    await desk.push(plan, desk.row(plan, 3))
    (third,) = await desk.awards(3)
    assert third["number"] == f"JS20262-{code}-0003"


async def test_only_the_newest_version_in_force_counts_and_the_certificates_own_goes_first(desk: Desk) -> None:
    organised = desk.world.organisations[0]
    await office.pattern(desk, "A{serial:3}")
    await office.pattern(desk, "B{serial:3}", version=2)
    await office.pattern(desk, "C{serial:3}", version=3, effective_from=date(2099, 1, 1))
    assert (await office.issued(desk))["number"] == "B001"
    await office.pattern(desk, "D{serial:3}", certificate_id=organised.certificate_id)
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, 1))
    (award,) = await desk.awards(1)
    assert award["number"] == "D001"


async def test_a_number_an_organisation_gave_by_itself_is_passed_over(desk: Desk) -> None:
    await office.pattern(desk, "N{serial:3}")
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, 0, certificate_number="N001"), desk.row(plan, 1, certificate_number="N002"))
    await desk.push(plan, desk.row(plan, 2), desk.row(plan, 3))
    assert {(await desk.awards(index))[0]["number"] for index in (2, 3)} == {"N003", "N004"}


async def test_a_rehearsed_push_takes_no_serial(desk: Desk) -> None:
    await office.pattern(desk, "N{serial:3}")
    plan = await desk.plan()
    answer = await desk.send(plan, desk.row(plan), query="?validate_only=true")
    assert answer.json()["downstream"]["awards_issued"] == 1
    await desk.push(plan, desk.row(plan, 1))
    assert (await desk.awards(1))[0]["number"] == "N001"


async def test_a_serial_at_its_end_refuses_and_says_so(desk: Desk) -> None:
    await office.pattern(desk, "N{serial:3}")
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan))
    await office.count(desk, "WITH moved AS (UPDATE number_serials SET last_serial = 998 RETURNING 1) SELECT 1")
    await desk.push(plan, desk.row(plan, 1))
    answer = await desk.send(plan, desk.row(plan, 2))
    assert (answer.status_code, answer.json()["code"]) == (409, "serials_exhausted")
    assert (await desk.awards(1))[0]["number"] == "N999"


async def test_an_organisation_sets_and_previews_its_own_patterns_alone(desk: Desk) -> None:
    own, other = desk.world.organisations
    wish = {"pattern": "JS{year}{serial:6}{check}", "basis": "编1号", "effective_from": "2026-01-01"}
    first = await office.done(desk, "/v1/number-patterns", wish)
    second = await office.done(desk, "/v1/number-patterns", wish | {"certificate_id": str(own.certificate_id)})
    third = await office.done(desk, "/v1/number-patterns", wish)
    assert [found["version"] for found in (first, second, third)] == [1, 1, 2]
    foreign = wish | {"certificate_id": str(other.certificate_id)}
    assert await office.refused(desk, "/v1/number-patterns", foreign) == (404, "not_found")
    assert await office.refused(desk, "/v1/number-patterns", wish | {"pattern": "JS"}) == (422, "body_invalid")
    asked = {"pattern": "J{level}{serial:3}", "level": "3", "institution_code": "4132010001", "year": 2026}
    assert await office.done(desk, "/v1/number-patterns:preview", asked) == {
        "numbers": ["J3001", "J3002", "J3003"], "serials": 999, "may_clash": True,
    }  # fmt: skip
    listed = (await desk.get("/v1/number-patterns", who="org_staff"))["items"]
    assert [row["id"] for row in listed] == [first["id"], second["id"], third["id"]]
    assert (await desk.get("/v1/number-patterns", who="org_staff_2"))["items"] == []


async def test_numbers_that_clash_across_institutions_are_listed_until_they_no_longer_do(desk: Desk) -> None:
    here, there = await desk.plan(), await desk.plan(school=1, candidates=2)
    await desk.push(here, desk.row(here, certificate_number="ZS-1"))
    await desk.push(there, make.row(desk.world, there, 0, school=1, certificate_number="ZS-1"))
    await desk.push(there, make.row(desk.world, there, 1, school=1, certificate_number="ZS-2"))

    async def listed() -> list[tuple[str, int]]:
        async with desk.service.database.transaction() as session:
            await commands.note_clashes(session, SYSTEM, cause=desk.world.schools[0].id)
        items = (await desk.get("/v1/number-clashes", who="operator"))["items"]
        return [(item["number"], len(item["institution_ids"])) for item in items]

    assert await listed() == await listed() == [("ZS-1", 2)]
    voided = make.row(desk.world, there, 0, school=1, revision=2, grading="voided")
    await desk.push(there, voided)
    assert await listed() == []
