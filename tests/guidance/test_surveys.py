"""Surveys through HTTP: drafted, opened, filled in a batch, counted."""

from typing import Any

import pytest

from tests.guidance.make import Guide


def row(reference: str, *answers: str | int | None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"reference": reference, "answers": list(answers)} | more


async def test_questionnaires_are_counted_with_numerator_and_denominator(guide: Guide) -> None:
    survey = await guide.survey()
    party = await guide.party("企业", kind="employer")
    path = f"/surveys/{survey['id']}"
    rows = [
        row("001", "是", 10, "多练实操", party_id=party["id"]),
        row("002", "是", 3, None),
        row("003", "否", 0, None),
        row("004", "不确定", 4, "缩短学时"),
    ]
    recorded = await guide.done(f"{path}/responses", {"responses": rows})
    assert recorded == {"recorded": 4, "responses": 4}
    told = await guide.desk.get(f"/v1{path}/results")
    choice, number, words = told["questions"]
    assert (told["responses"], choice["answered"]) == (4, 4)
    assert [(it["choice"], it["numerator"], it["denominator"]) for it in choice["choices"]] == [
        ("是", 2, 4),
        ("否", 1, 4),
        ("不确定", 1, 4),
    ]
    assert (number["least"], number["most"], number["mean"], number["median"]) == (0, 10, "4.25", "3.50")
    assert (words["answered"], words["responses"], words["texts"]) == (2, 4, ["多练实操", "缩短学时"])
    assert (await guide.desk.get(f"/v1{path}"))["responses"] == 4


async def test_a_survey_without_answers_has_no_share_of_anything(guide: Guide) -> None:
    survey = await guide.survey()
    told = await guide.desk.get(f"/v1/surveys/{survey['id']}/results")
    assert [it["answered"] for it in told["questions"]] == [0, 0, 0]
    assert {it["denominator"] for it in told["questions"][0]["choices"]} == {0}
    assert (told["questions"][1]["mean"], told["questions"][2]["texts"]) == (None, [])


async def test_one_wrong_row_keeps_the_whole_batch_out_and_is_named(guide: Guide) -> None:
    survey = await guide.survey()
    path = f"/surveys/{survey['id']}/responses"
    await guide.done(path, {"responses": [row("001", "是", 1, None)]})
    foreign = await guide.party("别校单位", who="registrar_2")
    rows = [
        row("001", "是", 1, None),
        row("002", "也许", "三", None),
        row("003", None, 2, 5),
        row("003", "是", 1),
        row("004", "是", 1, None, party_id=foreign["id"]),
        row("005", "是", 1, None),
    ]
    answer = await guide.post(path, {"responses": rows})
    told = answer.json()
    assert (answer.status_code, told["code"], told["figures"]) == (
        409,
        "survey_responses_refused",
        {"rows": 6, "refused": 5},
    )
    assert [(it["row"], it["column"], it["code"]) for it in told["errors"]] == [
        (1, "reference", "survey_reference_known"),
        (2, "answers/1", "survey_answer_no_choice"),
        (2, "answers/2", "survey_answer_no_number"),
        (3, "answers/1", "survey_answer_missing"),
        (3, "answers/3", "survey_answer_no_text"),
        (4, "reference", "survey_reference_known"),
        (4, "answers", "survey_answers_number"),
        (5, "party_id", "survey_party_unknown"),
    ]
    assert (await guide.desk.get(f"/v1/surveys/{survey['id']}"))["responses"] == 1


async def test_questions_change_until_the_survey_is_opened_and_answers_come_until_it_is_closed(guide: Guide) -> None:
    wish: dict[str, Any] = {
        "college_id": guide.college(),
        "title": "调查",
        "questions": [{"text": "人数", "kind": "number"}],
    }
    drafted = await guide.done("/surveys", wish)
    path = f"/surveys/{drafted['id']}"
    batch = {"responses": [row("1", 5)]}
    assert await guide.refused(f"{path}/responses", batch) == (409, "deed_not_allowed")
    changed = await guide.put(path, wish | {"title": "用人调查"})
    assert (changed.json()["title"], changed.json()["allowed_deeds"]) == ("用人调查", ["change", "open"])
    opened = await guide.done(f"{path}:open")
    assert (opened["opened_on"], opened["allowed_deeds"]) == ("2026-05-10", ["record", "close"])
    again = await guide.put(path, wish)
    assert (again.status_code, again.json()["code"]) == (409, "deed_not_allowed")
    await guide.done(f"{path}/responses", batch)
    closed = await guide.done(f"{path}:close")
    assert (closed["state"], closed["allowed_deeds"], closed["responses"]) == ("closed", [], 1)
    assert await guide.refused(f"{path}/responses", batch) == (409, "deed_not_allowed")


@pytest.mark.parametrize(
    "question",
    [
        {"text": "选一个", "kind": "choice", "choices": ["唯一"]},
        {"text": "选一个", "kind": "choice", "choices": ["同", "同"]},
        {"text": "人数", "kind": "number", "choices": ["1", "2"]},
        {"text": "", "kind": "text"},
    ],
)
async def test_a_question_has_choices_exactly_where_one_is_chosen(guide: Guide, question: dict[str, Any]) -> None:
    wish = {"college_id": guide.college(), "title": "调查", "questions": [question]}
    assert (await guide.post("/surveys", wish)).status_code == 422


async def test_a_survey_is_its_colleges(guide: Guide) -> None:
    survey = await guide.survey()
    for who in ("sibling_coordinator", "registrar_2"):
        assert await guide.desk.status(f"/v1/surveys/{survey['id']}/results", who=who) == 404
        batch = {"responses": [row("1", "是", 5, None)]}
        assert await guide.refused(f"/surveys/{survey['id']}/responses", batch, who=who) == (404, "not_found")
    assert await guide.desk.status(f"/v1/surveys/{survey['id']}", who="auditor") == 200
