"""The demonstration institution as plain facts: who studies what, which certificates are piloted, who registered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final, Literal, TypeAlias, TypeVar

from x_pilot_api.demo import catalogue, names

CourseCategory: TypeAlias = Literal["foundation", "core", "elective"]
ScopeKind: TypeAlias = Literal["platform", "institution", "college", "student", "organisation"]
_T = TypeVar("_T")

SEED: Final = 20260622
ENTRY_YEARS: Final = (2023, 2024, 2025)
REGISTERED_FOR_MAIN_PLAN: Final = 987
_REGISTERED_FOR_OTHER_PLAN = 60
_CONFIRMED_BEFORE_EXIT = 24
_CONFIRMED_AFTER_EXIT = 16
_PERCENT_WITHOUT_ACCOUNT = 3
_CLASS_SIZE = 40
_HOURS_PER_CREDIT = 16
_GRADE_ENTERED = {"1": "80", "2": "85", "3": "90"}


@dataclass(frozen=True, slots=True)
class Institution:
    """The institution itself; its code is well formed but made up, as `code_basis` says."""

    code: str
    code_basis: str
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class College:
    """One secondary college."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme of a college."""

    code: str
    name: str
    college_code: str
    is_pilot: bool
    is_showcase: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One course of a programme."""

    code: str
    programme_code: str
    name: str
    credit_hundredths: int
    hours: int
    category: CourseCategory
    is_compulsory: bool


@dataclass(frozen=True, slots=True)
class Student:
    """One made-up student; `opens_account` is false for the few whose credit account is not open yet."""

    student_number: str
    name: str
    identity_number: str = field(repr=False)
    programme_code: str
    class_name: str
    entry_year: int
    opens_account: bool


@dataclass(frozen=True, slots=True)
class MappingCredit:
    """What a certificate stands for in one course."""

    course_code: str
    credit_hundredths: int
    grade: str


@dataclass(frozen=True, slots=True)
class MappingRule:
    """One published `certificate_to_course` rule of a programme for a range of entry years, both ends included."""

    programme_code: str
    first_entry_year: int
    last_entry_year: int
    certificate_name: str
    level: str
    credits: tuple[MappingCredit, ...]
    version: int
    filing_number: str
    filed_on: date
    effective_from: date
    effective_until: date | None

    @property
    def credit_hundredths(self) -> int:
        """Add up what the certificate stands for in all courses."""
        return sum(credit.credit_hundredths for credit in self.credits)


@dataclass(frozen=True, slots=True)
class Registration:
    """One student's registration for a level of an exam plan."""

    plan_code: str
    student_number: str
    level: str
    confirmed_on: date


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in; the scope names what the role reaches, in words of its kind."""

    username: str
    display_name: str
    role: str
    scope_kind: ScopeKind
    scope_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MachineClient:
    """An evaluation organisation's own system."""

    client_id: str
    organisation: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything the demonstration consists of."""

    institution: Institution
    colleges: tuple[College, ...]
    programmes: tuple[Programme, ...]
    courses: tuple[Course, ...]
    students: tuple[Student, ...]
    catalogue_entries: tuple[catalogue.CatalogueEntry, ...]
    pilot_certificates: tuple[catalogue.PilotCertificate, ...]
    mapping_rules: tuple[MappingRule, ...]
    certificate_exits: tuple[catalogue.CertificateExit, ...]
    plans: tuple[catalogue.ExamPlan, ...]
    registrations: tuple[Registration, ...]
    fee_ceilings: tuple[catalogue.FeeCeiling, ...]
    fee_standards: tuple[catalogue.FeeStandard, ...]
    people: tuple[Person, ...]
    machine_clients: tuple[MachineClient, ...]


# Elementary levels stand for foundation courses, intermediate ones for core courses, advanced ones for both. Missing
# on purpose for the main plan: 530304, 530202 and 530205 have no rule, and 530303 has none for the entry year 2023.
_RULES: tuple[tuple[str, int, str, str, tuple[str, ...]], ...] = (
    ("530302", 2023, "智能财税", "1", ("会计基础", "经济法基础")),
    ("530302", 2023, "智能财税", "2", ("智能财税实务", "成本核算与管理")),
    ("530302", 2023, "智能财税", "3", ("会计基础", "智能财税实务")),
    ("530302", 2023, "数字化管理会计", "2", ("管理会计实务",)),
    ("530301", 2023, "智能财税", "2", ("业财税融合实务", "企业纳税实务")),
    ("530303", 2024, "智能财税", "2", ("税务审计与筹划",)),
    ("530304", 2023, "业财一体信息化应用", "2", ("财务软件应用", "业财一体化设计")),
    ("530201", 2023, "智能财税", "2", ("企业财税服务",)),
    ("530101", 2023, "智能财税", "2", ("智能纳税申报", "财税大数据分析")),
    ("530101", 2023, "金税财务应用", "2", ("税务稽查与风险",)),
    ("530802", 2023, "物流管理", "2", ("智慧仓储运营", "运输与配送管理")),
    ("530701", 2023, "电子商务数据分析", "2", ("电子商务数据分析",)),
    ("530701", 2023, "网店运营推广", "2", ("网店运营", "网店推广")),
    ("530605", 2024, "数字营销技术应用", "2", ("数字营销实务",)),
    ("510203", 2023, "Python程序开发", "2", ("Python程序开发", "软件测试")),
    ("550103", 2023, "数字影像处理", "1", ("数字影像基础", "摄影基础")),
)


@cache
def build_dataset() -> Dataset:
    """Make the demonstration up, the same one every time."""
    rng = Random(SEED)
    province = "江苏省"
    colleges = tuple(College(f"{place:02d}", name) for place, name in enumerate(names.COLLEGES, start=1))
    courses = _courses()
    students = _students(rng)
    plans = catalogue.exam_plans()
    certificate_exits = catalogue.certificate_exits()
    registrations = _registrations(rng, students, plans, certificate_exits[0].exited_on)
    zhonglian = plans[0].organisation
    return Dataset(
        institution=Institution("4132099999", catalogue.DEMONSTRATION_VALUE, "江苏财经职业技术学院", province),
        colleges=colleges,
        programmes=_programmes(colleges),
        courses=courses,
        students=students,
        catalogue_entries=catalogue.read_catalogue(),
        pilot_certificates=catalogue.pilot_certificates(),
        mapping_rules=_mapping_rules(courses),
        certificate_exits=certificate_exits,
        plans=plans,
        registrations=registrations,
        fee_ceilings=catalogue.fee_ceilings(),
        fee_standards=catalogue.fee_standards(province),
        people=_people(students, registrations, province, zhonglian),
        machine_clients=(
            MachineClient(
                "test_zhonglian",
                zhonglian,
                ("plans:read", "candidates:read", "results:write", "events:read", "certificates:read"),
            ),
        ),
    )


def find_rule(dataset: Dataset, student: Student, certificate_name: str, level: str) -> MappingRule | None:
    """Find the rule that fits a student's programme and entry year for a certificate level, if one is published."""
    for rule in dataset.mapping_rules:
        if (
            (rule.programme_code, rule.certificate_name, rule.level)
            == (student.programme_code, certificate_name, level)
        ) and rule.first_entry_year <= student.entry_year <= rule.last_entry_year:
            return rule
    return None


