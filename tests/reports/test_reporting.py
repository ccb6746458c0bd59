"""Periodic reports through HTTP: defined, opened, written, submitted, answered, compared, taken away."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from tests.exams import make
from tests.exams.desk import SYSTEM, Json, set_clock
from tests.reports.make import SECTIONS, WORDS, Bureau, definition
from x_pilot_api.reports import commands


async def test_a_type_gets_versions_and_open_reports_keep_theirs(bureau: Bureau) -> None:
    type_ = await bureau.define(cadence="monthly")
    assert (type_["version"], type_["state"]) == (1, "active")
    assert type_["allowed_deeds"] == ["redefine", "open", "retire"]
    opened = await bureau.open(type_, period_from="2026-10-01", period_to=None, closes_at=None, due_on=None)
    assert (opened["period_to"], opened["period_label"], opened["due_on"], opened["opened"]) == (
        "2026-10-31",
        "2026年10月",
        "2026-11-05",
        2,
    )
    assert opened["closes_at"] == "2026-10-31T16:00:00Z"
    path = f"/report-types/{type_['id']}"
    headers = bureau.desk.sign_in("registrar")
    body = definition(due_days=10, sections=SECTIONS[:1])
    assert (await bureau.desk.client.put(f"/v1{path}", json=body, headers=headers)).status_code == 428
    tagged = headers | {"If-Match": await bureau.tag(path, who="registrar")}
    changed = await bureau.desk.client.put(f"/v1{path}", json=body, headers=tagged)
    assert (changed.json()["version"], changed.json()["due_days"], len(changed.json()["sections"])) == (2, 10, 1)
    assert (await bureau.desk.client.put(f"/v1{path}", json=body, headers=tagged)).status_code == 412
    report = await bureau.report()
    detail = await bureau.desk.get(f"/v1/reports/{report['id']}")
    assert (detail["type_version"], [section["code"] for section in detail["sections"]]) == (1, ["exams", "credits"])
    again = await bureau.open(type_, period_from="2026-10-01", period_to=None, closes_at=None, due_on=None)
    assert again["opened"] == 0


async def test_a_report_goes_back_and_forth_and_keeps_what_was_submitted(bureau: Bureau) -> None:
    await bureau.open(await bureau.define())
    report = await bureau.report()
    assert (report["state"], report["missing_sections"], report["allowed_deeds"]) == ("draft", ["exams"], ["fill"])
    refused = await bureau.submit(report)
    assert (refused.status_code, refused.json()["code"]) == (409, "report_narrative_missing")
    filled = (await bureau.fill(report)).json()
    assert (filled["missing_sections"], filled["allowed_deeds"]) == ([], ["fill", "submit"])
    assert filled["sections"][0]["narrative"] == "本月组织一次考核。\n秩序良好。"
    told = (await bureau.submit(report)).json()
    assert (told["state"], told["submissions"], told["is_late"], told["allowed_deeds"]) == ("submitted", 1, False, [])
    assert (await bureau.submit(report)).json()["code"] == "deed_not_allowed"

    back = (await bureau.answer(report, "send-back", comment="请补充问题")).json()
    assert (back["state"], back["comment"], back["allowed_deeds"]) == ("returned", "请补充问题", [])
    inbox = await bureau.desk.get("/v1/me/messages", who="coordinator")
    assert [each["kind"] for each in inbox["items"]][:2] == ["report.returned", "report.opened"]
    await bureau.fill(report, [WORDS[0] | {"body": "已补充。"}])
    assert (await bureau.submit(report)).json()["submissions"] == 2
    accepted = (await bureau.answer(report, "accept", comment=None)).json()
    assert (accepted["state"], accepted["comment"], accepted["allowed_deeds"]) == ("accepted", None, ["send_back"])
    history = await bureau.desk.get(f"/v1/reports/{report['id']}/history", who="coordinator")
    assert [(each["number"], each["narratives"]["exams"][:3]) for each in history["submissions"]] == [
        (1, "本月组"),
        (2, "已补充"),
    ]
    assert [(each["submission"], each["state"]) for each in history["decisions"]] == [(1, "returned"), (2, "accepted")]
    assert len(history["submissions"][0]["figures"]) == 5


async def test_frozen_figures_stay_and_a_correction_shows_beside_them(bureau: Bureau) -> None:
    desk = bureau.desk
    await desk.open_accounts(0, 1)
    await desk.rule(credit=350)
    plan = await desk.plan(candidates=4)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1), desk.row(plan, 2, **make.FAILED))
    report = await bureau.submitted()
    await desk.push(plan, desk.row(plan, 0, revision=2, reason="复核改判", **make.FAILED))
    told = await bureau.figures(report)
    rate = told["pass_rate"]
    assert rate["value"] == {"numerator": 2, "denominator": 3, "rate_percent": "66.67"}
    assert rate["now"] == {"numerator": 1, "denominator": 3, "rate_percent": "33.33"}
    assert rate["since_submission"] == {"numerator": -1, "denominator": 0, "rate_points": "-33.34"}
    assert (rate["is_frozen"], rate["is_corrected"], rate["previous"]) == (True, True, None)
    assert (told["credits_recognised"]["value"]["numerator"], told["credits_recognised"]["now"]["numerator"]) == (
        700,
        350,
    )
    assert not told["account_opening_rate"]["is_corrected"]
    path = f"/v1/reports/{report['id']}/figures/pass_rate/rows"
    then = await desk.get(path, who="coordinator", page_size=1)
    assert (len(then["items"]), then["items"][0]["amount"], bool(then["next_page_token"])) == (1, 1, True)
    assert len((await desk.get(path, who="coordinator"))["items"]) == 2
    assert len((await desk.get(path, who="coordinator", moment="now"))["items"]) == 1
    assert len((await desk.get(path, who="coordinator", side="denominator"))["items"]) == 3
    other = f"/v1/reports/{report['id']}/figures/awards_issued/rows"
    assert await desk.status(other, who="coordinator") == 404


async def test_a_report_is_compared_with_the_accepted_one_before_it(bureau: Bureau) -> None:
    desk = bureau.desk
    type_ = await bureau.define()
    await bureau.open(type_, period_from="2026-01-01", period_to="2026-06-30")
    first = await bureau.report()
    await bureau.fill(first)
    await bureau.submit(first)
    await bureau.answer(first, "accept")
    plan = await desk.plan(candidates=2, exam_on=datetime(2026, 7, 20, tzinfo=UTC).date())
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1, **make.FAILED))
    await bureau.open(type_, period_from="2026-07-01", period_to="2026-12-31")
    second = await bureau.report()
    told = await desk.get(f"/v1/reports/{second['id']}/figures", who="coordinator")
    assert (told["previous_report_id"], told["submission"]) == (first["id"], None)
    rate = {each["code"]: each for each in told["figures"]}["attainment_rate"]
    assert (rate["previous"]["rate_percent"], rate["value"]["rate_percent"], rate["is_frozen"]) == (
        "0.00",
        "10.00",
        False,
    )
    assert rate["since_previous"] == {"numerator": 1, "denominator": 0, "rate_points": "10.00"}
    assert rate["now"] is None


async def test_periods_do_not_overlap_and_fit_their_cadence(bureau: Bureau) -> None:
    type_ = await bureau.define()
    await bureau.open(type_, period_from="2026-03-01", period_to="2026-03-31")
    path = f"/report-types/{type_['id']}:open"
    wish = {"period_from": "2026-03-31", "period_to": "2026-04-30"}
    refused = (await bureau.send(path, wish)).json()
    assert (refused["code"], refused["figures"]["period_to"]) == ("report_period_overlaps", "2026-03-31")
    assert (await bureau.send(path, {"period_from": "2026-05-01"})).json()["code"] == "report_period_unfit"
    late = {"period_from": "2026-05-01", "period_to": "2026-05-31", "due_on": "2026-05-30"}
    assert (await bureau.send(path, late)).json()["code"] == "report_due_before_closing"
    retired = (await bureau.send(f"/report-types/{type_['id']}:retire")).json()
    assert (retired["state"], retired["allowed_deeds"]) == ("retired", ["revive"])
    assert (await bureau.send(path, wish)).json()["code"] == "deed_not_allowed"
    assert (await bureau.send(f"/report-types/{type_['id']}:revive")).json()["state"] == "active"


async def test_a_report_is_not_submitted_before_its_figures_close(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    await bureau.open(
        await bureau.define(),
        closes_at=(now + timedelta(days=1)).isoformat(),
        due_on=(now + timedelta(days=3)).date().isoformat(),
    )
    report = await bureau.report()
    filled = (await bureau.fill(report)).json()
    assert filled["allowed_deeds"] == ["fill"]
    assert (await bureau.submit(report)).json()["code"] == "report_not_closed"
    set_clock(monkeypatch, now + timedelta(days=9))
    told = (await bureau.submit(report)).json()
    assert (told["is_late"], told["is_overdue"]) == (True, False)
    assert [each["id"] for each in (await bureau.desk.get("/v1/reports", is_late="true"))["items"]] == [report["id"]]
    assert [each["state"] for each in (await bureau.desk.get("/v1/reports", is_overdue="true"))["items"]] == ["draft"]


async def test_colleges_see_and_write_their_own_and_offices_all(bureau: Bureau) -> None:
    await bureau.open(await bureau.define())
    own, sibling = await bureau.report(), await bureau.report(who="sibling_coordinator")
    assert own["id"] != sibling["id"]
    assert len((await bureau.desk.get("/v1/reports", who="auditor"))["items"]) == 2
    path = f"/v1/reports/{own['id']}"
    assert await bureau.desk.status(path, who="sibling_coordinator") == 404
    assert await bureau.desk.status(path, who="registrar_2") == 404
    assert (await bureau.fill(own, who="sibling_coordinator")).status_code == 404
    assert (await bureau.fill(own, who="registrar")).status_code == 403
    assert (await bureau.fill(own, [{"section_code": "made_up", "body": "x"}])).json()["code"] == (
        "report_section_unknown"
    )
    assert (await bureau.send(f"/reports/{own['id']}:accept", {}, who="coordinator")).status_code == 403
    assert (await bureau.send("/report-types", definition(code="a", cadence="once"), who="auditor")).status_code == 403


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"sections": []}, 422),
        ({"sections": [SECTIONS[0], SECTIONS[0]]}, 422),
        ({"sections": [SECTIONS[0] | {"indicators": ["made_up"]}]}, 409),
        ({"due_days": -1}, 422),
        ({"code": "Not A Code"}, 422),
    ],
)
async def test_a_type_that_makes_no_sense_is_refused(bureau: Bureau, change: Json, status: int) -> None:
    answer = await bureau.send("/report-types", definition(code="t", cadence="once") | change)
    assert answer.status_code == status, answer.text


async def test_a_code_names_one_type(bureau: Bureau) -> None:
    await bureau.define()
    again = await bureau.send("/report-types", definition(code="monthly", cadence="once"))
    assert (again.status_code, again.json()["code"]) == (409, "report_type_exists")


async def test_reminders_come_before_and_after_the_day_each_once(bureau: Bureau) -> None:
    await bureau.open(await bureau.define(remind_days=3))
    school = bureau.desk.world.schools[0]
    due = datetime.fromisoformat((await bureau.report())["due_on"]).date()

    async def remind(days: int) -> int:
        async with bureau.desk.service.database.transaction(institution_id=school.id) as session:
            return await commands.remind(session, SYSTEM, institution_id=school.id, today=due + timedelta(days=days))

    assert [await remind(days) for days in (-4, -3, -2, 0, 1, 2)] == [0, 2, 0, 0, 2, 0]
    kinds = [each["kind"] for each in (await bureau.desk.get("/v1/me/messages", who="coordinator"))["items"]]
    assert sorted(kinds) == ["report.due_soon", "report.opened", "report.overdue"]


async def test_files_hold_the_figures_and_taking_them_is_on_record(bureau: Bureau) -> None:
    report = await bureau.submitted()
    headers = bureau.desk.sign_in("auditor")
    table = await bureau.desk.client.get(f"/v1/reports/{report['id']}:export", headers=headers)
    assert table.status_code == 200, table.text
    book = CalamineWorkbook.from_filelike(io.BytesIO(table.content))
    assert book.sheet_names == ["概况", "指标", "文字"]
    assert [row[1] for row in book.get_sheet_by_name("指标").to_python()][1:3] == ["参考率", "通过率"]
    paper = await bureau.desk.client.get(f"/v1/reports/{report['id']}:print", headers=headers)
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    async with bureau.desk.service.database.transaction() as session:
        deeds = await session.scalars(
            text("SELECT deed FROM audit_events WHERE object_kind = 'report' AND deed ~ '^(export|print)' ORDER BY id")
        )
        assert deeds.all() == ["export_report", "print_report"]
