"""Limits of policy: no order of conversions breaks one, and every refusal names the version it rests on."""

import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from x_pilot_api.core.errors import AppError
from x_pilot_api.mappings import rules
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
from x_pilot_api.mappings.rules import LimitedCourse, Use

TODAY = date(2026, 11, 24)
GRADUATION = 14_000
MOST, SHARE = 800, 50


def limit(code: LimitCode, *, version: int = 2, **values: object) -> PolicyLimit:
    known: dict[str, object] = {"is_waived": False, "document_number": "文件2号", "effective_from": date(2025, 9, 1)}
    return PolicyLimit(code=code, version=version, **(known | values))


LIMITS = [
    limit(LimitCode.PER_CERTIFICATE, credit_hundredths=MOST),
    limit(LimitCode.SHARE_OF_GRADUATION, percent=SHARE),
]
COURSES = tuple(UUID(int=number) for number in range(1, 13))
CERTIFICATES = tuple(UUID(int=number) for number in range(101, 105))

uses = st.builds(
    Use,
    certificate_id=st.sampled_from(CERTIFICATES),
    course_id=st.sampled_from(COURSES),
    credit_hundredths=st.integers(1, 900),
    is_passed=st.booleans(),
)


def use_all(wishes: Sequence[Use], limits: Sequence[PolicyLimit], *, graduation: int | None) -> list[Use]:
    """Use what is not refused, one after the other."""
    done: list[Use] = []
    for wish in wishes:
        try:
            rules.check_use(wish, done, limits, graduation_credit_hundredths=graduation)
        except AppError:
            continue
        done.append(wish)
    return done


@given(wishes=st.lists(uses, max_size=40), graduation=st.integers(0, 3_000))
def test_no_order_of_conversions_breaks_a_limit(wishes: list[Use], graduation: int) -> None:
    done = use_all(wishes, LIMITS, graduation=graduation)
    per_certificate = [sum(it.credit_hundredths for it in done if it.certificate_id == one) for one in CERTIFICATES]
    assert max(per_certificate) <= MOST
    assert sum(it.credit_hundredths for it in done) * 100 <= graduation * SHARE
    assert len({it.course_id for it in done}) == len(done)
    assert not any(it.is_passed for it in done)


@given(wishes=st.lists(uses, max_size=20))
def test_without_a_loaded_limit_a_course_still_counts_once(wishes: list[Use]) -> None:
    done = use_all(wishes, [], graduation=None)
    assert len({it.course_id for it in done}) == len(done)
    first: dict[UUID, Use] = {}
    for wish in wishes:
        if not wish.is_passed:
            first.setdefault(wish.course_id, wish)
    assert done == list(first.values()), "nothing else is refused"


@given(wishes=st.lists(uses, max_size=20))
def test_where_every_limit_is_waived_everything_passes(wishes: list[Use]) -> None:
    waived = [limit(code, is_waived=True) for code in LimitCode]
    assert use_all(wishes, waived, graduation=None) == wishes


def test_each_refusal_names_limit_version_document_and_figures() -> None:
    use = Use(CERTIFICATES[0], COURSES[0], 801)
    with pytest.raises(LimitExceeded) as above:
        rules.check_use(use, [], LIMITS, graduation_credit_hundredths=GRADUATION)
    assert above.value.figures == {
        "credits": "8.01",
        "limit": "8.00",
        "limit_code": "per_certificate",
        "limit_version": 2,
        "document_number": "文件2号",
    }
    small = Use(CERTIFICATES[0], COURSES[0], 100)
    with pytest.raises(LimitExceeded) as share:
        rules.check_use(small, [], LIMITS, graduation_credit_hundredths=199)
    assert (share.value.figures["credits"], share.value.figures["limit"]) == ("1.00", "0.99")
    assert share.value.figures["limit_code"] == "share_of_graduation"
    with pytest.raises(GraduationCreditUnknown) as unknown:
        rules.check_use(small, [], LIMITS, graduation_credit_hundredths=None)
    assert unknown.value.figures["percent"] == SHARE
    with pytest.raises(CourseReplacedTwice) as twice:
        rules.check_use(small, [small], LIMITS, graduation_credit_hundredths=GRADUATION)
    assert (twice.value.figures["limit_code"], twice.value.figures["limit_version"]) == ("replaced_once", 0)
    done = Use(CERTIFICATES[0], COURSES[0], 100, is_passed=True)
    with pytest.raises(CourseAlreadyPassed) as passed:
        rules.check_use(done, [], [limit(LimitCode.NOT_PASSED, version=7)], graduation_credit_hundredths=None)
    assert passed.value.figures["limit_version"] == 7


def test_with_repetition_waived_a_course_still_belongs_to_one_certificate() -> None:
    limits = [limit(LimitCode.REPLACED_ONCE, is_waived=True)]
    first, same, other = (Use(certificate, COURSES[0], 100) for certificate in (*CERTIFICATES[:1] * 2, CERTIFICATES[1]))
    rules.check_use(same, [first], limits, graduation_credit_hundredths=None)
    with pytest.raises(CourseReplacedTwice) as refused:
        rules.check_use(other, [first], limits, graduation_credit_hundredths=None)
    assert refused.value.figures["limit_code"] == "one_certificate_per_course"


