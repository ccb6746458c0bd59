"""A college's yearly assessment through HTTP: stated, submitted and frozen, reviewed by another, perhaps ranked."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.exams import make
from tests.exams.desk import Json, set_clock
from tests.supervision.make import TEAM, YEAR, Chamber


def by_code(scores: Json) -> dict[str, Json]:
    """Sort indicators by their codes."""
    return {each["code"]: each for each in scores["indicators"]}


async def test_an_assessment_goes_back_and_forth_and_keeps_what_was_submitted(chamber: Chamber) -> None:
    found = await chamber.opened()
    assert (found["state"], found["missing_indicators"], found["total"]) == ("open", ["team"], None)
    assert found["allowed_deeds"] == ["fill"]
    refused = await chamber.submit(found)
    assert (refused.status_code, refused.json()["code"]) == (409, "college_statement_missing")
    filled = (await chamber.fill(found)).json()
    assert (filled["missing_indicators"], filled["allowed_deeds"]) == ([], ["fill", "submit"])
    assert (filled["indicators"][2]["stated_numerator"], filled["indicators"][0]["narrative"]) == (
        9,
        "加强了考前辅导。",
    )
    told = (await chamber.submit(found)).json()
    assert (told["state"], told["submissions"], told["allowed_deeds"]) == ("self_assessed", 1, [])
    # Nobody sat an exam and gave no feedback: only what the college states is assessable.
    assert told["total"] == {"points": "30.00", "assessable_weight": 30, "score_percent": "100.00"}
    back = await chamber.send(f"/college-assessments/{found['id']}:send-back", {"comment": "请补充佐证"})
    assert (back.json()["state"], back.json()["comment"]) == ("returned", "请补充佐证")
    await chamber.fill(found, [TEAM | {"numerator": 5}])
    again = (await chamber.submit(found)).json()
    assert (again["submissions"], again["total"]["points"]) == (2, "16.67")
    done = (await chamber.review(found)).json()
    assert (done["state"], done["reviewed_by_name"] is not None, done["allowed_deeds"]) == (
        "reviewed",
        True,
        ["send_back"],
    )
    history = await chamber.desk.get(f"/v1/college-assessments/{found['id']}/history", who="coordinator")
    assert [each["total"]["points"] for each in history["submissions"]] == ["30.00", "16.67"]
    assert [each["state"] for each in history["decisions"]] == ["returned", "reviewed"]
    kinds = await chamber.messages("coordinator")
    assert kinds[:3] == ["college_assessment.reviewed", "college_assessment.returned", "college_assessment.opened"]
    assert (await chamber.messages("registrar"))[:2] == ["college_assessment.submitted"] * 2


async def test_frozen_figures_stay_when_a_result_is_corrected(chamber: Chamber) -> None:
    desk = chamber.desk
    plan = await desk.plan(candidates=4)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1), desk.row(plan, 2, **make.FAILED))
    found = await chamber.opened()
    standing = by_code(await chamber.scores(found))
    assert (standing["pass"]["value"]["ratio_percent"], standing["team"]["value"]) == ("66.67", None)
    await chamber.submitted(found)
    await desk.push(plan, desk.row(plan, 0, revision=2, reason="复核改判", **make.FAILED))
    scores = await chamber.scores(found)
    told = by_code(scores)
    assert told["pass"]["value"] == {"numerator": 2, "denominator": 3, "ratio_percent": "66.67"}
    assert (told["pass"]["points"], told["pass"]["figure_version"], told["pass"]["narrative"]) == (
        "41.67",
        1,
        "加强了考前辅导。",
    )
    assert (told["feedback"]["is_assessable"], told["feedback"]["points"]) == (False, None)
    assert scores["total"] == {"points": "71.67", "assessable_weight": 80, "score_percent": "89.59"}
    assert scores["submission"] == 1


async def test_the_rows_behind_an_indicator_add_up_to_it(chamber: Chamber) -> None:
    desk = chamber.desk
    plan = await desk.plan(candidates=3)
    await desk.push(plan, desk.row(plan, 0), desk.row(plan, 1), desk.row(plan, 2, **make.FAILED))
    found = await chamber.opened()
    await chamber.submitted(found)
    value = by_code(await chamber.scores(found))["pass"]["value"]
    path = f"/v1/college-assessments/{found['id']}/indicators"
    for side in ("numerator", "denominator"):
        page = await desk.get(f"{path}/pass/rows", who="coordinator", side=side)
        assert sum(row["amount"] for row in page["items"]) == value[side]
        first = await desk.get(f"{path}/pass/rows", who="auditor", side=side, page_size=1)
        assert (len(first["items"]), bool(first["next_page_token"])) == (1, True)
    headers = desk.sign_in("coordinator")
    stated = await desk.client.get(f"{path}/team/rows", headers=headers)
    assert (stated.status_code, stated.json()["code"]) == (404, "college_indicator_has_no_rows")
    unknown = await desk.client.get(f"{path}/made_up/rows", headers=headers)
    assert unknown.json()["code"] == "college_indicator_unknown"


async def test_the_office_adjusts_what_a_college_stated_and_nothing_that_was_counted(chamber: Chamber) -> None:
    found = await chamber.opened()
    await chamber.submitted(found)
    counted = {"code": "pass", "numerator": 1, "denominator": 1, "reason": "x"}
    refused = await chamber.review(found, adjustments=[counted])
    assert refused.json()["code"] == "college_adjustment_unfit"
    adjusted = {"code": "team", "numerator": 8, "denominator": 10, "reason": "一人证书已过期"}
    assert (await chamber.review(found, adjustments=[adjusted])).status_code == 200
    told = by_code(await chamber.scores(found))["team"]
    assert (told["value"]["numerator"], told["adjusted"]["numerator"], told["adjusted"]["reason"], told["points"]) == (
        9,
        8,
        "一人证书已过期",
        "26.67",
    )
    assert (await chamber.assessment())["total"]["points"] == "26.67"


async def test_who_assesses_a_college_for_itself_does_not_review_it(chamber: Chamber) -> None:
    found = await chamber.opened()
    desk, school = chamber.desk, chamber.desk.world.schools[0]
    async with desk.service.database.transaction(institution_id=school.id) as session:
        await session.execute(
            text(
                "INSERT INTO memberships (institution_id, person_id, role, college_id, granted_by)"
                " SELECT :institution_id, :person_id, 'coordinator', :college_id, granted_by FROM memberships LIMIT 1"
            ),
            {
                "institution_id": school.id,
                "person_id": desk.world.callers["registrar"].id,
                "college_id": chamber.college_id,
            },
        )
    told = await chamber.submitted(found, who="registrar")
    assert "review" not in told["allowed_deeds"]
    refused = await chamber.review(found)
    assert (refused.status_code, refused.json()["code"]) == (403, "own_college_assessment")
    with pytest.raises(IntegrityError, match="college_assessments_reviewer_is_another_check"):
        async with desk.service.database.transaction(institution_id=school.id) as session:
            await session.execute(
                text(
                    "UPDATE college_assessments SET state = 'reviewed', reviewed_by = self_assessed_by WHERE id = :id"
                ),
                {"id": found["id"]},
            )


async def test_nothing_is_submitted_before_it_closes_and_only_what_was_read(
    chamber: Chamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chamber.in_force()
    now = datetime.now(UTC)
    await chamber.open(closes_at=(now + timedelta(days=2)).isoformat())
    found = await chamber.assessment()
    assert (await chamber.fill(found)).json()["allowed_deeds"] == ["fill"]
    assert (await chamber.submit(found)).json()["code"] == "college_assessment_not_closed"
    set_clock(monkeypatch, now + timedelta(days=3))
    old = await chamber.tag(f"/college-assessments/{found['id']}", who="coordinator")
    await chamber.fill(found, [TEAM])
    assert (await chamber.submit(found, tag=old)).status_code == 412
    headers = chamber.desk.sign_in("coordinator")
    path = f"/v1/college-assessments/{found['id']}:submit"
    assert (await chamber.desk.client.post(path, headers=headers)).status_code == 428
    assert (await chamber.submit(found)).status_code == 200


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"code": "made_up", "narrative": "x"}, "college_indicator_unknown"),
        ({"code": "pass", "numerator": 1, "denominator": 1}, "college_statement_unfit"),
        ({"code": "team", "numerator": 1}, "invalid_body"),
    ],
)
async def test_words_and_figures_are_about_the_schemes_own_indicators(chamber: Chamber, entry: Json, code: str) -> None:
    answer = await chamber.fill(await chamber.opened(), [entry])
    assert answer.status_code in {409, 422}
    assert answer.status_code == 422 or answer.json()["code"] == code


async def test_colleges_see_and_write_their_own_and_offices_all(chamber: Chamber) -> None:
    own = await chamber.opened()
    sibling = await chamber.assessment(who="sibling_coordinator")
    assert own["id"] != sibling["id"]
    assert len((await chamber.desk.get("/v1/college-assessments", who="auditor", year=YEAR))["items"]) == 2
    assert (await chamber.desk.get("/v1/college-assessments", who="auditor", state="reviewed"))["items"] == []
    path = f"/v1/college-assessments/{own['id']}"
    for who in ("sibling_coordinator", "registrar_2"):
        assert await chamber.desk.status(path, who=who) == 404
        assert await chamber.desk.status(f"{path}/scores", who=who) == 404
    assert await chamber.desk.status(path, who="teacher") == 403
    assert (await chamber.fill(own, who="registrar")).status_code == 403
    assert (
        await chamber.send(f"/college-assessments/{own['id']}:send-back", {"comment": "x"}, who="coordinator")
    ).status_code == 403
    year = await chamber.desk.get(f"/v1/assessment-years/{YEAR}", who="coordinator")
    assert (year["colleges"], year["allowed_deeds"]) == (1, [])


async def test_colleges_are_ranked_only_where_the_office_publishes_it(chamber: Chamber) -> None:
    first, second = await chamber.reviewed_year(9, 6)
    path = f"/assessment-years/{YEAR}/ranking"
    for who in ("coordinator", "registrar", "auditor"):
        answer = await chamber.desk.client.get(f"/v1{path}", headers=chamber.desk.sign_in(who))
        assert (answer.status_code, answer.json()["code"]) == (409, "ranking_not_published")
    published = (await chamber.send(f"{path}:publish")).json()
    assert (published["ranking"], published["allowed_deeds"], published["reviewed"]) == (
        "published",
        ["withdraw_ranking"],
        2,
    )
    told = await chamber.desk.get(f"/v1{path}", who="coordinator")
    assert [(each["rank"], each["college_id"], each["score_percent"]) for each in told["colleges"]] == [
        (1, first["college_id"], "100.00"),
        (2, second["college_id"], "66.67"),
    ]
    assert (await chamber.messages("sibling_coordinator"))[0] == "assessment_year.ranked"
    refused = await chamber.send(f"/college-assessments/{first['id']}:send-back", {"comment": "x"})
    assert refused.json()["code"] == "ranking_is_published"
    assert (await chamber.send("/assessment-years", {"year": YEAR})).json()["code"] == "ranking_is_published"
    assert "send_back" not in (await chamber.assessment(who="registrar"))["allowed_deeds"]
    withdrawn = (await chamber.send(f"{path}:withdraw", {"reason": "数据复核"})).json()
    assert (withdrawn["ranking"], withdrawn["withdrawal_reason"]) == ("withheld", "数据复核")
    assert await chamber.desk.status(f"/v1{path}", who="coordinator") == 409
    await chamber.send(f"/college-assessments/{first['id']}:send-back", {"comment": "x"})
    lacking = (await chamber.send(f"{path}:publish")).json()
    assert (lacking["code"], lacking["figures"]["colleges"]) == ("colleges_not_reviewed", "二级学院0")
    assert (await chamber.send(f"{path}:publish", who="coordinator")).status_code == 403


async def test_equals_share_a_rank(chamber: Chamber) -> None:
    await chamber.reviewed_year(9, 9)
    await chamber.send(f"/assessment-years/{YEAR}/ranking:publish")
    told = await chamber.desk.get(f"/v1/assessment-years/{YEAR}/ranking")
    assert [each["rank"] for each in told["colleges"]] == [1, 1]


async def test_every_deed_is_on_record(chamber: Chamber) -> None:
    await chamber.reviewed_year(9, 6)
    async with chamber.desk.service.database.transaction() as session:
        found = await session.scalars(
            text("SELECT DISTINCT deed FROM audit_events WHERE deed LIKE '%college%' OR deed LIKE '%assessment%'")
        )
    assert set(found.all()) >= {
        "draft_college_scheme",
        "enact_college_scheme",
        "open_assessment_year",
        "fill_college_assessment",
        "submit_college_assessment",
        "review_college_assessment",
    }
