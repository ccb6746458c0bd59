"""Issuing ceilings and proposing fee standards, as callers do it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from tests.fees.make import DOCUMENT_NUMBER, ceiling_body, standard_body, store_ceiling, store_standard
from tests.world import World

SignIn = Callable[[str], dict[str, str]]
ENGLISH = {"Accept-Language": "en"}


def new_key() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


async def _issue(client: httpx.AsyncClient, sign_in: SignIn, **changes: object) -> httpx.Response:
    return await client.post(
        "/v1/fee-ceilings", json=ceiling_body(**changes), headers=sign_in("operator") | ENGLISH | new_key()
    )


async def _propose(
    client: httpx.AsyncClient, sign_in: SignIn, body: dict[str, Any], *, who: str = "registrar"
) -> httpx.Response:
    return await client.post("/v1/fee-standards", json=body, headers=sign_in(who) | ENGLISH | new_key())


async def _ids(client: httpx.AsyncClient, headers: dict[str, str], path: str, **filters: str) -> list[UUID]:
    answer = await client.get(path, params=filters or None, headers=headers)
    assert answer.status_code == 200, answer.text
    return [UUID(row["id"]) for row in answer.json()["items"]]


async def test_the_operator_issues_a_ceiling_that_everybody_reads(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    issued = await _issue(client, sign_in, level="2", category="finance", effective_to="2028-01-01")
    assert issued.status_code == 201
    body = issued.json()
    assert body.pop("suspended_standards") == []
    assert issued.headers["location"] == f"/v1/fee-ceilings/{body['id']}"
    expected = ceiling_body(level="2", category="finance", effective_to="2028-01-01")
    assert body == expected | {"id": body["id"], "recorded_at": body["recorded_at"]}
    for who in ("operator", "registrar", "coordinator_2", "auditor", "org_staff"):
        read = await client.get(issued.headers["location"], headers=sign_in(who))
        assert (read.status_code, read.json()) == (200, body)


@pytest.mark.parametrize("who", ["registrar", "coordinator", "auditor", "org_staff"])
async def test_nobody_but_the_operator_issues_a_ceiling(client: httpx.AsyncClient, sign_in: SignIn, who: str) -> None:
    answer = await client.post("/v1/fee-ceilings", json=ceiling_body(), headers=sign_in(who) | new_key())
    assert (answer.status_code, answer.json()["figures"]) == (403, {"permission": "fee_ceilings:issue"})


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 50_000},
        {"amount_fen": 0},
        {"amount_fen": "50000"},
        {"amount_fen": 500.0},
        {"amount_fen": 10**30},
        {"exam_form": "oral"},
        {"level": 2},
        {"category": "finance"},
        {"document_number": ""},
        {"document_number": "a\x00b"},
        {"effective_from": 1767225600},
        {"effective_from": "2026-01-01T00:00:00"},
        {"effective_from": "2026-02-30"},
        {"effective_to": "2026-01-01"},
        {"id": "00000000-0000-0000-0000-000000000001"},
    ],
    ids=str,
)
async def test_a_ceiling_that_is_not_clear_is_refused(
    client: httpx.AsyncClient, sign_in: SignIn, changes: dict[str, object]
) -> None:
    answer = await _issue(client, sign_in, **changes)
    assert (answer.status_code, answer.json()["code"]) == (422, "body_invalid")


async def test_a_ceiling_over_the_days_of_another_is_refused_with_its_figures(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    first = (await _issue(client, sign_in, effective_to="2027-01-01")).json()
    refused = await _issue(client, sign_in, amount_fen=1, effective_from="2026-12-31")
    assert (refused.status_code, refused.json()["code"]) == (409, "ceiling_overlaps")
    assert refused.json()["figures"] == {
        "ceiling_id": first["id"],
        "amount_fen": 50_000,
        "document_number": DOCUMENT_NUMBER,
        "period": "2026-01-01/2027-01-01",
    }
    for figure in ("50000", first["id"], "2026-01-01/2027-01-01"):
        assert figure in refused.json()["detail"]
    assert (await _issue(client, sign_in, effective_from="2027-01-01")).status_code == 201
    assert (await _issue(client, sign_in, effective_from="2025-01-01", effective_to="2026-01-01")).status_code == 201
    assert (await _issue(client, sign_in, level="1")).status_code == 201
    assert (await _issue(client, sign_in, exam_form="paper")).status_code == 201


async def test_ceilings_are_found_by_form_level_and_day_and_come_in_pages(
    client: httpx.AsyncClient, sign_in: SignIn, session: AsyncSession
) -> None:
    ended = await store_ceiling(session, effective_from=date(2024, 1, 1), effective_to=date(2026, 1, 1))
    form = await store_ceiling(session)
    level = await store_ceiling(session, level="3", amount_fen=70_000)
    paper = await store_ceiling(session, exam_form="paper", amount_fen=20_000)
    headers = sign_in("registrar")
    assert await _ids(client, headers, "/v1/fee-ceilings") == [ended, form, level, paper]
    assert await _ids(client, headers, "/v1/fee-ceilings", exam_form="paper") == [paper]
    assert await _ids(client, headers, "/v1/fee-ceilings", level="3") == [level]
    assert await _ids(client, headers, "/v1/fee-ceilings", in_force_on="2025-12-31") == [ended]
    first = await client.get("/v1/fee-ceilings?page_size=3&exam_form=computer", headers=headers)
    assert "link" not in first.headers
    first = await client.get("/v1/fee-ceilings?page_size=2&exam_form=computer", headers=headers)
    following = first.headers["link"].partition("<")[2].partition(">")[0]
    assert await _ids(client, headers, following) == [level]


async def test_a_registrar_proposes_a_standard_under_the_ceiling(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    ceiling_id = await store_ceiling(session)
    proposed = await _propose(client, sign_in, standard_body(world))
    assert proposed.status_code == 201
    body = proposed.json()
    assert proposed.headers["location"] == f"/v1/fee-standards/{body['id']}"
    expected = standard_body(world) | {
        "institution_id": str(world.schools[0].id),
        "category": None,
        "ceiling_id": str(ceiling_id),
        "ceiling_fen": 50_000,
        "state": "proposed",
        "allowed_deeds": ["withdraw"],
    }
    assert {name: body[name] for name in expected} == expected
    read = await client.get(proposed.headers["location"], headers=sign_in("auditor"))
    assert (read.status_code, read.json()) == (200, body | {"allowed_deeds": []})


@pytest.mark.parametrize("who", ["operator", "auditor", "student", "teacher"])
async def test_only_those_who_run_exams_propose_a_standard(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, who: str
) -> None:
    answer = await _propose(client, sign_in, standard_body(world), who=who)
    assert (answer.status_code, answer.json()["figures"]) == (403, {"permission": "fee_standards:propose"})


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "published"},
        {"ceiling_fen": 99_999},
        {"fee_fen": -1},
        {"fee_fen": 1.5},
        {"fee_fen": True},
        {"basis": ""},
        {"basis": "x" * 2_001},
        {"certificate_level_id": "2"},
        {"effective_to": "2025-01-01"},
    ],
    ids=lambda changes: str(changes)[:40],
)
async def test_a_standard_that_is_not_clear_is_refused(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, changes: dict[str, object]
) -> None:
    answer = await _propose(client, sign_in, standard_body(world, **changes))
    assert (answer.status_code, answer.json()["code"]) == (422, "body_invalid")


async def test_without_a_ceiling_no_standard_is_taken(client: httpx.AsyncClient, world: World, sign_in: SignIn) -> None:
    refused = await _propose(client, sign_in, standard_body(world, category="finance"))
    assert (refused.status_code, refused.json()["code"]) == (409, "ceiling_missing")
    expected = {"exam_form": "computer", "level": "2", "category": "finance", "on": "2026-01-01"}
    assert refused.json()["figures"] == expected
    assert all(figure in refused.json()["detail"] for figure in expected.values())


async def test_a_standard_above_the_ceiling_is_refused_with_both_amounts_in_both_languages(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    ceiling_id = str(await store_ceiling(session))
    for headers in (ENGLISH, {}):
        refused = await client.post(
            "/v1/fee-standards",
            json=standard_body(world, fee_fen=50_300),
            headers=sign_in("coordinator") | headers | new_key(),
        )
        assert (refused.status_code, refused.json()["code"]) == (409, "ceiling_exceeded")
        assert refused.json()["figures"] == {
            "fee_fen": 50_300,
            "ceiling_fen": 50_000,
            "ceiling_id": ceiling_id,
            "document_number": DOCUMENT_NUMBER,
            "on": "2026-01-01",
        }
        for figure in ("50300", "50000", ceiling_id, DOCUMENT_NUMBER, "2026-01-01"):
            assert figure in refused.json()["detail"]
        assert ("考核费用标准" in refused.json()["detail"]) is (headers == {})
    assert await _ids(client, sign_in("registrar"), "/v1/fee-standards") == []


async def test_a_standard_that_outlasts_its_ceiling_is_refused_with_both_periods(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    await store_ceiling(session, effective_to=date(2026, 7, 1))
    refused = await _propose(client, sign_in, standard_body(world))
    assert (refused.status_code, refused.json()["code"]) == (409, "ceiling_ends_earlier")
    for period in ("2026-01-01/2026-07-01", "2026-01-01/2027-01-01"):
        assert period in refused.json()["detail"]


async def test_a_second_standard_for_the_same_days_is_refused_with_the_first(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    await store_ceiling(session)
    first = (await _propose(client, sign_in, standard_body(world))).json()
    refused = await _propose(client, sign_in, standard_body(world, effective_from="2026-12-31", effective_to=None))
    assert (refused.status_code, refused.json()["code"]) == (409, "fee_standard_overlaps")
    assert refused.json()["figures"] == {
        "standard_id": first["id"],
        "fee_fen": 41_500,
        "state": "proposed",
        "period": "2026-01-01/2027-01-01",
    }
    await store_ceiling(session, effective_from=date(2025, 1, 1), effective_to=date(2026, 1, 1))
    for begin, end in (("2027-01-01", None), ("2025-01-01", "2026-01-01")):
        beside = standard_body(world, effective_from=begin, effective_to=end)
        assert (await _propose(client, sign_in, beside)).status_code == 201
    assert (await _propose(client, sign_in, standard_body(world), who="registrar_2")).status_code == 201


async def test_an_unknown_level_and_another_institution_are_not_found(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    await store_ceiling(session)
    unknown = await _propose(client, sign_in, standard_body(world, certificate_level_id=str(uuid4())))
    elsewhere = await _propose(client, sign_in, standard_body(world, institution_id=str(world.schools[1].id)))
    assert (unknown.status_code, elsewhere.status_code) == (404, 404)
    own = await _propose(client, sign_in, standard_body(world, institution_id=str(world.schools[0].id)))
    assert own.status_code == 201


async def test_an_organisation_names_the_institution_and_only_its_own_levels(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    await store_ceiling(session)
    named = standard_body(world, institution_id=str(world.schools[1].id))
    unnamed = await _propose(client, sign_in, standard_body(world), who="org_staff")
    assert (unnamed.status_code, unnamed.json()["errors"][0]["pointer"]) == (422, "/institution_id")
    nowhere = await _propose(client, sign_in, named | {"institution_id": str(uuid4())}, who="org_staff")
    assert nowhere.status_code == 404
    other = await _propose(client, sign_in, named, who="org_staff_2")
    assert (other.status_code, other.json()["code"]) == (404, "not_found")
    proposed = await _propose(client, sign_in, named, who="org_staff")
    assert (proposed.status_code, proposed.json()["institution_id"]) == (201, str(world.schools[1].id))


async def test_a_standard_is_seen_by_its_institution_and_by_the_organisation_of_its_level(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    ceiling_id = await store_ceiling(session)
    levels = [organised.levels["1"] for organised in world.organisations]
    here, there, of_other = [
        await store_standard(session, world, ceiling_id=ceiling_id, school=school, certificate_level_id=level_id)
        for school, level_id in ((0, levels[0]), (1, levels[0]), (0, levels[1]))
    ]
    seen = {
        "registrar": {here, of_other},
        "sibling_coordinator": {here, of_other},
        "auditor": {here, of_other},
        "registrar_2": {there},
        "org_staff": {here, there},
        "org_staff_2": {of_other},
    }
    for who, expected in seen.items():
        assert set(await _ids(client, sign_in(who), "/v1/fee-standards")) == expected, who
        for standard_id in (here, there, of_other):
            read = await client.get(f"/v1/fee-standards/{standard_id}", headers=sign_in(who))
            assert read.status_code == (200 if standard_id in expected else 404), who
    assert (await client.get("/v1/fee-standards", headers=sign_in("student"))).status_code == 403


async def test_standards_are_found_by_level_form_and_state_and_come_in_pages(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    ceiling_id = await store_ceiling(session)
    level_id = world.organisations[0].levels["1"]
    first = await store_standard(session, world, ceiling_id=ceiling_id)
    elementary = await store_standard(session, world, ceiling_id=ceiling_id, certificate_level_id=level_id)
    paper = await store_standard(session, world, ceiling_id=ceiling_id, exam_form="paper", state="suspended")
    headers = sign_in("registrar")
    assert await _ids(client, headers, "/v1/fee-standards") == [first, elementary, paper]
    assert await _ids(client, headers, "/v1/fee-standards", certificate_level_id=str(level_id)) == [elementary]
    assert await _ids(client, headers, "/v1/fee-standards", exam_form="paper") == [paper]
    assert await _ids(client, headers, "/v1/fee-standards", state="proposed") == [first, elementary]
    page = await client.get("/v1/fee-standards?page_size=2", headers=headers)
    following = page.headers["link"].partition("<")[2].partition(">")[0]
    assert await _ids(client, headers, following) == [paper]


async def test_a_lower_ceiling_suspends_the_standards_above_it_and_lists_them(
    client: httpx.AsyncClient, world: World, sign_in: SignIn, session: AsyncSession
) -> None:
    ceiling_id = await store_ceiling(session)
    dear = [
        await store_standard(session, world, ceiling_id=ceiling_id, school=school, fee_fen=45_000) for school in (0, 1)
    ]
    level_id = world.organisations[1].levels["2"]
    cheap = await store_standard(session, world, ceiling_id=ceiling_id, certificate_level_id=level_id, fee_fen=40_000)
    issued = (await _issue(client, sign_in, level="2", amount_fen=40_000)).json()
    schools = [school.id for school in world.schools]
    assert issued["suspended_standards"] == [
        {"id": str(standard_id), "institution_id": str(school_id), "fee_fen": 45_000, "ended_on": None}
        for school_id, standard_id in sorted(zip(schools, dear, strict=True))
    ]
    assert await _ids(client, sign_in("registrar"), "/v1/fee-standards", state="suspended") == [dear[0]]
    assert await _ids(client, sign_in("registrar"), "/v1/fee-standards", state="proposed") == [cheap]
    refused = await _propose(client, sign_in, standard_body(world, fee_fen=45_000))
    assert refused.json()["figures"]["ceiling_id"] == issued["id"]
    # A suspended standard no longer claims its period, so that a lower one can take its place.
    assert (await _propose(client, sign_in, standard_body(world, fee_fen=40_000))).status_code == 201
