"""Which limits of policy hold, what they say, and whether a rule or the use of a certificate keeps to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from x_pilot_api.core import quantities
from x_pilot_api.core.languages import Both
from x_pilot_api.mappings.errors import (
    CategoryNotAllowed,
    CourseAlreadyPassed,
    CourseReplacedTwice,
    GraduationCreditUnknown,
    LimitExceeded,
    LimitInEffect,
    LimitOverlaps,
    LimitStartsInPast,
)
from x_pilot_api.mappings.models import LimitCode, PolicyLimit

LIMIT_KIND = "policy_limit"

HELD_ANYHOW = frozenset({LimitCode.ONE_CERTIFICATE, LimitCode.REPLACED_ONCE, LimitCode.NOT_PASSED})
"""What holds where no document says otherwise: without them a course would count twice."""

DEFAULT_DOCUMENT = "X-Pilot"
"""Stands for a document where nothing was loaded and the limit holds anyhow, as version 0."""

SAYINGS: Mapping[LimitCode, Both] = {
    LimitCode.PER_CERTIFICATE: Both(
        "每个证书最多转换 {credit} 学分。", "A certificate brings at most {credit} credits."
    ),
    LimitCode.CREDIT_BANK: Both(
        "不超过学分银行认定的 {credit} 学分。", "No more than the {credit} credits the credit bank recognised."
    ),
    LimitCode.SHARE_OF_GRADUATION: Both(
        "转换学分合计不超过毕业学分的 {percent}%。",
        "Converted credits are at most {percent} % of the graduation credits.",
    ),
    LimitCode.ONE_CERTIFICATE: Both("一门课程只能由一个证书转换。", "A course converts with one certificate only."),
    LimitCode.REPLACED_ONCE: Both("一门课程不能被重复替代。", "A course is never replaced twice."),
    LimitCode.LEVEL_CATEGORIES: Both(
        "等级 {level} 的证书转换以下类别的课程：{categories}。",
        "Certificates of level {level} convert courses of: {categories}.",
    ),
    LimitCode.HIGHEST_LEVEL: Both(
        "“{family}”内的证书视为相近，以最高等级计。", "Of the similar certificates “{family}” the highest level counts."
    ),
    LimitCode.NOT_PASSED: Both("只替代未修读或不合格的课程。", "Only a course not yet taken, or failed, is replaced."),
    LimitCode.NOTICE_DAYS: Both(
        "规则发布前至少公示 {days} 天。", "A rule is shown for objections at least {days} days before it is published."
    ),
}

_WAIVED = Both("放宽：该限制不适用。", "Waived: the limit does not act.")


class Basis(TypedDict):
    """What a refusal names of the limit it rests on."""

    limit_code: str
    limit_version: int
    document_number: str


@dataclass(frozen=True)
class LimitedCourse:
    """What a limit asks of a course that a rule converts."""

    code: str
    category: str


@dataclass(frozen=True)
class Use:
    """One course that a certificate's credits are to stand for, or stand for already."""

    certificate_id: UUID
    course_id: UUID
    credit_hundredths: int
    is_passed: bool = False


def say(limit: PolicyLimit) -> Both:
    """Say in words what a limit asks."""
    if limit.is_waived:
        return _WAIVED
    figures = {
        "credit": quantities.format_hundredths(limit.credit_hundredths or 0),
        "percent": limit.percent,
        "days": limit.days,
        "level": limit.level,
        "categories": ", ".join(limit.categories or ()),
        "family": limit.family,
    }
    saying = SAYINGS[LimitCode(limit.code)]
    return Both(saying.zh.format(**figures), saying.en.format(**figures))


def basis_of(limit: PolicyLimit) -> Basis:
    """Name a limit in a refusal: which it is, in which version, by which document."""
    return Basis(limit_code=str(limit.code), limit_version=limit.version, document_number=limit.document_number)


def find_basis(limits: Sequence[PolicyLimit], code: LimitCode) -> Basis | None:
    """Tell what a limit without a figure rests on, or nothing if it does not hold."""
    loaded = [limit for limit in limits if limit.code == code]
    if loaded:
        return None if loaded[0].is_waived else basis_of(loaded[0])
    if code in HELD_ANYHOW:
        return Basis(limit_code=code.value, limit_version=0, document_number=DEFAULT_DOCUMENT)
    return None


def limits_that_count(limits: Sequence[PolicyLimit]) -> list[PolicyLimit]:
    """Choose of each limit of credits the level's own before the general one; the lowest comes first."""
    chosen: dict[str, PolicyLimit] = {}
    for limit in limits:
        of_credits = limit.code in {LimitCode.PER_CERTIFICATE, LimitCode.CREDIT_BANK}
        if of_credits and (limit.code not in chosen or limit.certificate_level_id is not None):
            chosen[limit.code] = limit
    counting = [limit for limit in chosen.values() if not limit.is_waived]
    return sorted(counting, key=lambda limit: (limit.credit_hundredths or 0, limit.code))


