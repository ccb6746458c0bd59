"""Versions of the scheme, and years opened by them, through HTTP."""

import pytest

from tests.exams.desk import Json
from tests.supervision.make import INDICATORS, YEAR, Chamber, scheme


async def test_a_version_in_force_never_changes_and_the_next_one_follows_it(chamber: Chamber) -> None:
    first = await chamber.draft()
    assert (first["number"], first["state"], first["allowed_deeds"]) == (1, "draft", ["change", "enact"])
    assert [each["source"] for each in first["indicators"]] == ["figure", "figure", "manual"]
    assert (first["indicators"][0]["figure_version"], first["indicators"][2]["numerator_zh"]) == (1, "已完成培训的教师")
    path = f"/college-schemes/{first['id']}"
    changed = await chamber.tagged(path, who="registrar", verb="PUT", body=scheme(name="考核办法（修订）"))
    assert changed.json()["name"] == "考核办法（修订）"
    assert (await chamber.enact(first)).json()["allowed_deeds"] == []
    again = await chamber.tagged(path, who="registrar", verb="PUT", body=scheme())
    assert again.json()["code"] == "deed_not_allowed"

    second = await chamber.in_force(first_year=YEAR + 1, indicators=[INDICATORS[0] | {"weight": 100}])
    assert (second["number"], second["state"], second["last_year"]) == (2, "in_force", None)
    told = await chamber.desk.get(f"/v1{path}")
    assert (told["state"], told["last_year"], len(told["indicators"])) == ("superseded", YEAR, 3)
    await chamber.open()
    assert (await chamber.assessment())["scheme_number"] == 1
    await chamber.open(year=YEAR + 1, closes_at=None)
    assert (await chamber.assessment(year=str(YEAR + 1)))["scheme_number"] == 2


async def test_a_version_that_was_never_opened_is_followed_for_the_same_year(chamber: Chamber) -> None:
    first = await chamber.in_force()
    await chamber.in_force(name="更正")
    told = await chamber.desk.get(f"/v1/college-schemes/{first['id']}")
    assert (told["state"], told["last_year"]) == ("superseded", YEAR - 1)
    await chamber.open()
    third = await chamber.draft()
    refused = (await chamber.enact(third)).json()
    assert (refused["code"], refused["figures"]["opened"]) == ("college_scheme_too_early", str(YEAR))


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"indicators": [INDICATORS[0]]}, 409, "indicator_weights_not_whole"),
        (
            {"indicators": [INDICATORS[0] | {"weight": 100, "figure_code": "awards_issued"}]},
            409,
            "indicator_is_no_ratio",
        ),
        ({"indicators": [INDICATORS[0] | {"weight": 100, "figure_code": "made_up"}]}, 409, "figure_unknown"),
        ({"indicators": []}, 422, None),
        ({"indicators": [INDICATORS[2] | {"numerator": None, "weight": 100}]}, 422, None),
        ({"indicators": [INDICATORS[0] | {"numerator": "x", "weight": 100}]}, 422, None),
        ({"indicators": [INDICATORS[0] | {"target_percent": "0.00", "weight": 100}]}, 422, None),
        ({"indicators": [INDICATORS[0] | {"weight": 50}, INDICATORS[0] | {"weight": 50}]}, 422, None),
    ],
)
async def test_a_scheme_that_makes_no_sense_is_refused(
    chamber: Chamber, change: Json, status: int, code: str | None
) -> None:
    answer = await chamber.send("/college-schemes", scheme(**change))
    assert (answer.status_code, code or answer.json()["code"]) == (status, answer.json()["code"]), answer.text


async def test_one_draft_at_a_time_and_colleges_do_not_see_it(chamber: Chamber) -> None:
    drafted = await chamber.draft()
    again = await chamber.send("/college-schemes", scheme())
    assert (again.status_code, again.json()["code"]) == (409, "college_scheme_draft_exists")
    assert await chamber.desk.status(f"/v1/college-schemes/{drafted['id']}", who="coordinator") == 404
    assert (await chamber.desk.get("/v1/college-schemes", who="coordinator"))["items"] == []
    assert await chamber.desk.status(f"/v1/college-schemes/{drafted['id']}", who="registrar_2") == 404


async def test_without_a_scheme_no_year_is_opened_and_colleges_that_come_later_get_theirs(chamber: Chamber) -> None:
    refused = await chamber.send("/assessment-years", {"year": YEAR})
    assert (refused.status_code, refused.json()["code"]) == (409, "college_scheme_missing")
    await chamber.in_force()
    early = await chamber.send("/assessment-years", {"year": YEAR - 1})
    assert early.json()["code"] == "college_scheme_missing"
    opened = await chamber.open(closes_at=None)
    assert (opened["opened"], opened["year"]["closes_at"]) == (2, f"{YEAR}-12-31T16:00:00Z")
    assert opened["year"]["allowed_deeds"] == ["publish_ranking"]
    await chamber.found_college()
    again = await chamber.open()
    assert (again["opened"], again["year"]["closes_at"]) == (1, f"{YEAR}-12-31T16:00:00Z")
    missing = await chamber.desk.client.get("/v1/assessment-years/2031", headers=chamber.desk.sign_in("registrar"))
    assert (missing.status_code, missing.json()["code"]) == (404, "assessment_year_not_opened")
    assert (await chamber.send("/assessment-years", {"year": YEAR}, who="coordinator")).status_code == 403
    early = await chamber.send("/assessment-years", {"year": YEAR + 1, "closes_at": f"{YEAR}-06-01T00:00:00Z"})
    assert early.json()["code"] == "assessment_closes_before_year"
