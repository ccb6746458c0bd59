"""The checks have teeth: with one taken out, what it guards goes wrong and is seen to."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from tests.awards import office
from tests.exams.desk import Desk
from x_pilot_api.awards import number_patterns, rules
from x_pilot_api.awards.commands import numbering, papers
from x_pilot_api.awards.queries import verification


async def test_without_passing_over_taken_numbers_a_push_cannot_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing_taken(*_: object, **__: object) -> set[str]:
        return set()

    await office.pattern(desk, "N{serial:3}")
    plan = await desk.plan()
    await desk.push(plan, desk.row(plan, 0, certificate_number="N001"))
    monkeypatch.setattr(numbering.queries, "find_taken", nothing_taken)
    answer = await desk.send(plan, desk.row(plan, 1))
    assert (answer.status_code, answer.json()["code"]) == (409, "busy")


async def test_without_the_second_persons_rule_the_database_itself_refuses(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    award = await office.issued(desk)
    proposed = await office.done(desk, f"/v1/awards/{award['id']}/reissues", office.LOST)
    monkeypatch.setattr(papers, "ReissueOwnRequest", _Forgotten)
    answer = await office.post(desk, f"/v1/award-reissues/{proposed['id']}:confirm")
    assert not answer.is_success
    assert (await desk.awards())[0]["copies"] == 0


class _Forgotten(Exception):
    pass


async def test_a_verification_that_forgets_the_instant_tells_today(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    award = await office.issued(desk)
    now = (await desk.verify(award["verification_code"]))["as_of"]
    await office.done(desk, f"/v1/awards/{award['id']}:suspend", {"reason": "复核"})
    path = f"/v1/verify/{award['verification_code']}"
    assert (await desk.client.get(path, params={"as_of": now})).json()["state"] == "valid"
    forgetful = str(vars(verification)["_VERIFIED"]).replace(":as_of", "NULL")
    monkeypatch.setattr(verification, "_VERIFIED", text(forgetful))
    assert (await desk.client.get(path, params={"as_of": now})).json()["state"] == "suspended"


def _keeping(kept: Callable[[str], bool]) -> Callable[[str], str]:
    return lambda number: "".join(filter(kept, number))


def test_check_digits_that_skip_letters_would_miss_a_wrong_one(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers: list[Any] = []
    for kept in (str.isalnum, str.isdigit):
        monkeypatch.setattr(number_patterns, "_checked", _keeping(kept))
        written = [rules.number_of(stem, serial=1, digits=3) for stem in ("A{serial}{check}", "B{serial}{check}")]
        numbers.append([number[-2:] for number in written])
    assert numbers[0][0] != numbers[0][1]
    assert numbers[1][0] == numbers[1][1]