def draw_sample(rng: Random, items: Sequence[_T], size: int) -> tuple[_T, ...]:
    """Draw different items in random order."""
    pool = list(items)
    for place in range(size):
        other = place + names.below(rng, len(pool) - place)
        pool[place], pool[other] = pool[other], pool[place]
    return tuple(pool[:size])


def _programmes(colleges: Iterable[College]) -> tuple[Programme, ...]:
    code_of = {college.name: college.code for college in colleges}
    return tuple(
        Programme(wording.code, wording.name, code_of[wording.college], wording.is_pilot, wording.is_showcase)
        for wording in names.PROGRAMMES
    )


def _courses() -> tuple[Course, ...]:
    courses: list[Course] = []
    for wording in names.PROGRAMMES:
        groups: tuple[tuple[CourseCategory, str], ...] = (
            ("foundation", wording.foundation),
            ("core", wording.core),
            ("elective", wording.elective),
        )
        listed: list[tuple[CourseCategory, str]] = [
            (category, course) for category, group in groups for course in group.split("|")
        ]
        for serial, (category, course) in enumerate(listed, start=1):
            name, credit = course.split(" ")
            hundredths = int(credit.replace(".", ""))
            hours = hundredths * _HOURS_PER_CREDIT // 100
            code = f"{wording.code}{serial:02d}"
            courses.append(Course(code, wording.code, name, hundredths, hours, category, category != "elective"))
    return tuple(courses)


def _students(rng: Random) -> tuple[Student, ...]:
    taken: set[str] = set()
    return tuple(
        _student(rng, wording, entry_year, serial, taken)
        for wording in names.PROGRAMMES
        for entry_year, size in zip(ENTRY_YEARS, wording.cohort_sizes, strict=True)
        for serial in range(1, size + 1)
    )


def _student(rng: Random, wording: names.ProgrammeWording, entry_year: int, serial: int, taken: set[str]) -> Student:
    born_on = names.birth_date(rng, entry_year)
    number = names.identity_number(rng, born_on)
    while number in taken:
        number = names.identity_number(rng, born_on)
    taken.add(number)
    return Student(
        student_number=f"{entry_year}{wording.code}{serial:03d}",
        name=names.person_name(rng),
        identity_number=number,
        programme_code=wording.code,
        class_name=f"{wording.class_prefix}{entry_year % 100}{1 + (serial - 1) // _CLASS_SIZE:02d}",
        entry_year=entry_year,
        # Accounts are opened for the students of pilot programmes only.
        opens_account=wording.is_pilot and names.below(rng, 100) >= _PERCENT_WITHOUT_ACCOUNT,
    )


