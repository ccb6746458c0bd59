"""Telling of submitted outcomes: a page of them in two statements, whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import EvidenceKind, SubmissionState, SubmittedOutcome
from x_pilot_api.credits.schemas import SubmissionDecisionOut, SubmissionOut

_IDS = bindparam("ids", type_=ARRAY(Uuid))

_FACTS = text("""
SELECT outcome.id, student.student_number, student.name AS student_name, student.programme_id, programme.college_id,
    course.code AS course_code, course.name AS course_name, policy.version AS policy_version, notice.expires_on
FROM submitted_outcomes AS outcome
JOIN students AS student ON student.institution_id = outcome.institution_id AND student.id = outcome.student_id
JOIN programmes AS programme ON programme.institution_id = outcome.institution_id
    AND programme.id = student.programme_id
LEFT JOIN courses AS course ON course.institution_id = outcome.institution_id AND course.id = outcome.course_id
LEFT JOIN recognition_policies AS policy ON policy.institution_id = outcome.institution_id
    AND policy.id = outcome.policy_id
LEFT JOIN expiry_notices AS notice ON notice.institution_id = outcome.institution_id
    AND notice.submitted_outcome_id = outcome.id
WHERE outcome.id = ANY (:ids)
""").bindparams(_IDS)

_DECISIONS = text("""
SELECT outcome_id, deed, state, decided_at, document_number, reason FROM submission_decisions
WHERE outcome_id = ANY (:ids) ORDER BY id
""").bindparams(_IDS)

_Row = Row[*tuple[Any, ...]]


async def tell_submissions(
    session: AsyncSession, actor: Actor, outcomes: Sequence[SubmittedOutcome]
) -> list[SubmissionOut]:
    """Tell of submitted outcomes that the actor may see, each with its record and what may be done with it."""
    values = {"ids": [outcome.id for outcome in outcomes]}
    facts = {row.id: row for row in (await session.execute(_FACTS, values)).all()}
    decisions: defaultdict[UUID, list[_Row]] = defaultdict(list)
    for row in (await session.execute(_DECISIONS, values)).all():
        decisions[row.outcome_id].append(row)
    return [_told(actor, outcome, facts[outcome.id], decisions[outcome.id]) for outcome in outcomes]


def _told(actor: Actor, outcome: SubmittedOutcome, facts: _Row, decisions: Sequence[_Row]) -> SubmissionOut:
    is_of_college = facts.college_id in actor.college_ids or facts.programme_id in actor.programme_ids
    return SubmissionOut(
        id=outcome.id,
        student_id=outcome.student_id,
        student_number=facts.student_number,
        student_name=facts.student_name,
        kind=outcome.kind,
        evidence=EvidenceKind(outcome.evidence),
        grade_id=outcome.grade_id,
        course_id=outcome.course_id,
        course_code=facts.course_code,
        course_name=facts.course_name,
        document_number=outcome.document_number,
        issuer=outcome.issuer,
        issued_on=outcome.issued_on,
        document_digest=outcome.document_digest,
        hours=outcome.hours,
        reason=outcome.reason,
        state=SubmissionState(outcome.state),
        credit=outcome.credit_hundredths,
        expired=outcome.expired_hundredths,
        expires_on=facts.expires_on,
        policy_version=facts.policy_version,
        line_number=outcome.line_number,
        entry_id=outcome.entry_id,
        submitted_at=outcome.submitted_at,
        recognised_on=outcome.recognised_on,
        ended_at=outcome.ended_at,
        end_reason=outcome.end_reason,
        flagged_at=outcome.flagged_at,
        flag_reason=outcome.flag_reason,
        decisions=[
            SubmissionDecisionOut(
                deed=row.deed,
                state=SubmissionState(row.state),
                decided_at=row.decided_at,
                document_number=row.document_number,
                reason=row.reason,
            )
            for row in decisions
        ],
        allowed_deeds=rules.deeds_on_submission(actor, outcome, is_of_college=is_of_college),
    )
