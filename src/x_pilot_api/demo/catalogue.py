"""The demonstration's certificates: the public catalogue, which of them are piloted, their exam plans and fees."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final, Literal, TypeAlias

Combination: TypeAlias = Literal["weighted_sum", "every_component"]
ExamForm: TypeAlias = Literal["paper", "computer", "ordinary_practical", "special_practical"]

DEMONSTRATION_VALUE: Final = "演示数值，非公开标准"
ROWS_EXPECTED: Final = 78
LEVEL_WHEN_UNKNOWN: Final = "2"
PILOT_YEAR: Final = 2026
MAIN_PLAN: Final = "DEMO-2026-ZNCS-2"
OTHER_PLAN: Final = "DEMO-2026-WLGL-2"
EXITED_PLAN: Final = "DEMO-2026-WDYY-2"
_COLUMNS = ["batch", "certificate_name", "evaluation_organisation", "levels", "basis"]
_FULL_MARK = 10_000


class CatalogueDamagedError(ValueError):
    """The packaged catalogue does not hold what the demonstration was written for."""

    def __init__(self, reason: str) -> None:
        """Say what is wrong with the file."""
        super().__init__(f"certificate_catalogue.csv: {reason}")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One certificate of the public catalogue with its evaluation organisation and levels."""

    batch: str | None
    name: str
    organisation: str
    levels: tuple[str, ...]
    basis: str
    levels_known: bool


@dataclass(frozen=True, slots=True)
class AssessmentComponent:
    """One part of an assessment; its marks are in hundredths of a mark."""

    code: str
    name: str
    weight_percent: int
    full_mark: int
    pass_mark: int | None


@dataclass(frozen=True, slots=True)
class AssessmentScheme:
    """How a level is assessed and passed; the total pass mark is in hundredths and absent when no total decides."""

    components: tuple[AssessmentComponent, ...]
    combination: Combination
    total_pass_mark: int | None
    exam_form: ExamForm
    basis: str


@dataclass(frozen=True, slots=True)
class PilotCertificate:
    """One certificate level that colleges of the institution admitted, with the year's quota."""

    certificate_name: str
    organisation: str
    level: str
    college_codes: tuple[str, ...]
    pilot_year: int
    quota: int
    scheme: AssessmentScheme


@dataclass(frozen=True, slots=True)
class FeeCeiling:
    """The most that an exam of one form may cost, in fen."""

    exam_form: ExamForm
    amount_fen: int
    document_number: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class FeeStandard:
    """What the exam of one certificate level costs in one province, in fen."""

    certificate_name: str
    level: str
    exam_form: ExamForm
    province: str
    fee_fen: int
    document_number: str
    effective_from: date


@dataclass(frozen=True, slots=True)
class CertificateExit:
    """A college's decision that a certificate level leaves its pilot on a date."""

    certificate_name: str
    level: str
    college_code: str
    exited_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """One exam plan of an evaluation organisation at the institution."""

    code: str
    name: str
    organisation: str
    certificate_name: str
    levels: tuple[str, ...]
    registration_opens_on: date
    registration_closes_on: date
    exam_on: date


@cache
def read_catalogue() -> tuple[CatalogueEntry, ...]:
    """Read the public catalogue that is packaged with the demonstration."""
    text = (resources.files("x_pilot_api.demo") / "data" / "certificate_catalogue.csv").read_text(encoding="utf-8")
    header, *lines = csv.reader(text.splitlines())
    if header != _COLUMNS:
        reason = f"the columns are {header}"
        raise CatalogueDamagedError(reason)
    entries = tuple(_read_entry(line) for line in lines)
    if len(entries) != ROWS_EXPECTED:
        reason = f"{len(entries)} rows instead of {ROWS_EXPECTED}"
        raise CatalogueDamagedError(reason)
    if len({entry.name for entry in entries}) != len(entries):
        reason = "a certificate is named twice"
        raise CatalogueDamagedError(reason)
    return entries


def _read_entry(line: list[str]) -> CatalogueEntry:
    batch, name, organisation, levels, basis = line
    if not name or not organisation or not set(levels) <= set("123"):
        reason = f"the row {line} is not complete"
        raise CatalogueDamagedError(reason)
    return CatalogueEntry(
        batch=batch or None,
        name=name,
        organisation=organisation,
        levels=tuple(levels or LEVEL_WHEN_UNKNOWN),
        basis=basis,
        levels_known=bool(levels),
    )


def _weighted(
    theory: int,
    practical: int,
    total_pass_mark: int,
    *,
    pass_mark: int | None = None,
    exam_form: ExamForm = "computer",
) -> AssessmentScheme:
    return AssessmentScheme(
        components=(
            AssessmentComponent("theory", "理论考试", theory, _FULL_MARK, pass_mark),
            AssessmentComponent("practical", "实操考试", practical, _FULL_MARK, pass_mark),
        ),
        combination="weighted_sum",
        total_pass_mark=total_pass_mark,
        exam_form=exam_form,
        basis=DEMONSTRATION_VALUE,
    )


