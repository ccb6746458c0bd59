"""The deeds on a survey: drafted, opened, filled from questionnaires that came back, closed."""

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, etags, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.guidance import errors
from x_pilot_api.guidance.errors import ResponsesRefused
from x_pilot_api.guidance.models import Survey, SurveyResponse
from x_pilot_api.guidance.queries import reach
from x_pilot_api.guidance.queries import surveys as queries
from x_pilot_api.guidance.rules import surveys as rules
from x_pilot_api.guidance.schemas.surveys import SurveyIn, SurveyResponseIn, SurveyResponsesIn

_FAULTS_SHOWN = 100


async def draft_survey(session: AsyncSession, actor: Actor, *, wish: SurveyIn) -> Survey:
    """Draft a survey."""
    institution_id = await reach.check_college(session, actor, wish.college_id)
    survey = Survey(
        **wish.model_dump(mode="json", exclude={"college_id"}),
        college_id=wish.college_id,
        institution_id=institution_id,
        state=rules.SURVEY.initial,
        recorded_by=actor.id,
    )
    session.add(survey)
    await session.flush()
    await _record(session, actor, "draft_survey", survey, before=None)
    return survey


async def change_survey(
    session: AsyncSession, actor: Actor, *, survey_id: UUID, wish: SurveyIn, if_match: str | None
) -> Survey:
    """Write a survey anew that is not opened yet."""
    survey = await reach.lock_own(session, actor, Survey, survey_id)
    (now,) = await queries.describe_surveys(session, actor, [survey])
    etags.check(now, if_match=if_match)
    survey_state = rules.SURVEY.target_of("change", state=survey.state)
    await reach.check_college(session, actor, wish.college_id)
    before = _standing(survey)
    survey.college_id, survey.title, survey.state = wish.college_id, wish.title, survey_state
    survey.questions = [question.model_dump(mode="json") for question in wish.questions]
    await session.flush()
    await _record(session, actor, "change_survey", survey, before=before)
    return survey


async def open_survey(session: AsyncSession, actor: Actor, *, survey_id: UUID, today: date) -> Survey:
    """Take answers from now on; the questions stay as they are."""
    survey = await reach.lock_own(session, actor, Survey, survey_id)
    target, before = rules.SURVEY.target_of("open", state=survey.state), _standing(survey)
    survey.state, survey.opened_on = target, today
    await session.flush()
    await _record(session, actor, "open_survey", survey, before=before)
    return survey


async def close_survey(session: AsyncSession, actor: Actor, *, survey_id: UUID) -> Survey:
    """Take no more answers."""
    survey = await reach.lock_own(session, actor, Survey, survey_id)
    target, before = rules.SURVEY.target_of("close", state=survey.state), _standing(survey)
    survey.state = target
    await session.flush()
    await _record(session, actor, "close_survey", survey, before=before)
    return survey


async def record_responses(
    session: AsyncSession, actor: Actor, *, survey_id: UUID, wish: SurveyResponsesIn
) -> tuple[Survey, int]:
    """Record a batch of questionnaires, whole or not at all; one that is there already is refused."""
    survey = await reach.lock_own(session, actor, Survey, survey_id)
    rules.SURVEY.target_of("record", state=survey.state)
    faults = await _faults(session, actor, survey, wish.responses)
    if faults:
        refused = len({fault.get("row") for fault in faults})
        raise ResponsesRefused(faults=faults[:_FAULTS_SHOWN], rows=len(wish.responses), refused=refused)
    rows = [
        response.model_dump()
        | {"institution_id": survey.institution_id, "survey_id": survey.id, "recorded_by": actor.id}
        for response in wish.responses
    ]
    made = await session.scalars(
        insert(SurveyResponse).values(rows).on_conflict_do_nothing().returning(SurveyResponse.id)
    )
    recorded = len(made.all())
    if recorded < len(rows):
        # Somebody entered one of them at the same moment.
        raise ResponsesRefused(rows=len(rows), refused=len(rows) - recorded)
    await _record(session, actor, "record_survey_responses", survey, before=_standing(survey), recorded=recorded)
    return survey, recorded


async def _faults(
    session: AsyncSession, actor: Actor, survey: Survey, responses: list[SurveyResponseIn]
) -> list[Fault]:
    """Name everything that is wrong with a batch, in the order of its rows."""
    language = languages.spoken()
    known = await queries.list_known_references(session, survey, [each.reference for each in responses])
    parties = await queries.list_known_parties(session, actor, {each.party_id for each in responses if each.party_id})
    faults: list[Fault] = []
    seen: Counter[str] = Counter()
    for row, response in enumerate(responses, start=1):
        seen[response.reference] += 1
        if response.reference in known or seen[response.reference] > 1:
            told = {"reference": response.reference}
            faults.append(rules.fault(errors.REFERENCE_KNOWN, row=row, column="reference", language=language, **told))
        if response.party_id is not None and response.party_id not in parties:
            faults.append(rules.fault(errors.PARTY_UNKNOWN, row=row, column="party_id", language=language))
        faults += rules.faults_of(survey.questions, response.answers, row=row, language=language)
    return faults


def _standing(survey: Survey) -> audit.State:
    return changes.fields_of(survey, "state", "title", "college_id", "opened_on") | {"questions": len(survey.questions)}


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    survey: Survey,
    *,
    before: audit.State | None,
    **detail: object,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=survey.institution_id,
        object_kind=rules.SURVEY_KIND,
        object_id=survey.id,
        detail=detail,
        before=before,
        after=_standing(survey),
    )
