"""The main job from end to end, over HTTP alone: a rule, accounts, a plan, registrations, a push, and what all see."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import pytest

from tests.exams import make
from tests.exams.desk import Desk, Json, SignIn, set_clock
from tests.world import World
from x_pilot_api.core.service import Service

IN_MAY = datetime(2026, 5, 10, 1, 0, tzinfo=UTC)
AFTER_THE_EXAM = datetime(2026, 6, 22, 1, 0, tzinfo=UTC)


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)


async def post(desk: Desk, who: str, path: str, body: Json, *, status: int) -> Json:
    """Do a deed as somebody, and give what is answered."""
    headers = desk.sign_in(who) | {"Idempotency-Key": uuid4().hex}
    answer = await desk.client.post(path, json=body, headers=headers)
    assert answer.status_code == status, answer.text
    answered: Json = answer.json()
    return answered


async def publish_a_rule(desk: Desk) -> Json:
    """Bring a rule of 3.50 credits from its proposal into force, by all whom it needs."""
    school, level_id = desk.world.schools[0], desk.world.organisations[0].levels["2"]
    wish = {
        "programme_id": str(school.programmes[0]),
        "certificate_level_id": str(level_id),
        "direction": "certificate_to_course",
        "entry_year_from": 2024,
        "entry_year_to": 2024,
        "courses": [
            {"course_id": str(school.courses[0][0]), "credit": "2.00", "grade": "良好"},
            {"course_id": str(school.courses[0][1]), "credit": "1.50", "grade": "良好"},
        ],
    }
    mapping = await post(desk, "coordinator", "/v1/mappings", wish, status=201)
    path, agreement = f"/v1/mappings/{mapping['id']}", {"content_hash": mapping["content_hash"]}
    await post(desk, "coordinator", f"{path}:agree", agreement, status=200)
    await post(desk, "org_staff", f"{path}:agree", agreement, status=200)
    await post(desk, "registrar", f"{path}:approve", {}, status=200)
    filing = {"filing_number": "苏学分银行备〔2026〕12号", "filed_on": "2026-05-08"}
    await post(desk, "registrar", f"{path}:file", filing, status=200)
    mapping = await post(desk, "registrar", f"{path}:publish", {"effective_from": "2026-06-01"}, status=200)
    assert (mapping["state"], mapping["credit"]) == ("published", "3.50")
    return mapping


async def announce_and_register(desk: Desk) -> make.Plan:
    """Let the organisation announce an exam and the college register eight students."""
    school, level_id = desk.world.schools[0], desk.world.organisations[0].levels["2"]
    wish = {
        "institution_id": str(school.id),
        "code": "2026-1",
        "name": "2026年第一次考核",
        "certificate_level_ids": [str(level_id)],
        "registration_opens_on": "2026-05-01",
        "registration_closes_on": "2026-05-31",
        "exam_on": "2026-06-20",
    }
    plan = await post(desk, "org_staff", "/v1/exam-plans", wish, status=201)
    assert plan["state"] == "registration_open"
    registrations = [
        {"student_id": str(student), "certificate_level_id": str(level_id)} for student in school.students[:8]
    ]
    body = {"registrations": registrations}
    made = await post(desk, "coordinator", f"/v1/exam-plans/{plan['id']}/registrations", body, status=201)
    assert len(made["registrations"]) == 8
    return make.Plan(UUID(plan["id"]), school.id, [level_id], [], plan["code"])


async def read_candidates(desk: Desk, plan: make.Plan) -> None:
    """Let the organisation's system learn the admission numbers."""
    (found,) = (await desk.get("/v1/partner/exam-plans", who="machine"))["items"]
    assert (found["id"], found["state"]) == (str(plan.id), "held")
    assert found["levels"][0]["components"] == ["practical", "theory"]
    page = await desk.get(f"/v1/partner/exam-plans/{plan.id}/candidates", who="machine", page_size=50)
    plan.admission_numbers += [candidate["admission_number"] for candidate in page["items"]]
    assert len(plan.admission_numbers) == 8
    assert {candidate["state"] for candidate in page["items"]} == {"accepted"}


def rows_of_the_organisation(desk: Desk, plan: make.Plan) -> list[Json]:
    """Write ten rows: three pass, one fails, one was absent, the rest has something wrong."""
    malformed = desk.row(plan, 0, org_result_id="R-malformed", revision="first")
    return [
        desk.row(plan, 0, certificate_number="ZS-2026-0001"),
        desk.row(plan, 1, components=make.scores("100.00", "33.33"), total="60.00"),
        desk.row(plan, 2),
        desk.row(plan, 3, **make.FAILED),
        desk.row(plan, 4, activity="absent", components={}, total=None, passed=False),
        desk.row(plan, 5, passed=False),
        desk.row(plan, 6, components=make.scores("101.00", "80.00")),
        desk.row(plan, 7, document_number=desk.world.schools[0].documents[8]),
        desk.row(plan, 7, org_result_id="R-nobody", admission_number="2026-1-00009"),
        malformed,
    ]


