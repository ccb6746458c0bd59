"""What is asked and told of surveys."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from x_pilot_api.core.texts import Code, Line, Paragraph
from x_pilot_api.guidance.models import QuestionKind, SurveyState
from x_pilot_api.guidance.models.surveys import NUMBER_MAX
from x_pilot_api.guidance.schemas.bodies import Body

QUESTIONS_MAX, CHOICES_MAX, ROWS_MAX = 50, 20, 1_000

_OFFICE = "Null for the institution's office"


class SurveyQuestionIn(Body):
    """One question."""

    text: Line
    kind: QuestionKind
    choices: list[Line] = Field(
        default_factory=list[Line], max_length=CHOICES_MAX, description="Two or more for a choice, none otherwise"
    )
    is_required: bool = True

    @model_validator(mode="after")
    def _choices_where_they_belong(self) -> Self:
        if self.kind != QuestionKind.CHOICE and self.choices:
            raise ValueError("choices belong to a question of kind choice")
        if self.kind == QuestionKind.CHOICE and len(set(self.choices)) < max(2, len(self.choices)):
            raise ValueError("a question of kind choice has two or more choices, each once")
        return self


class SurveyIn(Body):
    """A survey to carry out (N(13)); its questions change until it is opened."""

    college_id: UUID | None = Field(description=_OFFICE)
    title: Line
    questions: list[SurveyQuestionIn] = Field(min_length=1, max_length=QUESTIONS_MAX)


class SurveyQuestionOut(BaseModel):
    """One question."""

    text: str
    kind: QuestionKind
    choices: list[str]
    is_required: bool


class SurveyOut(BaseModel):
    """One survey and how many questionnaires came back."""

    id: UUID
    college_id: UUID | None = Field(description=_OFFICE)
    college_name: str | None
    title: str
    questions: list[SurveyQuestionOut]
    state: SurveyState
    opened_on: date | None
    responses: int
    allowed_deeds: list[str]


class SurveyResponseIn(Body):
    """One questionnaire that came back."""

    reference: Code = Field(description="Number of the questionnaire; each counts once", examples=["001"])
    party_id: UUID | None = Field(default=None, description="The party whose answers they are, if it is known")
    answers: list[Annotated[int, Field(strict=True, ge=0, le=NUMBER_MAX)] | Paragraph | None] = Field(
        max_length=QUESTIONS_MAX,
        description="One a question, in order: a choice as it is worded, a whole number, a text; null for none",
    )


class SurveyResponsesIn(Body):
    """A batch of questionnaires, recorded whole or not at all."""

    responses: list[SurveyResponseIn] = Field(min_length=1, max_length=ROWS_MAX)


class ResponsesRecordedOut(BaseModel):
    """How many questionnaires were recorded, and how many there are now."""

    recorded: int
    responses: int


class ChoiceCountOut(BaseModel):
    """How many chose one answer."""

    choice: str
    numerator: int = Field(description="Who chose it")
    denominator: int = Field(description="Who answered the question; 0 gives no rate")


class SurveyQuestionResultOut(BaseModel):
    """What came of one question."""

    number: int
    text: str
    kind: QuestionKind
    answered: int
    responses: int
    choices: list[ChoiceCountOut]
    least: int | None = Field(description="Smallest number given")
    most: int | None
    mean: str | None = Field(description="Average of the numbers given, two places", examples=["12.50"])
    median: str | None
    texts: list[str] = Field(description="The first 100 texts given")


class SurveyResultsOut(BaseModel):
    """What came of a survey, question by question."""

    survey_id: UUID
    title: str
    responses: int
    questions: list[SurveyQuestionResultOut]
