"""Explaining a certificate's credits: facts from the record and the decision, put into words by the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.certificates.models import Certificate
from x_pilot_api.core import clock, texts
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.core.quantities import format_hundredths
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import AccountState, CreditAccount, NextStep, OutcomeReason, OutcomeState
from x_pilot_api.credits.rules import Standing
from x_pilot_api.credits.schemas import (
    ExplainedCourseOut,
    ExplainedInputsOut,
    ExplainedLimitOut,
    ExplainedRuleOut,
    ExplanationOut,
    NextStepOut,
    StepOut,
)
from x_pilot_api.mappings import queries as mappings
from x_pilot_api.mappings import rules as policy
from x_pilot_api.mappings.models import Mapping
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Programme, Student


@dataclass(frozen=True)
class _Found:
    """Everything an explanation rests on: the record if there is one, and what counts now, decided or on record."""

    student: Student
    programme: Programme
    certificate_name: str
    level: str
    record: Row[Any] | None
    counts: Row[Any]
    mapping: Mapping | None
    account: AccountState | None
    rule_on_its_way: int | None
    rules_of: date
    use: Row[Any] | None = None

    @property
    def standing(self) -> Standing:
        """Say what decides the next step."""
        return Standing(
            reason=OutcomeReason(self.record.reason) if self.record is not None else None,
            account=self.account,
            expected=self.counts.credit,
            is_rule_on_its_way=self.rule_on_its_way is not None,
            free=self.use.free if self.use is not None else None,
            awaits=self.use.awaits if self.use is not None else None,
            is_flagged=bool(self.use is not None and self.use.is_flagged),
        )


async def explain_certificate(
    session: AsyncSession, actor: Actor, *, student_id: UUID, certificate_level_id: UUID, today: date
) -> ExplanationOut:
    """Explain what a certificate level brings a student the actor may see, or would bring."""
    found = await _find(session, actor, student_id=student_id, certificate_level_id=certificate_level_id, today=today)
    record = found.record
    rule = await _rule(session, found)
    limits = await _limits(session, found)
    steps = _arithmetic(found, rule, limits)
    step = _next_step(found, rule)
    return ExplanationOut(
        student_id=student_id,
        certificate_level_id=certificate_level_id,
        certificate_name=found.certificate_name,
        level=found.level,
        is_earned=record is not None and record.state != OutcomeState.REVOKED,
        outcome_id=record.outcome_id if record is not None else None,
        award_id=record.award_id if record is not None else None,
        award_number=record.award_number if record is not None else None,
        entry_id=record.entry_id if record is not None else None,
        reason=found.standing.reason,
        credit=record.credit if record is not None else 0,
        credit_expected=found.counts.credit,
        inputs=_inputs(found),
        rule=rule,
        limits=limits,
        arithmetic=[StepOut(says=texts.in_both(says), credit=credit) for says, credit in steps],
        next_step=NextStepOut(
            code=step[0],
            says=texts.in_both(step[1]),
            deadline=record.due_at if record is not None and step[0] == NextStep.WAIT_FOR_OBJECTIONS else None,
        ),
        text=texts.in_both(_told(found, steps, step[1])),
    )


async def _find(
    session: AsyncSession, actor: Actor, *, student_id: UUID, certificate_level_id: UUID, today: date
) -> _Found:
    student = await registry.get_student(session, actor, student_id)
    level = await certificates.get_level(session, certificate_level_id)
    values: dict[str, Any] = {
        "institution_id": student.institution_id,
        "student_id": student.id,
        "certificate_id": level.certificate_id,
        "certificate_level_id": certificate_level_id,
        "programme_id": student.programme_id,
        "entry_year": student.entry_year,
    }
    record = (await session.execute(text(rules.RECORD), values)).one_or_none()
    counts = record if record is not None and record.credit else await _expected(session, values, record, today)
    mapping = None
    if counts.mapping_id is not None:
        mapping = await session.get_one(Mapping, (student.institution_id, counts.mapping_id))
    certificate = await session.get_one(Certificate, level.certificate_id)
    use = None
    if record is not None:
        asked = {"institution_id": student.institution_id, "outcome_id": record.outcome_id}
        use = (await session.execute(text(rules.CONVERSIONS_OF), asked)).one_or_none()
    return _Found(
        student=student,
        programme=await session.get_one(Programme, (student.institution_id, student.programme_id)),
        certificate_name=certificate.name,
        level=level.level,
        record=record,
        counts=counts,
        mapping=mapping,
        account=await _account_state(session, student),
        rule_on_its_way=await session.scalar(text(rules.RULE_ON_ITS_WAY), values),
        rules_of=record.earned_on if record is not None and record.state != OutcomeState.REVOKED else today,
        use=use,
    )


async def _expected(session: AsyncSession, values: dict[str, Any], record: Row[Any] | None, today: date) -> Row[Any]:
    """Ask the decision what would be posted now, were the account open; for a lost certificate, for one of today."""
    stands = record is not None and record.state != OutcomeState.REVOKED
    decision = rules.decision(rules.WEIGHED, accounts=rules.AS_IF_OPEN)
    asked = {
        "today": today,
        "now": clock.now(),
        "is_supposed": not stands,
        "outcome_id": record.outcome_id if record is not None and stands else None,
    }
    return (await session.execute(text(rules.EXPECTED.format(decision=decision)), values | asked)).one()


async def _account_state(session: AsyncSession, student: Student) -> AccountState | None:
    found = await session.scalar(
        select(CreditAccount.state).where(
            CreditAccount.institution_id == student.institution_id,
            CreditAccount.student_id == student.id,
            CreditAccount.state != AccountState.CLOSED,
        )
    )
    return AccountState(found) if found else None


def _inputs(found: _Found) -> ExplainedInputsOut:
    return ExplainedInputsOut(
        programme_id=found.programme.id,
        programme_code=found.programme.code,
        programme_name=found.programme.name,
        entry_year=found.student.entry_year,
        earned_on=found.record.earned_on if found.record is not None else None,
        rules_of=found.rules_of,
        account_state=found.account,
        objections_until=found.record.due_at if found.record is not None else None,
    )


async def _rule(session: AsyncSession, found: _Found) -> ExplainedRuleOut | None:
    if found.mapping is None:
        return None
    (described,) = await mappings.describe(session, [found.mapping])
    return ExplainedRuleOut(
        mapping_id=found.mapping.id,
        version=found.mapping.version,
        filing_number=found.mapping.filing_number,
        entry_year_from=found.mapping.entry_year_from,
        entry_year_to=found.mapping.entry_year_to,
        effective_from=found.mapping.effective_from,
        effective_to=found.mapping.effective_to,
        courses=[
            ExplainedCourseOut(
                course_id=line.course_id,
                code=line.code,
                name=line.name,
                credit=line.credit_hundredths,
                grade=line.grade,
            )
            for line in described.courses
        ],
        credit=found.counts.rule_credit,
    )


async def _limits(session: AsyncSession, found: _Found) -> list[ExplainedLimitOut]:
    """List the limits of credits that held on the day, and the one on record that cut though it no longer holds."""
    if found.mapping is None:
        return []
    held = policy.limits_that_count(await mappings.list_limits(session, found.mapping, on=found.rules_of))
    cut = (found.counts.limit_code, found.counts.limit_credit)
    listed = [
        ExplainedLimitOut(
            code=limit.code,
            version=limit.version,
            document_number=limit.document_number,
            credit=limit.credit_hundredths or 0,
            cuts=(limit.code, limit.credit_hundredths) == cut,
            says=texts.in_both(policy.say(limit)),
        )
        for limit in held
    ]
    if found.counts.limit_code is not None and not any(limit.cuts for limit in listed):
        says = texts.in_both(rules.limit_words(found.counts.limit_code))
        lost = ExplainedLimitOut(code=cut[0], version=None, document_number=None, credit=cut[1], cuts=True, says=says)
        return [lost, *listed]
    return listed


_Step = tuple[Both, int]


def _arithmetic(found: _Found, rule: ExplainedRuleOut | None, limits: Sequence[ExplainedLimitOut]) -> list[_Step]:
    """Add up from the courses to what is brought; the last line is the result."""
    steps: list[_Step] = []
    if rule is not None:
        steps += [(rules.said(rules.COURSE_STEP, code=it.code, name=it.name), it.credit) for it in rule.courses]
        steps.append((rules.said(rules.RULE_STEP, version=rule.version), rule.credit))
    steps += [
        (rules.said(rules.LIMIT_STEP, limit=rules.limit_words(limit.code)), limit.credit)
        for limit in limits
        if limit.cuts
    ]
    reason = rules.REASON_WORDS[OutcomeReason(found.counts.reason)]
    steps.append((rules.said(rules.RESULT_STEP, reason=reason), found.counts.credit))
    return steps


def _next_step(found: _Found, rule: ExplainedRuleOut | None) -> tuple[NextStep, Both]:
    step = rules.next_step(found.standing)
    due = found.record.due_at if found.record is not None else None
    courses = ", ".join(f"{course.code} {course.name}" for course in rule.courses) if rule else "-"
    figures = {
        "expected": format_hundredths(found.counts.credit),
        "deadline": due.isoformat(timespec="minutes") if due else "-",
        "version": found.rule_on_its_way,
        "courses": courses,
        "conversion": found.use.id if found.use is not None else "-",
        "awaits": found.use.awaits if found.use is not None else "-",
        "free": format_hundredths(found.use.free) if found.use is not None else "-",
    }
    return step, rules.said(rules.NEXT_STEPS[step], **figures)


def _told(found: _Found, steps: Sequence[_Step], step: Both) -> Both:
    """Put the whole explanation into sentences: inputs, arithmetic, result, next step."""
    earned_on = found.record.earned_on if found.record is not None else rules.NOT_EARNED
    parts = [
        rules.said(
            rules.INPUTS,
            programme=f"{found.programme.code} {found.programme.name}",
            entry_year=found.student.entry_year,
            level=found.level,
            earned_on=earned_on,
        )
    ]
    lines = [Both(f"{says.zh} {format_hundredths(it)}", f"{says.en}: {format_hundredths(it)}") for says, it in steps]
    parts.append(Both("；".join(line.zh for line in lines) + "。", "; ".join(line.en for line in lines) + "."))
    if found.record is not None:
        parts.append(
            rules.said(
                rules.EXPLANATIONS[OutcomeReason(found.record.reason)],
                version=found.mapping.version if found.mapping is not None else "-",
                rule=format_hundredths(found.record.rule_credit),
                credit=format_hundredths(found.record.credit),
                due=found.record.due_at.isoformat(timespec="minutes") if found.record.due_at else "-",
            )
        )
    parts.append(step)
    return Both("".join(part.zh for part in parts), " ".join(part.en for part in parts))
