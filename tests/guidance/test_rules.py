"""How problems age, what answers what, and whether an answer fits its question."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as some

from x_pilot_api.core.languages import Language
from x_pilot_api.guidance.errors import AnswerUnfit, GuidanceDueInPast, HeldInFuture
from x_pilot_api.guidance.models import Correspondence, LetterDirection, PilotProblem
from x_pilot_api.guidance.rules import parties, problems, surveys

DAY = date(2026, 5, 10)


def problem(**facts: Any) -> PilotProblem:  # noqa: ANN401
    return cast("PilotProblem", SimpleNamespace(**{"raised_on": DAY, "confirmed_on": None} | facts))


def letter(**facts: Any) -> Correspondence:  # noqa: ANN401
    told = {"id": 1, "direction": "outgoing", "sent_on": DAY, "answered_by_id": None, "answer_due_on": None} | facts
    return cast("Correspondence", SimpleNamespace(**told))


@given(days=some.integers(0, 1000))
def test_every_age_is_in_the_one_bucket_whose_days_hold_it(days: int) -> None:
    firsts = [0, *(bound + 1 for bound in problems.AGE_BOUNDS)]
    lasts = [*problems.AGE_BOUNDS, 1000]
    number = problems.bucket_of(days)
    assert firsts[number] <= days <= lasts[number]


@given(open_days=some.integers(0, 500), later=some.integers(0, 500))
def test_a_problem_stops_ageing_when_it_is_confirmed(open_days: int, later: int) -> None:
    ended = DAY + timedelta(days=open_days)
    asked = ended + timedelta(days=later)
    assert problems.age_days(problem(confirmed_on=ended), today=asked) == open_days
    assert problems.age_days(problem(), today=asked) == open_days + later


@pytest.mark.parametrize(
    ("state", "due_on", "overdue"),
    [
        ("raised", None, False),
        ("assigned", DAY, False),
        ("assigned", DAY - timedelta(days=1), True),
        ("reopened", DAY - timedelta(days=1), True),
        ("resolved", DAY - timedelta(days=1), False),
        ("confirmed", DAY - timedelta(days=1), False),
    ],
)
def test_a_problem_is_overdue_only_while_its_owner_is_waited_for(
    state: str, due_on: date | None, overdue: bool
) -> None:
    assert problems.is_overdue(problem(state=state, due_on=due_on), today=DAY) is overdue


def test_nothing_is_due_in_the_past_nor_held_in_the_future() -> None:
    problems.check_due(DAY, today=DAY)
    problems.check_held(DAY, today=DAY)
    with pytest.raises(GuidanceDueInPast):
        problems.check_due(DAY - timedelta(days=1), today=DAY)
    with pytest.raises(HeldInFuture):
        problems.check_held(DAY + timedelta(days=1), today=DAY)


def test_a_letter_is_answered_once_the_other_way_and_not_before_it() -> None:
    parties.check_answer(letter(), direction=LetterDirection.INCOMING, sent_on=DAY)
    for wrong, direction, sent_on in (
        (letter(), LetterDirection.OUTGOING, DAY),
        (letter(answered_by_id=2), LetterDirection.INCOMING, DAY),
        (letter(), LetterDirection.INCOMING, DAY - timedelta(days=1)),
    ):
        with pytest.raises(AnswerUnfit):
            parties.check_answer(wrong, direction=direction, sent_on=sent_on)


def test_a_letter_waits_from_the_day_after_the_one_its_answer_is_due_on() -> None:
    assert not parties.is_unanswered(letter(), today=DAY)
    assert not parties.is_unanswered(letter(answer_due_on=DAY), today=DAY)
    assert parties.is_unanswered(letter(answer_due_on=DAY), today=DAY + timedelta(days=1))
    assert not parties.is_unanswered(letter(answer_due_on=DAY, answered_by_id=2), today=DAY + timedelta(days=1))


CHOICE: dict[str, Any] = {"kind": "choice", "choices": ["是", "否"], "is_required": True}
NUMBER: dict[str, Any] = {"kind": "number", "choices": [], "is_required": True}
TEXT: dict[str, Any] = {"kind": "text", "choices": [], "is_required": False}


@pytest.mark.parametrize(
    ("question", "answer", "code"),
    [
        (CHOICE, "是", None),
        (CHOICE, "也许", "survey_answer_no_choice"),
        (CHOICE, 1, "survey_answer_no_choice"),
        (CHOICE, None, "survey_answer_missing"),
        (NUMBER, 0, None),
        (NUMBER, 1_000_000_000, None),
        (NUMBER, 1_000_000_001, "survey_answer_no_number"),
        (NUMBER, -1, "survey_answer_no_number"),
        (NUMBER, "3", "survey_answer_no_number"),
        (TEXT, "很好", None),
        (TEXT, None, None),
        (TEXT, 3, "survey_answer_no_text"),
    ],
)
def test_an_answer_fits_its_question_or_says_why_not(
    question: dict[str, Any], answer: str | int | None, code: str | None
) -> None:
    wrong = surveys.wrong_with(question, answer)
    assert (wrong.code if wrong else None) == code


def test_a_questionnaire_with_too_few_answers_is_wrong_as_a_whole() -> None:
    (told,) = surveys.faults_of([CHOICE, NUMBER], ["是"], row=3, language=Language.EN)
    assert (told.get("row"), told.get("column"), told.get("detail")) == (
        3,
        "answers",
        "There are 1 answers to 2 questions.",
    )