async def read_the_batch(desk: Desk, batch: Json) -> None:
    """See that the organisation finds each row with its outcome and its reason."""
    counts = [batch[name] for name in ("rows", "accepted", "unchanged", "corrected", "quarantined", "rejected")]
    assert counts == [10, 5, 0, 0, 1, 4]
    assert batch["codes"] == {
        "pass_flag_disagrees": 1,
        "score_out_of_range": 1,
        "document_mismatch": 1,
        "unknown_candidate": 1,
        "row_malformed": 1,
    }
    assert batch["downstream"]["awards_issued"] == 3
    assert batch["downstream"]["credit_deposited"] == "10.50"
    rows = await desk.rows_of(batch)
    assert [row["outcome"] for row in rows] == [*["accepted"] * 5, "quarantined", *["rejected"] * 4]
    assert all(row["detail"] for row in rows[5:])
    assert all(row["result_id"] for row in rows[:6])


async def read_as_a_student(desk: Desk, mapping: Json) -> str:
    """See what the first student sees of it, and give the code on the certificate."""
    account = await desk.get(desk.account_path(), who="student")
    assert (account["accumulated"], account["available"], account["pending"]) == ("3.50", "3.50", "0.00")
    (outcome,) = account["outcomes"]
    assert (outcome["reason"], outcome["mapping_id"]) == ("deposited", mapping["id"])
    assert outcome["explanation"] == "按规则第 1 版存入 3.50 学分（规则 3.50 学分）。"
    entries = (await desk.get(f"/v1/credit-accounts/{account['id']}/entries", who="student"))["items"]
    assert [(entry["seq"], entry["amount"], entry["available_after"]) for entry in entries] == [(1, "3.50", "3.50")]
    assert (entries[0]["award_id"], entries[0]["mapping_id"]) == (outcome["award_id"], mapping["id"])
    (award,) = (await desk.get("/v1/awards", who="student"))["items"]
    assert (award["id"], award["number"], award["state"]) == (outcome["award_id"], "ZS-2026-0001", "valid")
    code: str = award["verification_code"]
    return code


def _without_deeds(awards: list[Json]) -> list[Json]:
    return [{name: value for name, value in award.items() if name != "allowed_deeds"} for award in awards]


async def read_as_the_office_and_the_organisation(desk: Desk) -> None:
    """See that both find the same three certificates, and that the book adds up."""
    office, theirs = [(await desk.get("/v1/awards", who=who))["items"] for who in ("registrar", "org_staff")]
    # What each may do with them differs; the certificates are the same.
    assert _without_deeds(office) == _without_deeds(theirs)
    assert {award["number"] for award in office} == {"ZS-2026-0001", "XP-2026-1-00002", "XP-2026-1-00003"}
    assert [(await desk.account(index))["accumulated"] for index in range(6)] == ["3.50"] * 3 + ["0.00"] * 3
    summary = await desk.summary()
    assert (summary["moved"], summary["transfers"]) == (1_050, 3)
    balances = {kind["kind"]: (kind["accounts"], kind["balance"]) for kind in summary["kinds"]}
    assert balances == {"accumulated": (10, 1_050), "recognition": (1, -1_050)}


async def test_results_become_certificates_and_credits_and_everybody_sees_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, IN_MAY)
    mapping = await publish_a_rule(desk)
    assert (await desk.open_accounts())["opened"] == 10
    plan = await announce_and_register(desk)
    set_clock(monkeypatch, AFTER_THE_EXAM)
    await read_candidates(desk, plan)
    rows = rows_of_the_organisation(desk, plan)
    rehearsed = (await desk.send(plan, *rows, query="?validate_only=true")).json()
    batch = await desk.push(plan, *rows)
    assert rehearsed["downstream"] == batch["downstream"]
    await read_the_batch(desk, batch)
    code = await read_as_a_student(desk, mapping)
    assert (await desk.verify(code))["state"] == "valid"
    await read_as_the_office_and_the_organisation(desk)
    corrected = await desk.push(plan, desk.row(plan, 0, revision=2, reason="复核：实操成绩登记有误", **make.FAILED))
    assert (corrected["downstream"]["awards_revoked"], corrected["downstream"]["deposits_reversed"]) == (1, 1)
    assert (await desk.get(desk.account_path(), who="student"))["accumulated"] == "0.00"
    assert (await desk.verify(code))["state"] == "revoked"
    assert (await desk.summary())["moved"] == 1_400
