"""What both parties of a rule agree to, whether it makes sense, its hash, and how two versions differ."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from x_pilot_api.core.languages import Both
from x_pilot_api.mappings.errors import TermsUnfit
from x_pilot_api.mappings.models import Direction

CONTENT_FORMAT = "x-pilot/mapping/1"
"""Names how content is written down before it is hashed; another way of writing takes another name."""

LONGER_FORMAT = "x-pilot/mapping/2"
"""Content that says more than courses: what the first format knows is written as before, so its hashes stay true."""

WHOLE = 100

_PROBLEMS: Mapping[str, Both] = {
    "years_reversed": Both("截止年级早于起始年级", "the last entry year is before the first"),
    "course_named_twice": Both("课程重复", "a course is named twice"),
    "course_without_grade": Both("课程没有成绩，也没有成绩对照表", "a course has no grade, and no table gives one"),
    "least_grade_missing": Both(
        "抵免考核的课程须有最低成绩", "a course that offsets an assessment needs its least grade"
    ),
    "grades_unfit": Both("只有证书转课程的规则有成绩对照表", "only a rule from certificate to course enters grades"),
    "score_named_twice": Both("成绩对照表的分数重复", "the table of grades names a score twice"),
    "offsets_missing": Both("没有说明抵免哪些考核部分", "it does not say which components are offset"),
    "offsets_unfit": Both("证书转课程的规则不抵免考核", "a rule from certificate to course offsets no assessment"),
    "offset_named_twice": Both("同一课程对同一考核部分重复", "a course offsets a component twice"),
    "offset_above_whole": Both(
        "对同一考核部分的抵免合计超过 100%", "the offsets of a component add up to more than 100 %"
    ),
    "unit_named_twice": Both("标准单元重复", "a unit of the standard is named twice"),
    "weights_unfit": Both("标准单元的权重合计不是 100%", "the weights of the units do not add up to 100 %"),
    "coverage_named_twice": Both("同一课程对同一单元重复", "a course covers a unit twice"),
    "coverage_above_whole": Both("对同一单元的覆盖合计超过 100%", "the coverage of a unit adds up to more than 100 %"),
    "course_not_of_rule": Both("引用了规则之外的课程", "a course is referred to that the rule does not have"),
}


@dataclass(frozen=True)
class CourseTerms:
    """What a rule says of one course."""

    course_id: UUID
    credit_hundredths: int
    grade: str | None


@dataclass(frozen=True)
class GradeTerms:
    """From which score of the certificate on which grade is entered."""

    score_from_hundredths: int
    grade: str


@dataclass(frozen=True)
class OffsetTerms:
    """How much of a component one passed course offsets, in percent."""

    component_code: str
    course_id: UUID
    share_percent: int
    counts_as_percent: int | None = None


@dataclass(frozen=True)
class CoverageTerms:
    """How much of a unit one course covers, in percent."""

    course_id: UUID
    percent: int


@dataclass(frozen=True)
class UnitTerms:
    """One unit of the standard: its weight in percent, and the courses that cover it."""

    code: str
    name: str
    weight_percent: int
    covered_by: Sequence[CoverageTerms]


@dataclass(frozen=True)
class Content:
    """Everything both parties agree to."""

    programme_id: UUID
    certificate_level_id: UUID
    direction: str
    entry_year_from: int
    entry_year_to: int
    courses: Sequence[CourseTerms]
    grades: Sequence[GradeTerms] = ()
    scheme_id: UUID | None = None
    offsets: Sequence[OffsetTerms] = ()
    units: Sequence[UnitTerms] = ()


def hash_content(content: Content) -> str:
    """Hash a rule's content, whatever order its parts are named in."""
    written: dict[str, object] = {
        "format": CONTENT_FORMAT,
        "programme_id": str(content.programme_id),
        "certificate_level_id": str(content.certificate_level_id),
        "direction": str(content.direction),
        "entry_year_from": content.entry_year_from,
        "entry_year_to": content.entry_year_to,
        "courses": [
            {"course_id": str(it.course_id), "credit_hundredths": it.credit_hundredths, "grade": it.grade}
            for it in sorted(content.courses, key=lambda course: course.course_id)
        ],
    }
    if content.grades or content.offsets or content.units:
        written |= {"format": LONGER_FORMAT, **_longer(content)}
    canonical = json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _longer(content: Content) -> dict[str, object]:
    return {
        "grades": sorted([it.score_from_hundredths, it.grade] for it in content.grades),
        "scheme_id": str(content.scheme_id) if content.offsets else None,
        "offsets": sorted(_offset(it) for it in content.offsets),
        "units": [
            [
                it.code,
                it.name,
                it.weight_percent,
                sorted([str(cover.course_id), cover.percent] for cover in it.covered_by),
            ]
            for it in sorted(content.units, key=lambda unit: unit.code)
        ],
    }


