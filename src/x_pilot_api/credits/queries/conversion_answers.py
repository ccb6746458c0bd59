"""Telling of conversions: a page of them in four statements, whatever their number."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import ChainStep, Conversion, ConversionPolicy, ConversionState, OnLoss
from x_pilot_api.credits.schemas import (
    ConversionDecisionOut,
    ConversionOut,
    ConversionPolicyOut,
    ConvertedCourseOut,
    OffsetOut,
)
from x_pilot_api.mappings.models import Direction

_IDS = bindparam("ids", type_=ARRAY(Uuid))

# Students stand behind row-level security, which hides them from an organisation; programmes do not.
_FACTS = text("""
SELECT conversion.id, certificate.name AS certificate_name, certificate.organisation_id, level.level,
    rule.version AS mapping_version, rule.programme_id, programme.college_id, award.number AS award_number,
    student.student_number, student.name AS student_name
FROM conversions AS conversion
JOIN certificate_levels AS level ON level.id = conversion.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
JOIN mappings AS rule ON rule.institution_id = conversion.institution_id AND rule.id = conversion.mapping_id
LEFT JOIN students AS student ON student.institution_id = conversion.institution_id
    AND student.id = conversion.student_id
LEFT JOIN programmes AS programme ON programme.institution_id = conversion.institution_id
    AND programme.id = coalesce(student.programme_id, rule.programme_id)
LEFT JOIN learning_outcomes AS outcome ON outcome.institution_id = conversion.institution_id
    AND outcome.id = conversion.outcome_id
LEFT JOIN awards AS award ON award.institution_id = conversion.institution_id AND award.id = outcome.award_id
WHERE conversion.id = ANY (:ids)
""").bindparams(_IDS)

_COURSES = text("""
SELECT line.conversion_id, line.course_id, course.code, course.name, line.credit_hundredths, line.grade, line.grade_id
FROM conversion_courses AS line
JOIN courses AS course ON course.institution_id = line.institution_id AND course.id = line.course_id
WHERE line.conversion_id = ANY (:ids) ORDER BY course.code, course.id
""").bindparams(_IDS)

_OFFSETS = text("""
SELECT conversion.id AS conversion_id, part.component_code, part.course_id, part.share_percent, part.counts_as_percent
FROM conversions AS conversion
JOIN conversion_courses AS line ON line.institution_id = conversion.institution_id
    AND line.conversion_id = conversion.id
JOIN mapping_offsets AS part ON part.institution_id = conversion.institution_id
    AND part.mapping_id = conversion.mapping_id AND part.course_id = line.course_id
WHERE conversion.id = ANY (:ids) ORDER BY part.component_code, part.course_id
""").bindparams(_IDS)

_DECISIONS = text("""
SELECT conversion_id, deed, state, decided_at, document_number, answered_on, reason FROM conversion_decisions
WHERE conversion_id = ANY (:ids) ORDER BY id
""").bindparams(_IDS)

_Row = Row[*tuple[Any, ...]]


async def tell_conversions(
    session: AsyncSession, actor: Actor, conversions: Sequence[Conversion]
) -> list[ConversionOut]:
    """Tell of conversions that the actor may see, each with its courses, its record, and what may be done with it."""
    values = {"ids": [conversion.id for conversion in conversions]}
    facts = {row.id: row for row in (await session.execute(_FACTS, values)).all()}
    parts: list[defaultdict[UUID, list[_Row]]] = []
    for question in (_COURSES, _OFFSETS, _DECISIONS):
        found: defaultdict[UUID, list[_Row]] = defaultdict(list)
        for row in (await session.execute(question, values)).all():
            found[row.conversion_id].append(row)
        parts.append(found)
    courses, offsets, decisions = parts
    return [
        _told(actor, each, facts[each.id], courses[each.id], offsets[each.id], decisions[each.id])
        for each in conversions
    ]


def _told(
    actor: Actor,
    conversion: Conversion,
    facts: _Row,
    courses: Sequence[_Row],
    offsets: Sequence[_Row],
    decisions: Sequence[_Row],
) -> ConversionOut:
    whose = rules.Whose(conversion.student_id, facts.college_id, facts.programme_id, facts.organisation_id)
    is_insider = actor.institution_id == conversion.institution_id
    return ConversionOut(
        id=conversion.id,
        institution_id=conversion.institution_id,
        direction=Direction(conversion.direction),
        student_id=conversion.student_id,
        student_number=facts.student_number if is_insider else None,
        student_name=facts.student_name if is_insider else None,
        certificate_level_id=conversion.certificate_level_id,
        certificate_name=facts.certificate_name,
        level=facts.level,
        outcome_id=conversion.outcome_id,
        award_number=facts.award_number,
        mapping_id=conversion.mapping_id,
        mapping_version=facts.mapping_version,
        state=ConversionState(conversion.state),
        awaits=ChainStep(conversion.awaits) if conversion.awaits else None,
        steps=[ChainStep(step) for step in conversion.steps],
        credit=conversion.credit_hundredths,
        courses=[_course(row) for row in courses],
        offsets=[_offset(row) for row in offsets] if conversion.outcome_id is None else [],
        decisions=[_decision(row) for row in decisions],
        requested_at=conversion.requested_at,
        granted_on=conversion.granted_on,
        ended_at=conversion.ended_at,
        end_reason=conversion.end_reason,
        flagged_at=conversion.flagged_at,
        flag_reason=conversion.flag_reason,
        allowed_deeds=rules.deeds_on_conversion(actor, conversion, whose=whose),
    )


def _course(row: _Row) -> ConvertedCourseOut:
    return ConvertedCourseOut(
        course_id=row.course_id,
        code=row.code,
        name=row.name,
        credit=row.credit_hundredths,
        grade=row.grade,
        grade_id=row.grade_id,
    )


def _offset(row: _Row) -> OffsetOut:
    return OffsetOut(
        component_code=row.component_code,
        course_id=row.course_id,
        share_percent=row.share_percent,
        counts_as_percent=row.counts_as_percent,
    )


def _decision(row: _Row) -> ConversionDecisionOut:
    return ConversionDecisionOut(
        deed=row.deed,
        state=ConversionState(row.state),
        decided_at=row.decided_at,
        document_number=row.document_number,
        answered_on=row.answered_on,
        reason=row.reason,
    )


def tell_policy(policy: ConversionPolicy) -> ConversionPolicyOut:
    """Tell of one version of the chain."""
    return ConversionPolicyOut(
        id=policy.id,
        version=policy.version,
        steps=[ChainStep(step) for step in policy.steps],
        on_loss=OnLoss(policy.on_loss),
        document_number=policy.document_number,
        effective_from=policy.effective_from,
        loaded_by=policy.loaded_by,
        recorded_at=policy.recorded_at,
    )
