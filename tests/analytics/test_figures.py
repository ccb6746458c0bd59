"""Figures are exact, open their rows, and nobody counts whom they may not see."""

from decimal import Decimal
from typing import Any

import pytest

from tests.exams.desk import Json
from tests.tallies.sums import Sums
from x_pilot_api.analytics.models import AnalyticsBy, Figure
from x_pilot_api.analytics.rules import RATES, STANDING_NOW

FIGURES, ROWS = "/v1/analytics/figures", "/v1/analytics/rows"
_KEY = {
    AnalyticsBy.COLLEGE: "college_id", AnalyticsBy.PROGRAMME: "programme_id", AnalyticsBy.CERTIFICATE: "certificate_id",
    AnalyticsBy.LEVEL: "certificate_level_id", AnalyticsBy.ORGANISATION: "organisation_id",
}  # fmt: skip


async def figures(sums: Sums, who: str = "registrar", **query: str) -> Json:
    found: Json = await sums.get(FIGURES, who=who, **query)
    return found


async def rows(sums: Sums, figure: str, who: str = "registrar", **query: str) -> list[Json]:
    """Read all rows behind a figure, page by page."""
    found: list[Json] = []
    token = ""
    while True:
        more = {"page_token": token} if token else {}
        page = await sums.get(ROWS, who=who, figure=figure, page_size=3, **query, **more)
        found += page["items"]
        token = page["next_page_token"]
        if not token:
            return found


def whole(figure: str, value: Any) -> int:  # noqa: ANN401 - as JSON tells it
    return int(Decimal(value) * 100) if figure.startswith("credits") else int(value)


async def test_the_rates_of_a_school_with_what_they_are_made_of(sums: Sums) -> None:
    total = (await figures(sums))["total"]
    rates = {rate: tuple(total[rate].values()) for rate in RATES}
    assert rates == {
        "attainment": (8, 13, "61.54"),
        "pass_rate": (9, 12, "75.00"),
        "attendance": (13, 14, "92.86"),
        "account_opening": (5, 10, "50.00"),
        "guarantee_coverage": (8, 10, "80.00"),
    }
    assert (total["figures"]["credits_recognised"], total["figures"]["conversions"]) == ("12.00", 0)


@pytest.mark.parametrize("by", list(AnalyticsBy))
async def test_each_figure_of_each_group_is_the_sum_of_the_rows_it_opens(sums: Sums, by: AnalyticsBy) -> None:
    told = await figures(sums, by=by.value)
    named = [group for group in told["groups"] if group["group_id"]]
    assert named
    for group in named:
        key = group["group_id"]
        if by is AnalyticsBy.YEAR:
            query = {"month_from": f"{key}-01", "month_to": f"{key}-12"}
        else:
            query = {"month_from": key, "month_to": key} if by is AnalyticsBy.MONTH else {_KEY[by]: key}
        for figure in Figure:
            if by in {AnalyticsBy.YEAR, AnalyticsBy.MONTH} and figure in STANDING_NOW:
                # What is as of now belongs to no month, and is asked for whatever the month.
                assert group["figures"][figure] == 0
                continue
            behind = await rows(sums, figure.value, **query)
            assert sum(row["amount"] for row in behind) == whole(figure, group["figures"][figure]), (figure, group)
            assert len({row["object_id"] for row in behind}) == len(behind)


async def test_every_figure_altogether_is_the_sum_of_its_rows_for_whoever_asks(sums: Sums) -> None:
    for who in ("registrar", "auditor", "coordinator", "sibling_coordinator"):
        total = (await figures(sums, who))["total"]["figures"]
        for figure in Figure:
            behind = await rows(sums, figure.value, who)
            assert sum(row["amount"] for row in behind) == whole(figure, total[figure]), (who, figure)


async def test_a_college_counts_its_own_and_another_school_nothing_of_it(sums: Sums) -> None:
    own = await figures(sums, "coordinator")
    assert own["total"]["figures"]["candidates"] == 14
    for who in ("sibling_coordinator", "registrar_2"):
        other = (await figures(sums, who))["total"]
        assert (other["figures"]["candidates"], other["figures"]["certificates"]) == (0, 0)
        assert other["pass_rate"] == {"numerator": 0, "denominator": 0, "percent": None}
        assert await rows(sums, "passed", who) == []
    college = str(sums.world.schools[0].colleges[0])
    assert await rows(sums, "passed", "registrar_2", college_id=college) == []
    assert await rows(sums, "passed", "sibling_coordinator", college_id=college) == []


async def test_who_has_no_such_role_is_refused(sums: Sums) -> None:
    for who in ("student", "org_staff", "machine"):
        for path in (FIGURES, f"{ROWS}?figure=passed"):
            assert await sums.status(path, who=who) == 403


async def test_a_social_candidate_has_no_programme_and_is_named_without_a_student(sums: Sums) -> None:
    groups = {group["name"]: group for group in (await figures(sums, by="programme"))["groups"]}
    assert groups[None]["figures"]["candidates"] == 1
    assert groups[None]["attainment"]["denominator"] == 0
    (social,) = [row for row in await rows(sums, "candidates") if row["student_id"] is None]
    assert (social["student_number"], social["programme_name"], social["college_name"]) == (None, None, "二级学院0")


async def test_months_bound_what_is_told_and_nonsense_is_refused(sums: Sums) -> None:
    inside = (await figures(sums, by="month", month_from="2026-06", month_to="2026-06"))["groups"]
    assert [(group["group_id"], group["figures"]["passed"]) for group in inside] == [("2026-06", 9)]
    outside = await figures(sums, month_from="2026-07")
    assert outside["total"]["figures"]["passed"] == 0
    assert outside["total"]["account_opening"]["denominator"] == 10
    for query in ("month_from=2026-13", "month_from=x", "by=x", "figure=x"):
        assert await sums.status(f"{FIGURES}?{query}", who="registrar") in {400, 422}


async def test_what_is_as_of_now_is_of_no_certificate(sums: Sums) -> None:
    of_one = await figures(sums, certificate_id=str(sums.world.organisations[0].certificate_id))
    assert of_one["total"]["account_opening"]["percent"] is None
    assert of_one["total"]["figures"]["passed"] == 9
    assert await rows(sums, "accounts", certificate_id=str(sums.world.organisations[0].certificate_id)) == []
