"""What may be done with a survey, and whether an answer fits its question."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault, ItemCode
from x_pilot_api.core.languages import Language
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.guidance import errors
from x_pilot_api.guidance.models import QuestionKind, Survey, SurveyState
from x_pilot_api.guidance.models.surveys import NUMBER_MAX
from x_pilot_api.guidance.rules import reach
from x_pilot_api.identity.permissions import Permission

SURVEY_KIND = "survey"

_S = SurveyState
_RECORD = Permission.CONSULTATIONS_RECORD

SURVEY = Workflow(
    name="survey",
    initial=_S.DRAFT,
    deeds={
        "change": Deed(frozenset({_S.DRAFT}), _S.DRAFT, _RECORD),
        "open": Deed(frozenset({_S.DRAFT}), _S.OPEN, _RECORD),
        "record": Deed(frozenset({_S.OPEN}), _S.OPEN, _RECORD),
        "close": Deed(frozenset({_S.OPEN}), _S.CLOSED, _RECORD),
    },
)

Answer = str | int | None
Question = Mapping[str, Any]


def survey_deeds(actor: Actor, survey: Survey) -> list[str]:
    """List what an actor may do with a survey next."""
    return SURVEY.allowed_deeds(actor, state=survey.state) if reach.is_own(actor, survey.college_id) else []


def wrong_with(question: Question, answer: Answer) -> ItemCode | None:
    """Tell what is wrong with an answer to a question; nothing when it fits."""
    if answer is None:
        return errors.ANSWER_MISSING if question["is_required"] else None
    if question["kind"] == QuestionKind.CHOICE:
        return None if answer in question["choices"] else errors.ANSWER_NO_CHOICE
    if question["kind"] == QuestionKind.NUMBER:
        fits = isinstance(answer, int) and 0 <= answer <= NUMBER_MAX
        return None if fits else errors.ANSWER_NO_NUMBER
    return None if isinstance(answer, str) else errors.ANSWER_NO_TEXT


def faults_of(
    questions: Sequence[Question], answers: Sequence[Answer], *, row: int, language: Language
) -> Iterator[Fault]:
    """Name what is wrong with one questionnaire, by row and question, both counted from 1."""
    if len(answers) != len(questions):
        yield fault(
            errors.ANSWERS_NUMBER,
            row=row,
            column="answers",
            language=language,
            given=len(answers),
            asked=len(questions),
        )
        return
    for number, (question, answer) in enumerate(zip(questions, answers, strict=True), start=1):
        wrong = wrong_with(question, answer)
        if wrong is not None:
            yield fault(wrong, row=row, column=f"answers/{number}", language=language, most=NUMBER_MAX)


def fault(item: ItemCode, *, row: int, column: str, language: Language, **figures: object) -> Fault:
    """Point to a place of a batch that is wrong."""
    detail = item.detail.said_in(language).format_map(figures)
    return Fault(row=row, column=column, code=item.code, detail=detail, blocking=True)