def _every(theory: int, practical: int, pass_mark: int, exam_form: ExamForm) -> AssessmentScheme:
    return AssessmentScheme(
        components=(
            AssessmentComponent("theory", "理论考试", theory, _FULL_MARK, pass_mark),
            AssessmentComponent("practical", "实操考试", practical, _FULL_MARK, pass_mark),
        ),
        combination="every_component",
        total_pass_mark=None,
        exam_form=exam_form,
        basis=DEMONSTRATION_VALUE,
    )


def _single(total_pass_mark: int) -> AssessmentScheme:
    return AssessmentScheme(
        components=(AssessmentComponent("comprehensive", "综合实务", 100, _FULL_MARK, None),),
        combination="weighted_sum",
        total_pass_mark=total_pass_mark,
        exam_form="computer",
        basis=DEMONSTRATION_VALUE,
    )


def pilot_certificates() -> tuple[PilotCertificate, ...]:
    """Name the certificate levels that the institution pilots, and how each is assessed."""
    organisation_of = {entry.name: entry.organisation for entry in read_catalogue()}
    # Pass rules of these shapes are in use; which organisation uses which is not public, hence the label in `basis`.
    chosen: tuple[tuple[str, str, tuple[str, ...], int, AssessmentScheme], ...] = (
        ("智能财税", "1", ("01", "02"), 300, _weighted(40, 60, 6000)),
        ("智能财税", "2", ("01", "02"), 1100, _weighted(40, 60, 6000)),
        ("智能财税", "3", ("01",), 100, _weighted(40, 60, 6000, pass_mark=6000)),
        ("业财一体信息化应用", "2", ("01",), 120, _single(6000)),
        ("金税财务应用", "2", ("02",), 100, _weighted(30, 70, 8000)),
        ("数字化管理会计", "2", ("01",), 150, _every(50, 50, 6000, "paper")),
        ("物流管理", "2", ("03",), 80, _every(40, 60, 6000, "ordinary_practical")),
        ("电子商务数据分析", "2", ("03",), 80, _weighted(50, 50, 6000)),
        ("网店运营推广", "2", ("03",), 60, _weighted(30, 70, 6000)),
        ("数字营销技术应用", "2", ("04",), 60, _weighted(20, 80, 6000)),
        ("Python程序开发", "2", ("05",), 90, _weighted(30, 70, 6000)),
        ("数字影像处理", "1", ("06",), 50, _weighted(40, 60, 6000, exam_form="special_practical")),
    )
    return tuple(
        PilotCertificate(name, organisation_of[name], level, colleges, PILOT_YEAR, quota, scheme)
        for name, level, colleges, quota, scheme in chosen
    )


def exam_plans() -> tuple[ExamPlan, ...]:
    """Announce the main plan, a plan of another organisation, and one of a certificate that is exited meanwhile."""
    organisation_of = {entry.name: entry.organisation for entry in read_catalogue()}
    announced = (
        (MAIN_PLAN, "智能财税", date(2026, 4, 1), date(2026, 5, 10), date(2026, 6, 20)),
        (OTHER_PLAN, "物流管理", date(2026, 4, 6), date(2026, 5, 8), date(2026, 6, 13)),
        (EXITED_PLAN, "网店运营推广", date(2026, 3, 1), date(2026, 4, 10), date(2026, 5, 16)),
    )
    return tuple(
        ExamPlan(
            code=code,
            name=f"2026年上半年{name}（中级）考核（演示）",
            organisation=organisation_of[name],
            certificate_name=name,
            levels=("2",),
            registration_opens_on=opens_on,
            registration_closes_on=closes_on,
            exam_on=exam_on,
        )
        for code, name, opens_on, closes_on, exam_on in announced
    )


def certificate_exits() -> tuple[CertificateExit, ...]:
    """Name the certificate that a college gives up while its exam plan is open for registration."""
    return (CertificateExit("网店运营推广", "2", "03", date(2026, 3, 20), "论证后退出：用人企业认可度下降（演示）"),)


def fee_ceilings() -> tuple[FeeCeiling, ...]:
    """Give each exam form a ceiling, every one of them a demonstration value."""
    amounts: tuple[tuple[ExamForm, int], ...] = (
        ("paper", 20_000),
        ("computer", 30_000),
        ("ordinary_practical", 40_000),
        ("special_practical", 60_000),
    )
    number = f"演示文号〔2025〕1号（{DEMONSTRATION_VALUE}）"
    return tuple(FeeCeiling(form, amount, number, date(2025, 9, 1)) for form, amount in amounts)


def fee_standards(province: str) -> tuple[FeeStandard, ...]:
    """Set the fees of the certificates that have exam plans, every one of them a demonstration value."""
    # The fees do not rise with the level on purpose: nothing says that they must.
    fees = {
        ("智能财税", "1"): 26_000,
        ("智能财税", "2"): 26_000,
        ("智能财税", "3"): 24_000,
        ("物流管理", "2"): 35_000,
        ("网店运营推广", "2"): 22_000,
    }
    form_of: dict[tuple[str, str], ExamForm] = {
        (pilot.certificate_name, pilot.level): pilot.scheme.exam_form for pilot in pilot_certificates()
    }
    number = f"演示文号〔2025〕2号（{DEMONSTRATION_VALUE}）"
    return tuple(
        FeeStandard(name, level, form_of[name, level], province, fee_fen, number, date(2025, 9, 1))
        for (name, level), fee_fen in fees.items()
    )
