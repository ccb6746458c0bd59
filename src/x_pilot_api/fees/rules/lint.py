"""Checking a cost sheet line by line against the published rules, its ceiling, and last year's sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both
from x_pilot_api.fees import errors
from x_pilot_api.fees.models import CostElement, CostPayer
from x_pilot_api.fees.rules.costs import CostLine, cash_by_element, cash_of, changed_beyond, line_amount, round_fen

SPREAD_LEAST = 50_000
"""Candidates a year that the cost of a question bank is spread over at the least."""

TOTAL = "total"


class Severity(StrEnum):
    """Whether a sheet cannot be submitted with it, or somebody should look at it."""

    BREACH = "breach"
    WARNING = "warning"


_ANNOUNCEMENT = "教职所〔2020〕22号"
CLAUSE_SETTING = Both(
    f"{_ANNOUNCEMENT}：机器阅卷的客观题试卷，命题成本为零",
    f"{_ANNOUNCEMENT}: machine-marked objective papers have zero setting cost",
)
CLAUSE_PRINTING = Both(f"{_ANNOUNCEMENT}：机考印刷成本为零", f"{_ANNOUNCEMENT}: computer exams have zero printing cost")
CLAUSE_SPREAD = Both(
    f"{_ANNOUNCEMENT}：题库成本按每年不少于 5 万人分摊",
    f"{_ANNOUNCEMENT}: a question bank is spread over at least 50,000 candidates a year",
)
CLAUSE_CEILING = Both(
    f"{_ANNOUNCEMENT}：费用标准在相应上限范围之下", f"{_ANNOUNCEMENT}: fees stay under the ceiling that applies"
)
CLAUSE_RESOURCES = Both(
    "试点工作通知第 15 条：统筹用好学校场地、设备、耗材、人员等资源",
    "Notice on the pilot, item 15: use the institution's venues, equipment, consumables and staff",
)
CLAUSE_RIGHTS = Both(
    "试点工作通知第 16 条：保障学生至少参加一次考证",
    "Notice on the pilot, item 16: every student of a pilot programme is guaranteed one attempt",
)


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The ceiling a sheet is measured against."""

    amount_fen: int
    document_number: str


@dataclass(frozen=True, slots=True)
class ChangeLimit:
    """From how many per cent of change on one is warned, and by which document."""

    percent: int
    document_number: str


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A sheet as the rules read it, with what it is compared with."""

    exam_form: str
    level: str
    machine_marked: bool
    candidates: int
    lines: Sequence[CostLine]
    ceiling: Ceiling | None = None
    last_year: Mapping[str, Fraction] | None = None
    """Last year's cash by element; null where there was no accepted sheet."""
    limit: ChangeLimit | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: what, how grave, about which line (null: the sheet), its figures, and the clause."""

    item: ItemCode
    severity: Severity
    clause: Both
    position: int | None = None
    figures: Mapping[str, object] = field(default_factory=dict[str, object])


def lint(sheet: SheetFacts) -> list[Finding]:
    """Check a sheet: its lines in their order, then the whole."""
    found = [finding for line in sheet.lines for finding in _of_line(sheet, line)]
    return [*found, *_against_ceiling(sheet), *_against_last_year(sheet)]


def _of_line(sheet: SheetFacts, line: CostLine) -> list[Finding]:
    amount = line_amount(line)
    if not amount:
        return []
    figures = {"amount_fen": round_fen(amount)}
    found: list[Finding] = []
    if line.element == CostElement.PAPER_SETTING and sheet.machine_marked:
        found.append(_breach(errors.SETTING_COST_NOT_ZERO, CLAUSE_SETTING, line, figures))
    if line.element == CostElement.PRINTING and sheet.exam_form == ExamForm.COMPUTER:
        found.append(_breach(errors.PRINTING_COST_NOT_ZERO, CLAUSE_PRINTING, line, figures))
    spread_over = line.spread_over or sheet.candidates
    if line.element == CostElement.QUESTION_BANK and spread_over < SPREAD_LEAST:
        thin = {"least": SPREAD_LEAST, "spread_over": spread_over}
        found.append(_breach(errors.QUESTION_BANK_SPREAD_THIN, CLAUSE_SPREAD, line, thin))
    if line.element == CostElement.VENUE and line.in_kind is None:
        found.append(_warning(errors.RESOURCES_PAID_FOR, CLAUSE_RESOURCES, line.position, figures))
    if line.payer == CostPayer.STUDENT:
        found.append(_warning(errors.BORNE_BY_STUDENTS, CLAUSE_RIGHTS, line.position, figures))
    return found


def _breach(item: ItemCode, clause: Both, line: CostLine, figures: Mapping[str, object]) -> Finding:
    return Finding(item, Severity.BREACH, clause, line.position, figures)


def _warning(item: ItemCode, clause: Both, position: int | None, figures: Mapping[str, object]) -> Finding:
    return Finding(item, Severity.WARNING, clause, position, figures)


def _against_ceiling(sheet: SheetFacts) -> list[Finding]:
    if sheet.ceiling is None:
        missing = {"exam_form": sheet.exam_form, "level": sheet.level}
        return [_warning(errors.NO_CEILING, CLAUSE_CEILING, None, missing)]
    cash = cash_of(sheet.lines, candidates=sheet.candidates)
    if cash <= sheet.ceiling.amount_fen:
        return []
    figures = {
        "cash_fen": round_fen(cash),
        "ceiling_fen": sheet.ceiling.amount_fen,
        "document_number": sheet.ceiling.document_number,
    }
    return [_warning(errors.COST_ABOVE_CEILING, CLAUSE_CEILING, None, figures)]


def _against_last_year(sheet: SheetFacts) -> list[Finding]:
    """Warn of elements that changed by more than what was loaded says; without that of none."""
    if sheet.last_year is None or sheet.limit is None:
        return []
    document = sheet.limit.document_number
    clause = Both(f"{document}：与上年相比的变动幅度", f"{document}: change against the year before")
    return [
        _warning(
            errors.COST_CHANGED_MUCH,
            clause,
            None,
            {
                "element": element,
                "last_fen": round_fen(was),
                "now_fen": round_fen(now),
                "percent": sheet.limit.percent,
                "document_number": document,
            },
        )
        for element, was, now in changes_of(sheet)
        if changed_beyond(was, now, percent=sheet.limit.percent)
    ]


def changes_of(sheet: SheetFacts) -> list[tuple[str, Fraction, Fraction]]:
    """Set each element, and the total, beside last year's: what a candidate costs then and now."""
    if sheet.last_year is None:
        return []
    now = cash_by_element(sheet.lines, candidates=sheet.candidates)
    elements = [
        (str(element), sheet.last_year.get(element, Fraction(0)), now.get(element, Fraction(0)))
        for element in CostElement
        if element in sheet.last_year or element in now
    ]
    total = (TOTAL, sum(sheet.last_year.values(), Fraction(0)), sum(now.values(), Fraction(0)))
    return [*elements, total]
