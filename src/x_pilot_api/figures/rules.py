"""The catalogue of figures: their names, units and what exactly is above and below the line.

A definition never changes under its version. One that is to count otherwise gets the next version, and the query of
the former stays for as long as frozen figures name it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from x_pilot_api.core.languages import Both
from x_pilot_api.figures.errors import FigureUnknown
from x_pilot_api.figures.models import FigureSpan, FigureUnit


@dataclass(frozen=True)
class Definition:
    """One version of a figure; without a denominator it is a plain count."""

    code: str
    version: int
    span: FigureSpan
    unit: FigureUnit
    name: Both
    numerator: Both
    denominator: Both | None = None
    not_kept: Both | None = None
    """What of it no table remembers, so that it is as it is when it is asked for, and holds once it is frozen."""


_PILOT_NOT_KEPT = Both(
    "专业是否试点及所属学院不保留历史，按计算时的登记；提交时冻结。",
    "Which programmes are pilot, and whose, has no history: as registered when computed; frozen at submission.",
)
_EXAM_DAY_NOT_KEPT = Both(
    "考试日期与场次改动不保留历史，按计算时的安排；提交时冻结。",
    "Moved exam days and sittings have no history: as arranged when computed; frozen at submission.",
)

_PILOT_STUDENTS = Both("截止时在籍的试点专业学生", "Enrolled students of pilot programmes at the instant")

_DEFINITIONS = (
    Definition(
        "account_opening_rate",
        1,
        FigureSpan.STANDING,
        FigureUnit.STUDENTS,
        Both("开户率", "Account-opening rate"),
        Both("其中截止时学分账户未注销者", "Those of them with an open credit account at the instant"),
        _PILOT_STUDENTS,
        _PILOT_NOT_KEPT,
    ),
    Definition(
        "registrations_accepted",
        1,
        FigureSpan.PERIOD,
        FigureUnit.REGISTRATIONS,
        Both("报名受理数", "Registrations accepted"),
        Both(
            "期间内受理、截止时未退出的报名",
            "Registrations accepted in the period and not withdrawn or refused by the instant",
        ),
    ),
    Definition(
        "attendance_rate",
        1,
        FigureSpan.PERIOD,
        FigureUnit.REGISTRATIONS,
        Both("参考率", "Attendance rate"),
        Both("其中截止时有效成绩为“到考”者", "Those whose result in effect at the instant says that they attended"),
        Both(
            "考试日期在期间内、截止前受理且未退出、计划未取消的报名",
            "Accepted registrations, of plans not cancelled, whose exam day is in the period",
        ),
        _EXAM_DAY_NOT_KEPT,
    ),
    Definition(
        "pass_rate",
        1,
        FigureSpan.PERIOD,
        FigureUnit.REGISTRATIONS,
        Both("通过率", "Pass rate"),
        Both("其中截止时有效成绩为通过者", "Those whose result in effect at the instant is a pass"),
        Both(
            "考试日期在期间内、截止时有效成绩为“到考”的报名",
            "Registrations whose exam day is in the period and whose result in effect says that they attended",
        ),
        _EXAM_DAY_NOT_KEPT,
    ),
    Definition(
        "attainment_rate",
        1,
        FigureSpan.STANDING,
        FigureUnit.STUDENTS,
        Both("取证率", "Attainment rate"),
        Both("其中截止时至少持有一张有效证书者", "Those of them with at least one valid certificate at the instant"),
        _PILOT_STUDENTS,
        _PILOT_NOT_KEPT,
    ),
    Definition(
        "awards_issued",
        1,
        FigureSpan.PERIOD,
        FigureUnit.AWARDS,
        Both("发证数", "Certificates issued"),
        Both("期间内登记、截止时有效的证书", "Certificates recorded in the period and valid at the instant"),
    ),
    Definition(
        "credits_recognised",
        1,
        FigureSpan.PERIOD,
        FigureUnit.CREDIT_HUNDREDTHS,
        Both("认定学分", "Credits recognised"),
        Both(
            "期间内入账、截止时未冲销的认定学分",
            "Credits posted to students' accounts in the period and not reversed by the instant",
        ),
    ),
    Definition(
        "credits_converted",
        1,
        FigureSpan.PERIOD,
        FigureUnit.CREDIT_HUNDREDTHS,
        Both("转换学分", "Credits converted"),
        Both(
            "期间内批准、截止时未撤回的转换学分",
            "Credits of conversions granted in the period and not unwound by the instant",
        ),
    ),
    Definition(
        "guarantee_use_rate",
        1,
        FigureSpan.STANDING,
        FigureUnit.ATTEMPTS,
        Both("保障考试使用率", "Guaranteed attempts used"),
        Both("其中截止时已使用者", "Those of them used by the instant"),
        Both(
            "截止时已预留、已使用或已失效的保障机会",
            "Guaranteed attempts that are reserved, used or forfeited at the instant",
        ),
        _PILOT_NOT_KEPT,
    ),
    Definition(
        "certificates_admitted",
        1,
        FigureSpan.STANDING,
        FigureUnit.CERTIFICATES,
        Both("准入证书数", "Certificates admitted"),
        Both("截止时已准入、未退出的证书", "Certificates admitted and not exited at the instant"),
    ),
    Definition(
        "mappings_published",
        1,
        FigureSpan.STANDING,
        FigureUnit.MAPPINGS,
        Both("已发布转换规则数", "Conversion rules published"),
        Both("截止时已发布、未期满、未撤回的规则", "Rules published, not run out and not withdrawn at the instant"),
        None,
        _PILOT_NOT_KEPT,
    ),
    Definition(
        "feedback_closed_rate",
        1,
        FigureSpan.STANDING,
        FigureUnit.FEEDBACK,
        Both("质量反馈办结率", "Quality feedback closed"),
        Both("其中截止时已办结者", "Those closed by the instant"),
        Both(
            "截止时学院提出的质量反馈（学校层面的不计入学院）",
            "Quality feedback of colleges opened by the instant; the institution's own counts for no college",
        ),
    ),
)

CATALOGUE = {(each.code, each.version): each for each in _DEFINITIONS}
CURRENT = {each.code: each for each in _DEFINITIONS}
"""The newest version of each figure, in the order in which they are shown."""


def check_known(codes: Iterable[str]) -> None:
    """Refuse codes that name no figure."""
    unknown = sorted(set(codes) - CURRENT.keys())
    if unknown:
        raise FigureUnknown(codes=", ".join(unknown))


def definition_of(code: str, version: int | None = None) -> Definition:
    """Give one version of a figure, the newest unless another is named."""
    found = CURRENT.get(code) if version is None else CATALOGUE.get((code, version))
    if found is None:
        raise FigureUnknown(codes=code if version is None else f"{code}/{version}")
    return found