def _mapping_rules(courses: Iterable[Course]) -> tuple[MappingRule, ...]:
    named = {(course.programme_code, course.name): course for course in courses}
    rules: list[MappingRule] = []
    for serial, (programme_code, first_year, certificate, level, course_names) in enumerate(_RULES, start=1):
        replaced = [named[programme_code, name] for name in course_names]
        rule = MappingRule(
            programme_code=programme_code,
            first_entry_year=first_year,
            last_entry_year=ENTRY_YEARS[-1],
            certificate_name=certificate,
            level=level,
            credits=tuple(MappingCredit(it.code, it.credit_hundredths, _GRADE_ENTERED[level]) for it in replaced),
            version=1,
            filing_number=f"演示备案〔2025〕{serial:02d}号",
            filed_on=date(2025, 9, 10),
            effective_from=date(2025, 10, 1),
            effective_until=None,
        )
        rules.append(rule)
    return tuple(rules)


def _registrations(
    rng: Random, students: Sequence[Student], plans: Sequence[catalogue.ExamPlan], exited_on: date
) -> tuple[Registration, ...]:
    main, other, exited = plans
    finance = {wording.code for wording in names.PROGRAMMES if wording.college in names.COLLEGES[:2]}

    def register(plan: catalogue.ExamPlan, chosen: Iterable[Student], first: date, after: date) -> list[Registration]:
        return [
            Registration(
                plan.code,
                student.student_number,
                plan.levels[0],
                first + timedelta(days=names.below(rng, (after - first).days)),
            )
            for student in sorted(chosen, key=lambda student: student.student_number)
        ]

    def draw(fits: Callable[[Student], bool], size: int) -> tuple[Student, ...]:
        return draw_sample(rng, [student for student in students if fits(student)], size)

    accountants = draw(lambda student: student.programme_code in finance, REGISTERED_FOR_MAIN_PLAN)
    shippers = draw(lambda student: student.programme_code == "530802", _REGISTERED_FOR_OTHER_PLAN)
    sellers = draw(lambda student: student.programme_code == "530701", _CONFIRMED_BEFORE_EXIT + _CONFIRMED_AFTER_EXIT)
    day = timedelta(days=1)
    return (
        *register(main, accountants, main.registration_opens_on, main.registration_closes_on + day),
        *register(other, shippers, other.registration_opens_on, other.registration_closes_on + day),
        *register(exited, sellers[:_CONFIRMED_BEFORE_EXIT], exited.registration_opens_on, exited_on),
        *register(exited, sellers[_CONFIRMED_BEFORE_EXIT:], exited_on, exited.registration_closes_on + day),
    )


def _people(
    students: Iterable[Student], registrations: Iterable[Registration], province: str, organisation: str
) -> tuple[Person, ...]:
    numbers = {it.student_number for it in registrations if it.plan_code == catalogue.MAIN_PLAN}
    registered = [student for student in students if student.student_number in numbers]
    with_rule, without_rule = (
        next(it for it in registered if it.programme_code == code and it.opens_account) for code in ("530302", "530202")
    )
    institution = "江苏财经职业技术学院"
    return (
        Person("demo.operator", "周平台（演示）", "operator", "platform", ()),
        Person("demo.registrar", "陈教务（演示）", "registrar", "institution", (institution,)),
        Person("demo.finance", "严财务（演示）", "finance", "institution", (institution,)),
        Person("demo.coordinator.accounting", "李会计（演示）", "coordinator", "college", ("会计学院",)),
        Person("demo.coordinator.trade", "吴经贸（演示）", "coordinator", "college", ("经济贸易学院",)),
        Person("demo.expert.first", "沈专家（演示）", "expert", "institution", (institution,)),
        Person("demo.expert.second", "顾专家（演示）", "expert", "institution", (institution,)),
        Person("demo.teacher", "孙教师（演示）", "teacher", "college", ("会计学院",)),
        Person("demo.student.first", with_rule.name, "student", "student", (with_rule.student_number,)),
        Person("demo.student.second", without_rule.name, "student", "student", (without_rule.student_number,)),
        Person("demo.organisation", "郑评价（演示）", "org_staff", "organisation", (organisation,)),
        Person("demo.organisation.second", "何复核（演示）", "org_staff", "organisation", (organisation,)),
        Person("demo.auditor", f"钱督查（{province}演示）", "auditor", "institution", (institution,)),
    )