def _offset(it: OffsetTerms) -> list[str | int]:
    """Write an offset down; one that does not say what it counts as is written as before."""
    counts_as = [] if it.counts_as_percent is None else [it.counts_as_percent]
    return [it.component_code, str(it.course_id), it.share_percent, *counts_as]


def check_content(content: Content) -> None:
    """Refuse content that contradicts itself or does not fit its direction."""
    for problem in _problems(content):
        said = _PROBLEMS[problem]
        raise TermsUnfit(problem=problem, problem_zh=said.zh, problem_en=said.en)


def _problems(content: Content) -> Iterator[str]:
    own = {course.course_id for course in content.courses}
    if content.entry_year_to < content.entry_year_from:
        yield "years_reversed"
    if len(own) < len(content.courses):
        yield "course_named_twice"
    yield from _problems_of_direction(content)
    if _twice(grade.score_from_hundredths for grade in content.grades):
        yield "score_named_twice"
    if _twice((offset.component_code, offset.course_id) for offset in content.offsets):
        yield "offset_named_twice"
    if _above_whole((offset.component_code, offset.share_percent) for offset in content.offsets):
        yield "offset_above_whole"
    yield from _problems_of_units(content.units)
    referred = {offset.course_id for offset in content.offsets}
    referred |= {cover.course_id for unit in content.units for cover in unit.covered_by}
    if referred - own:
        yield "course_not_of_rule"


def _problems_of_direction(content: Content) -> Iterator[str]:
    without_grade = any(course.grade is None for course in content.courses)
    if content.direction == Direction.CERTIFICATE_TO_COURSE:
        if without_grade and not content.grades:
            yield "course_without_grade"
        if content.offsets:
            yield "offsets_unfit"
        return
    if without_grade:
        yield "least_grade_missing"
    if content.grades:
        yield "grades_unfit"
    if not content.offsets:
        yield "offsets_missing"


def _problems_of_units(units: Sequence[UnitTerms]) -> Iterator[str]:
    if _twice(unit.code for unit in units):
        yield "unit_named_twice"
    if units and sum(unit.weight_percent for unit in units) != WHOLE:
        yield "weights_unfit"
    if any(_twice(cover.course_id for cover in unit.covered_by) for unit in units):
        yield "coverage_named_twice"
    if any(sum(cover.percent for cover in unit.covered_by) > WHOLE for unit in units):
        yield "coverage_above_whole"


def _twice(names: Iterable[object]) -> bool:
    return any(count > 1 for count in Counter(names).values())


def _above_whole(shares: Iterable[tuple[str, int]]) -> bool:
    sums: Counter[str] = Counter()
    for name, share in shares:
        sums[name] += share
    return any(total > WHOLE for total in sums.values())


def coverage_hundredths(units: Sequence[UnitTerms]) -> int | None:
    """Tell how much of the standard the courses cover, in hundredths of a percent; without units nobody knows."""
    if not units:
        return None
    return sum(unit.weight_percent * sum(cover.percent for cover in unit.covered_by) for unit in units)


@dataclass(frozen=True)
class Difference:
    """One thing that two versions say differently; what one of them does not say is null."""

    place: str
    before: str | None
    after: str | None


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """List what two versions say differently, by place."""
    places = sorted(before.keys() | after.keys())
    return [
        Difference(place, before.get(place), after.get(place))
        for place in places
        if before.get(place) != after.get(place)
    ]
