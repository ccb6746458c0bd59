"""Lead units of the province through HTTP: a list by a document, another that follows it, an end."""

from typing import Any

from tests.exams.desk import Json
from tests.posts.make import Secretariat

Row = tuple[str, str, list[str]]
NONE: list[str] = []


def a_list(*rows: Row, **changes: Any) -> Json:  # noqa: ANN401
    lines = [{"category": it[0], "unit_name": it[1], "certificate_names": it[2]} for it in rows]
    return {"document": "苏教职函〔2020〕11号", "valid_from": "2026-01-01", "rows": lines} | changes


async def test_each_line_of_a_list_has_its_own_outcome(secretariat: Secretariat) -> None:
    rows: tuple[Row, ...] = (
        ("财经商贸类", "甲校", ["智能财税1"]),
        ("装备制造类", "乙校", ["没有的证书"]),
        ("电子信息类", "丙校", NONE),
    )
    told = await secretariat.done("/lead-units:load", a_list(*rows))
    assert [(it["row"], it["outcome"], it["code"], it["unknown"]) for it in told["rows"]] == [
        (1, "added", None, NONE),
        (2, "refused", "certificates_unknown", ["没有的证书"]),
        (3, "added", None, NONE),
    ]
    assert (told["added"], told["refused"]) == (2, 1)
    again = await secretariat.done("/lead-units:load", a_list(*rows))
    assert [it["outcome"] for it in again["rows"]] == ["unchanged", "refused", "unchanged"]
    assert again["rows"][0]["lead_unit_id"] == told["rows"][0]["lead_unit_id"]
    (first, _) = (await secretariat.desk.get("/v1/lead-units", who="coordinator", on="2026-06-01"))["items"][::-1]
    assert (first["category"], [it["certificate_name"] for it in first["certificates"]], first["can_end"]) == (
        "财经商贸类",
        ["智能财税1"],
        False,
    )


async def test_a_later_list_ends_what_it_follows_on_the_day_before(secretariat: Secretariat) -> None:
    await secretariat.done("/lead-units:load", a_list(("财经商贸类", "甲校", NONE)))
    later = a_list(("财经商贸类", "乙校", NONE), valid_from="2026-07-01", document="苏教职函〔2026〕3号")
    assert (await secretariat.done("/lead-units:load", later))["succeeded"] == 1
    terms = (await secretariat.desk.get("/v1/lead-units", category="财经商贸类"))["items"]
    assert [(it["unit_name"], it["valid_from"], it["valid_to"], it["end_document"]) for it in terms] == [
        ("甲校", "2026-01-01", "2026-06-30", "苏教职函〔2026〕3号"),
        ("乙校", "2026-07-01", None, None),
    ]
    earlier = a_list(("财经商贸类", "丙校", NONE), valid_from="2026-03-01")
    (row,) = (await secretariat.done("/lead-units:load", earlier))["rows"]
    assert (row["outcome"], row["code"]) == ("refused", "later_term_exists")


async def test_a_lead_ends_once_and_within_its_term(secretariat: Secretariat) -> None:
    told = await secretariat.done("/lead-units:load", a_list(("财经商贸类", "甲校", NONE)))
    path = f"/lead-units/{told['rows'][0]['lead_unit_id']}:end"
    end = {"valid_to": "2026-12-31", "document": "苏教职函〔2026〕9号"}
    assert await secretariat.code(path, end | {"valid_to": "2025-12-31"}) == (409, "lead_unit_day_unfit")
    assert await secretariat.code(path, end, who="registrar_2") == (404, "not_found")
    assert await secretariat.code(path, end, who="coordinator") == (403, "forbidden")
    assert (await secretariat.done(path, end))["valid_to"] == "2026-12-31"
    assert await secretariat.code(path, end) == (409, "lead_unit_day_unfit")


async def test_a_list_names_a_category_once_and_its_days_in_order(secretariat: Secretariat) -> None:
    twice = a_list(("财经商贸类", "甲校", NONE), ("财经商贸类", "乙校", NONE))
    for wrong in (twice, a_list(("财经商贸类", "甲校", NONE), valid_to="2025-12-31"), a_list()):
        assert (await secretariat.send("/lead-units:load", wrong)).status_code == 422
    assert await secretariat.code("/lead-units:load", a_list(("财经商贸类", "甲校", NONE)), who="coordinator") == (
        403,
        "forbidden",
    )