def check_limits(credit_hundredths: int, limits: Sequence[PolicyLimit]) -> None:
    """Refuse credits above the lowest limit that counts."""
    for limit in limits_that_count(limits):
        _refuse_above(credit_hundredths, limit.credit_hundredths or 0, limit)


def check_categories(level: str, courses: Sequence[LimitedCourse], limits: Sequence[PolicyLimit]) -> None:
    """Refuse a course of a category that certificates of the level do not convert."""
    for limit in limits:
        if limit.code != LimitCode.LEVEL_CATEGORIES or limit.level != level or limit.categories is None:
            continue
        for course in courses:
            if course.category not in limit.categories:
                raise CategoryNotAllowed(
                    course_code=course.code,
                    category=course.category,
                    level=level,
                    allowed=", ".join(limit.categories),
                    **basis_of(limit),
                )


def check_use(
    use: Use, done: Sequence[Use], limits: Sequence[PolicyLimit], *, graduation_credit_hundredths: int | None
) -> None:
    """Refuse to use a certificate's credits for a course when that, with what was done before, breaks a limit.

    `limits` are those in force for the certificate's level; `done` is what stands of the student's other uses.
    """
    passed = find_basis(limits, LimitCode.NOT_PASSED)
    if use.is_passed and passed is not None:
        raise CourseAlreadyPassed(course_id=str(use.course_id), **passed)
    once = find_basis(limits, LimitCode.REPLACED_ONCE)
    before = [other for other in done if other.course_id == use.course_id]
    if before and once is not None:
        raise CourseReplacedTwice(course_id=str(use.course_id), **once)
    single = find_basis(limits, LimitCode.ONE_CERTIFICATE)
    for other in before:
        if other.certificate_id != use.certificate_id and single is not None:
            raise CourseReplacedTwice(course_id=str(use.course_id), **single)
    of_certificate = sum(other.credit_hundredths for other in done if other.certificate_id == use.certificate_id)
    check_limits(of_certificate + use.credit_hundredths, limits)
    _check_share(use, done, limits, graduation_credit_hundredths)


def _check_share(use: Use, done: Sequence[Use], limits: Sequence[PolicyLimit], graduation: int | None) -> None:
    total = sum(other.credit_hundredths for other in done) + use.credit_hundredths
    for limit in limits:
        if limit.code != LimitCode.SHARE_OF_GRADUATION or limit.percent is None:
            continue
        if graduation is None:
            raise GraduationCreditUnknown(percent=limit.percent, **basis_of(limit))
        _refuse_above(total, graduation * limit.percent // 100, limit)


def _refuse_above(credit_hundredths: int, most: int, limit: PolicyLimit) -> None:
    if credit_hundredths > most:
        raise LimitExceeded(
            credits=quantities.format_hundredths(credit_hundredths),
            limit=quantities.format_hundredths(most),
            **basis_of(limit),
        )


def version_giving_way(
    series: Sequence[PolicyLimit], *, effective_from: date, effective_to: date | None, today: date
) -> PolicyLimit | None:
    """Find the version that ends when a new one starts; refuse if it cannot, or if that would be in the past."""
    meeting = [
        limit
        for limit in series
        if limit.withdrawn_at is None
        and (limit.effective_to is None or limit.effective_to > effective_from)
        and (effective_to is None or limit.effective_from < effective_to)
    ]
    for limit in meeting:
        if limit.effective_from >= effective_from or len(meeting) > 1:
            raise LimitOverlaps(
                effective_from=str(limit.effective_from),
                effective_to=str(limit.effective_to or "-"),
                **basis_of(limit),
            )
        if effective_from < today:
            raise LimitStartsInPast(effective_from=str(effective_from), today=str(today), **basis_of(limit))
    return meeting[0] if meeting else None


def check_limit_withdrawable(limit: PolicyLimit, *, today: date) -> None:
    """Refuse to withdraw a limit by which something may have been decided."""
    if limit.effective_from <= today:
        raise LimitInEffect(effective_from=str(limit.effective_from), today=str(today), **basis_of(limit))


def version_to_prolong(series: Sequence[PolicyLimit], withdrawn: PolicyLimit) -> tuple[PolicyLimit, date | None] | None:
    """Find the version that had ended for a withdrawn one, and until when it holds now."""
    live = [limit for limit in series if limit.withdrawn_at is None and limit.id != withdrawn.id]
    for earlier in live:
        if earlier.effective_to == withdrawn.effective_from and earlier.loaded_to != earlier.effective_to:
            ends = [limit.effective_from for limit in live if limit.effective_from >= withdrawn.effective_from]
            if earlier.loaded_to is not None:
                ends.append(earlier.loaded_to)
            return earlier, min(ends, default=None)
    return None
