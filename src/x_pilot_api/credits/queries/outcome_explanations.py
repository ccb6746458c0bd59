"""Explaining a submitted outcome from its record: what it rests on, which line counted, what became of the credits."""

from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import texts
from x_pilot_api.core.languages import Both
from x_pilot_api.core.quantities import format_hundredths
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import EvidenceKind, SubmissionState, SubmittedOutcome
from x_pilot_api.credits.schemas import OutcomeExplanationOut, OutcomeStepOut

_FACTS = text("""
SELECT course.code || ' ' || course.name AS course,
    coalesce(grade.grade_word, CAST(round(grade.score_hundredths / 100.0, 2) AS text), '-') AS grade,
    policy.version, policy.document_number, line.credit_hundredths AS line_credit, notice.expires_on
FROM submitted_outcomes AS outcome
LEFT JOIN course_grades AS grade ON grade.institution_id = outcome.institution_id AND grade.id = outcome.seen_grade_id
LEFT JOIN courses AS course ON course.institution_id = outcome.institution_id AND course.id = outcome.course_id
LEFT JOIN recognition_policies AS policy ON policy.institution_id = outcome.institution_id
    AND policy.id = outcome.policy_id
LEFT JOIN recognition_lines AS line ON line.institution_id = outcome.institution_id
    AND line.policy_id = outcome.policy_id AND line.number = outcome.line_number
LEFT JOIN expiry_notices AS notice ON notice.institution_id = outcome.institution_id
    AND notice.submitted_outcome_id = outcome.id
WHERE outcome.institution_id = :institution_id AND outcome.id = :outcome_id
""")

_Step = tuple[Both, int | None]


async def explain_submission(session: AsyncSession, outcome: SubmittedOutcome) -> OutcomeExplanationOut:
    """Explain one outcome that the actor may see."""
    values = {"institution_id": outcome.institution_id, "outcome_id": outcome.id}
    facts = (await session.execute(_FACTS, values)).one()
    steps = [(_evidence(outcome, facts), None), *_arithmetic(outcome, facts)]
    following = _next(outcome, facts)
    zh = "".join(f"{says.zh}{_amount(credit, '学分。')}" for says, credit in steps) + following.zh
    en = " ".join([*(f"{says.en}{_amount(credit, 'credits.')}" for says, credit in steps), following.en])
    return OutcomeExplanationOut(
        outcome_id=outcome.id,
        state=SubmissionState(outcome.state),
        credit=0 if outcome.state == SubmissionState.REVERSED else outcome.credit_hundredths,
        steps=[OutcomeStepOut(says=texts.in_both(says), credit=credit) for says, credit in steps],
        next_step=texts.in_both(following),
        text=texts.in_both(Both(zh, en)),
    )


def _amount(credit: int | None, unit: str) -> str:
    return "" if credit is None else f" {format_hundredths(credit)} {unit}"


def _evidence(outcome: SubmittedOutcome, facts: Row[Any]) -> Both:
    if outcome.evidence == EvidenceKind.GRADE:
        return rules.said(rules.OUTCOME_GRADE, course=facts.course, grade=facts.grade, kind=outcome.kind)
    return rules.said(
        rules.OUTCOME_DOCUMENT,
        issuer=outcome.issuer,
        issued_on=outcome.issued_on,
        number=outcome.document_number,
        kind=outcome.kind,
    )


def _arithmetic(outcome: SubmittedOutcome, facts: Row[Any]) -> list[_Step]:
    if facts.version is None:
        return []
    line = rules.said(
        rules.OUTCOME_LINE, version=facts.version, line=outcome.line_number, document=facts.document_number
    )
    steps: list[_Step] = [(line, facts.line_credit), (rules.OUTCOME_CREDIT, outcome.credit_hundredths)]
    if outcome.expired_hundredths:
        steps.append((rules.OUTCOME_EXPIRED, -outcome.expired_hundredths))
    if outcome.state == SubmissionState.REVERSED:
        steps.append((rules.OUTCOME_REVERSED, -outcome.credit_hundredths))
    return steps


def _next(outcome: SubmittedOutcome, facts: Row[Any]) -> Both:
    if outcome.flagged_at is not None:
        return rules.said(rules.OUTCOME_FLAGGED, reason=outcome.flag_reason)
    following = rules.said(rules.OUTCOME_NEXT[SubmissionState(outcome.state)], reason=outcome.end_reason or "-")
    is_running = outcome.state == SubmissionState.RECOGNISED and outcome.expired_hundredths == 0
    if facts.expires_on is None or not is_running:
        return following
    ends = rules.said(rules.OUTCOME_EXPIRES, expires_on=facts.expires_on)
    return Both(following.zh + ends.zh, f"{following.en} {ends.en}")