def test_a_levels_courses_are_of_its_categories() -> None:
    limits = [
        limit(LimitCode.LEVEL_CATEGORIES, level="1", categories=["foundation"]),
        limit(LimitCode.LEVEL_CATEGORIES, level="3", categories=["foundation", "core"]),
    ]
    courses = [LimitedCourse("K1", "foundation"), LimitedCourse("K2", "core")]
    rules.check_categories("3", courses, limits)
    rules.check_categories("2", courses, limits)
    rules.check_categories("1", courses[:1], limits)
    with pytest.raises(CategoryNotAllowed) as refused:
        rules.check_categories("1", courses, limits)
    assert (refused.value.figures["course_code"], refused.value.figures["allowed"]) == ("K2", "foundation")


def test_a_waived_limit_of_the_level_beats_the_general_one() -> None:
    general = limit(LimitCode.PER_CERTIFICATE, credit_hundredths=100)
    own = limit(LimitCode.PER_CERTIFICATE, certificate_level_id=UUID(int=5), is_waived=True)
    assert rules.limits_that_count([general, own]) == []


def test_every_limit_says_what_it_asks() -> None:
    values: dict[str, Any] = {
        "credit_hundredths": 800,
        "percent": 50,
        "days": 5,
        "level": "1",
        "categories": ["core"],
        "family": "财税",
    }
    said = [rules.say(limit(code, **values)) for code in LimitCode]
    assert all("{" not in text for both in said for text in both)
    assert rules.say(limit(LimitCode.PER_CERTIFICATE, **values)).zh == "每个证书最多转换 8.00 学分。"
    assert "不适用" in rules.say(limit(LimitCode.NOT_PASSED, is_waived=True)).zh


def giving_way(*series: PolicyLimit, starts: date, ends: date | None = None, today: date = TODAY) -> PolicyLimit | None:
    return rules.version_giving_way(series, effective_from=starts, effective_to=ends, today=today)


def test_the_version_in_force_gives_way_from_today_on() -> None:
    earlier = limit(LimitCode.PER_CERTIFICATE, credit_hundredths=800)
    assert giving_way(earlier, starts=TODAY) is earlier
    with pytest.raises(LimitStartsInPast) as past:
        giving_way(earlier, starts=date(2026, 11, 23))
    assert past.value.figures["limit_version"] == 2
    ended = limit(LimitCode.PER_CERTIFICATE, credit_hundredths=800, effective_to=date(2026, 1, 1))
    assert giving_way(ended, starts=date(2026, 1, 1)) is None
    gone = limit(LimitCode.PER_CERTIFICATE, credit_hundredths=800, withdrawn_at=date(2026, 1, 1))
    assert giving_way(gone, starts=date(2020, 1, 1)) is None


def test_a_version_that_starts_that_day_or_later_does_not_give_way() -> None:
    later = limit(LimitCode.PER_CERTIFICATE, credit_hundredths=800, effective_from=date(2027, 9, 1))
    for starts in (date(2027, 9, 1), date(2027, 1, 1)):
        with pytest.raises(LimitOverlaps):
            giving_way(later, starts=starts)
    assert giving_way(later, starts=date(2027, 1, 1), ends=date(2027, 9, 1)) is None


def test_a_limit_is_withdrawn_before_its_first_day() -> None:
    rules.check_limit_withdrawable(limit(LimitCode.NOT_PASSED, effective_from=date(2026, 11, 25)), today=TODAY)
    with pytest.raises(LimitInEffect):
        rules.check_limit_withdrawable(limit(LimitCode.NOT_PASSED, effective_from=TODAY), today=TODAY)


@given(starts=st.lists(st.integers(1, 60), min_size=1, max_size=8), withdrawn=st.integers(0, 7))
def test_withdrawing_leaves_no_day_with_two_versions_and_reopens_the_one_before(
    starts: list[int], withdrawn: int
) -> None:
    series: list[PolicyLimit] = []
    for number, day in enumerate(starts):
        first = date.fromordinal(TODAY.toordinal() + day)
        try:
            earlier = giving_way(*series, starts=first)
        except AppError:
            continue
        if earlier is not None:
            earlier.effective_to = first
        series.append(
            limit(LimitCode.NOTICE_DAYS, id=UUID(int=number), version=number + 1, days=5, effective_from=first)
        )
    gone = series[withdrawn % len(series)]
    gone.withdrawn_at = datetime(2026, 1, 1, tzinfo=UTC)
    prolonged = rules.version_to_prolong(series, gone)
    if prolonged is not None:
        prolonged[0].effective_to = prolonged[1]
    live = sorted((it for it in series if it is not gone), key=lambda it: it.effective_from)
    for one, following in itertools.pairwise(live):
        assert one.effective_to == following.effective_from, "no day without a version, none with two"
    assert not live or live[-1].effective_to is None
