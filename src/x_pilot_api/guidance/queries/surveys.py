"""Finding surveys, and counting what came of them."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.guidance.models import OutsideParty, QuestionKind, Survey, SurveyResponse, SurveyState
from x_pilot_api.guidance.queries import reach
from x_pilot_api.guidance.rules import surveys as rules
from x_pilot_api.guidance.schemas.surveys import (
    ChoiceCountOut,
    SurveyOut,
    SurveyQuestionOut,
    SurveyQuestionResultOut,
    SurveyResultsOut,
)

# Answers stand in the order of the questions. A number is cast only where the question asks for one.
_RESULTS = text("""
WITH asked AS (
    SELECT question.number, question.body ->> 'kind' AS kind
    FROM surveys AS survey, jsonb_array_elements(survey.questions) WITH ORDINALITY AS question (body, number)
    WHERE survey.institution_id = :institution_id AND survey.id = :survey_id
), given AS (
    SELECT asked.number, asked.kind, response.id, answer.body #>> '{}' AS said
    FROM survey_responses AS response
    CROSS JOIN LATERAL jsonb_array_elements(response.answers) WITH ORDINALITY AS answer (body, number)
    JOIN asked ON asked.number = answer.number
    WHERE response.institution_id = :institution_id AND response.survey_id = :survey_id
        AND jsonb_typeof(answer.body) <> 'null'
), figures AS (
    SELECT number, min(said::bigint) AS least, max(said::bigint) AS most, round(avg(said::bigint), 2)::text AS mean,
        round(percentile_cont(0.5) WITHIN GROUP (ORDER BY said::bigint)::numeric, 2)::text AS median
    FROM given WHERE kind = 'number' GROUP BY number
), chosen AS (
    SELECT number, json_object_agg(said, chosen) AS counts
    FROM (SELECT number, said, count(*) AS chosen FROM given WHERE kind = 'choice' GROUP BY number, said) AS each
    GROUP BY number
), written AS (
    SELECT number, json_agg(said ORDER BY id) AS texts
    FROM (SELECT *, row_number() OVER (PARTITION BY number ORDER BY id) AS place FROM given WHERE kind = 'text') AS each
    WHERE place <= 100 GROUP BY number
)
SELECT asked.number, (SELECT count(*) FROM given WHERE given.number = asked.number) AS answered,
    figures.least, figures.most, figures.mean, figures.median, chosen.counts, written.texts
FROM asked LEFT JOIN figures USING (number) LEFT JOIN chosen USING (number) LEFT JOIN written USING (number)
ORDER BY asked.number
""").columns(counts=JSON, texts=JSON)


async def list_surveys(
    session: AsyncSession, actor: Actor, *, state: SurveyState | None, wish: PageWish
) -> tuple[Sequence[Survey], str | None]:
    """List visible surveys, the oldest first."""
    statement = reach.visible_to(actor, Survey)
    if state is not None:
        statement = statement.where(Survey.state == state)
    return await page_of(session, statement, order=(Survey.id,), wish=wish)


async def describe_surveys(session: AsyncSession, actor: Actor, rows: Sequence[Survey]) -> list[SurveyOut]:
    """Tell surveys with how many questionnaires came back."""
    counted = await session.execute(
        select(SurveyResponse.survey_id, func.count())
        .where(SurveyResponse.institution_id == actor.institution_id, SurveyResponse.survey_id.in_(reach.ids_of(rows)))
        .group_by(SurveyResponse.survey_id)
    )
    responses = {row[0]: row[1] for row in counted}
    colleges = await reach.name_colleges(session, actor.institution_id, {row.college_id for row in rows})
    return [
        SurveyOut(
            id=row.id,
            college_id=row.college_id,
            college_name=colleges.get(row.college_id),
            title=row.title,
            questions=[SurveyQuestionOut.model_validate(question) for question in row.questions],
            state=SurveyState(row.state),
            opened_on=row.opened_on,
            responses=responses.get(row.id, 0),
            allowed_deeds=rules.survey_deeds(actor, row),
        )
        for row in rows
    ]


async def count_responses(session: AsyncSession, survey: Survey) -> int:
    """Count the questionnaires that came back."""
    statement = select(func.count()).where(
        SurveyResponse.institution_id == survey.institution_id, SurveyResponse.survey_id == survey.id
    )
    return (await session.execute(statement)).scalar_one()


async def list_known_references(session: AsyncSession, survey: Survey, references: Collection[str]) -> set[str]:
    """List which of some questionnaires are there already."""
    statement = select(SurveyResponse.reference).where(
        SurveyResponse.institution_id == survey.institution_id,
        SurveyResponse.survey_id == survey.id,
        SurveyResponse.reference.in_(references),
    )
    return set((await session.scalars(statement)).all())


async def list_known_parties(session: AsyncSession, actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    """List which of some parties are in the register."""
    statement = reach.parties_visible_to(actor).with_only_columns(OutsideParty.id).where(OutsideParty.id.in_(ids))
    return set((await session.scalars(statement)).all())


async def count_results(session: AsyncSession, survey: Survey) -> SurveyResultsOut:
    """Count what came of a survey, in one statement however many questionnaires there are."""
    values = {"institution_id": survey.institution_id, "survey_id": survey.id}
    found = (await session.execute(_RESULTS, values)).all()
    responses = await count_responses(session, survey)
    return SurveyResultsOut(
        survey_id=survey.id,
        title=survey.title,
        responses=responses,
        questions=[
            _result(question, row, responses=responses) for question, row in zip(survey.questions, found, strict=True)
        ],
    )


def _result(question: dict[str, Any], row: Any, *, responses: int) -> SurveyQuestionResultOut:  # noqa: ANN401 - a row
    counts: dict[str, int] = row.counts or {}
    return SurveyQuestionResultOut(
        number=row.number,
        text=question["text"],
        kind=QuestionKind(question["kind"]),
        answered=row.answered,
        responses=responses,
        choices=[
            ChoiceCountOut(choice=choice, numerator=counts.get(choice, 0), denominator=row.answered)
            for choice in question["choices"]
        ],
        least=row.least,
        most=row.most,
        mean=row.mean,
        median=row.median,
        texts=row.texts or [],
    )
