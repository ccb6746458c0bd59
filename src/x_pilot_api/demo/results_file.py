"""The organisation's results file for the main plan: mostly plain rows, and a known number of special ones."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from random import Random
from typing import Final, Literal, TypeAlias, TypedDict

from x_pilot_api.demo import catalogue, dataset, names

Activity: TypeAlias = Literal["present", "absent", "excused", "breach"]
Grading: TypeAlias = Literal["provisional", "final", "corrected", "voided"]
Drawing: TypeAlias = Callable[[], dict[str, int]]

SEED: Final = 620
_STRANGERS = 6
_FROM_OTHER_PLAN = 4
_DUPLICATED = 3
_FLIPPED = 4
# Special rows among the candidates' own: how many of each kind, and what the service should answer.
_KINDS: tuple[tuple[str, int, str], ...] = (
    ("absent", 8, "accepted"),
    ("breach", 2, "accepted"),
    ("provisional", 5, "accepted"),
    ("sent_as_second_revision", 1, "accepted"),
    ("document_of_another_person", 4, "rejected_document_mismatch"),
    ("score_out_of_range", 5, "rejected_score_out_of_range"),
    ("missing_component", 2, "rejected_wrong_component"),
    ("unknown_component", 2, "rejected_wrong_component"),
    ("pass_flag_disagrees", 7, "quarantined"),
)
_OUTCOME_OF = {kind: outcome for kind, _, outcome in _KINDS} | {"ordinary": "accepted"}
_OUT_OF_RANGE = (10_001, 10_500, 12_050, 18_650, 86_500)
_SAFE_PASS = 6500
_SAFE_FAIL = 5400


class ResultRow(TypedDict):
    """One row as the partner API takes it; scores are decimal strings with two places."""

    org_result_id: str
    revision: int
    admission_number: str
    document_number: str
    activity: Activity
    grading: Grading
    components: dict[str, str]
    total: str | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One row with what is special about it, whom it means and what the service should answer."""

    row: ResultRow
    kind: str
    student_number: str | None
    expected_outcome: str


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """One push of results for a plan, with what should come of it."""

    plan_code: str
    lines: tuple[ResultLine, ...]
    effects: Mapping[str, int]

    @property
    def rows(self) -> tuple[ResultRow, ...]:
        """The rows to push, in order."""
        return tuple(line.row for line in self.lines)

    @property
    def expected_outcome(self) -> tuple[str, ...]:
        """The outcome that each row should have, in the order of the rows."""
        return tuple(line.expected_outcome for line in self.lines)

    @property
    def expected(self) -> Mapping[str, int]:
        """How many rows should have each outcome."""
        return Counter(self.expected_outcome)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a row is written from: the facts, the admission numbers, and everybody who may stand in a row."""

    facts: dataset.Dataset
    admission_number_of: Mapping[tuple[str, str], str]
    scheme: catalogue.AssessmentScheme
    students: Mapping[str, dataset.Student]
    registered: tuple[dataset.Student, ...]
    outsiders: tuple[dataset.Student, ...]
    other_plan: tuple[dataset.Student, ...]


def total_of(scheme: catalogue.AssessmentScheme, scores: Mapping[str, int]) -> int:
    """Weigh the component scores together, in hundredths, rounded half up."""
    weighted = sum(scores[component.code] * component.weight_percent for component in scheme.components)
    return (weighted + 50) // 100


def is_passed(scheme: catalogue.AssessmentScheme, scores: Mapping[str, int]) -> bool:
    """Decide by the scheme whether these component scores pass."""
    reached = all(scores[part.code] >= part.pass_mark for part in scheme.components if part.pass_mark is not None)
    if scheme.combination == "every_component" or scheme.total_pass_mark is None:
        return reached
    return reached and total_of(scheme, scores) >= scheme.total_pass_mark


def build_results(facts: dataset.Dataset, admission_number_of: Mapping[tuple[str, str], str]) -> ResultsFile:
    """Write the main plan's results file, given the admission numbers by plan code and student number."""
    rng = Random(SEED)
    desk = _desk(facts, admission_number_of)

    def draw() -> dict[str, int]:
        return _draw_scores(rng, desk.scheme)

    own = _candidate_lines(rng, desk, draw)
    foreign = _foreign_lines(desk, draw, first_serial=len(own) + 1)
    lines = list(dataset.draw_sample(rng, [*own, *foreign], len(own) + len(foreign)))
    _repeat_some(desk, draw, lines)
    return ResultsFile(catalogue.MAIN_PLAN, tuple(lines), _effects(desk.facts, lines))


def second_push(facts: dataset.Dataset, first: ResultsFile) -> ResultsFile:
    """Write the organisation's corrections: changed scores, one row already known and one older than what was sent."""
    scheme = _scheme(facts)
    repeated = {line.row["org_result_id"] for line in first.lines if line.kind == "duplicated_org_result_id"}
    ordinary = [it for it in first.lines if it.kind == "ordinary" and it.row["org_result_id"] not in repeated]
    failed = [line for line in ordinary if not line.row["passed"]]
    passed = [line for line in ordinary if line.row["passed"]]
    superseding = next(line for line in first.lines if line.kind == "sent_as_second_revision")
    lines = [
        *(_corrected(scheme, line, lambda score: max(score, _SAFE_PASS)) for line in failed[:_FLIPPED]),
        *(_corrected(scheme, line, lambda score: min(score, _SAFE_FAIL)) for line in passed[:_FLIPPED]),
        replace(passed[_FLIPPED], kind="unchanged", expected_outcome="unchanged"),
        _older(scheme, superseding),
    ]
    effects = dict(_effects(facts, lines[:_FLIPPED])) | _reversals(facts, lines[_FLIPPED : 2 * _FLIPPED])
    return ResultsFile(first.plan_code, tuple(lines), effects)


def _desk(facts: dataset.Dataset, admission_number_of: Mapping[tuple[str, str], str]) -> _Desk:
    students = {student.student_number: student for student in facts.students}

    def registered_for(plan_code: str) -> tuple[dataset.Student, ...]:
        return tuple(students[it.student_number] for it in facts.registrations if it.plan_code == plan_code)

    registered = registered_for(catalogue.MAIN_PLAN)
    somewhere = {registration.student_number for registration in facts.registrations}
    return _Desk(
        facts=facts,
        admission_number_of=admission_number_of,
        scheme=_scheme(facts),
        students=students,
        registered=registered,
        outsiders=tuple(student for student in facts.students if student.student_number not in somewhere),
        other_plan=registered_for(catalogue.OTHER_PLAN),
    )


def _scheme(facts: dataset.Dataset) -> catalogue.AssessmentScheme:
    plan = next(plan for plan in facts.plans if plan.code == catalogue.MAIN_PLAN)
    wanted = (plan.certificate_name, plan.levels[0])
    return next(it.scheme for it in facts.pilot_certificates if (it.certificate_name, it.level) == wanted)


def _draw_scores(rng: Random, scheme: catalogue.AssessmentScheme) -> dict[str, int]:
    ability = 6760 + _noise(rng, 900)
    return {
        component.code: max(0, min(component.full_mark, ability + _noise(rng, 750))) for component in scheme.components
    }


def _noise(rng: Random, spread: int) -> int:
    # Twelve evenly spread numbers add up to something close to a bell curve, without a logarithm whose last digit could
    # differ between machines.
    return sum(names.below(rng, spread + 1) for _ in range(12)) - 6 * spread


def _text(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _hundredths(text: str) -> int:
    return int(text.replace(".", ""))


def _row(
    scheme: catalogue.AssessmentScheme, serial: int, admission_number: str, document: str, scores: Mapping[str, int]
) -> ResultRow:
    return ResultRow(
        org_result_id=f"ZL26-2-{serial:06d}",
        revision=1,
        admission_number=admission_number,
        document_number=document,
        activity="present",
        grading="final",
        components={code: _text(score) for code, score in scores.items()},
        total=_text(total_of(scheme, scores)),
        passed=is_passed(scheme, scores),
    )


def _candidate_lines(rng: Random, desk: _Desk, draw: Drawing) -> list[ResultLine]:
    special = [kind for kind, how_many, _ in _KINDS for _ in range(how_many)]
    places = dataset.draw_sample(rng, range(len(desk.registered)), len(special))
    kind_at = dict(zip(places, special, strict=True))
    out_of_range = iter(_OUT_OF_RANGE)
    # Half of the foreign documents belong to other candidates of the plan, half to students who are in no plan.
    documents = iter([it.identity_number for it in (*desk.registered[-2:], *desk.outsiders[-2:])])
    lines: list[ResultLine] = []
    for place, student in enumerate(desk.registered):
        kind = kind_at.get(place, "ordinary")
        scores = draw()
        if kind == "score_out_of_range":
            scores[desk.scheme.components[0].code] = next(out_of_range)
        if kind == "sent_as_second_revision":
            scores = {code: max(score, _SAFE_PASS) for code, score in scores.items()}
        document = next(documents) if kind == "document_of_another_person" else student.identity_number
        admission_number = desk.admission_number_of[catalogue.MAIN_PLAN, student.student_number]
        row = _row(desk.scheme, place + 1, admission_number, document, scores)
        _make_special(row, kind)
        lines.append(ResultLine(row, kind, student.student_number, _OUTCOME_OF[kind]))
    return lines


def _make_special(row: ResultRow, kind: str) -> None:
    match kind:
        case "absent" | "breach":
            row.update(activity=kind, components={}, total=None, passed=None)
        case "provisional":
            row["grading"] = "provisional"
        case "sent_as_second_revision":
            row["revision"] = 2
        case "missing_component":
            _ = row["components"].popitem()
        case "unknown_component":
            _, score = row["components"].popitem()
            row["components"]["oral"] = score
        case "pass_flag_disagrees":
            row["passed"] = not row["passed"]
        case _:
            pass


def _foreign_lines(desk: _Desk, draw: Drawing, *, first_serial: int) -> list[ResultLine]:
    """Write rows for people whom the main plan does not know."""
    taken = set(desk.admission_number_of.values())
    unknown = (number for serial in count(1) if (number := f"99{serial:010d}") not in taken)
    people = [("unknown_admission_number", next(unknown), it) for it in desk.outsiders[:_STRANGERS]]
    for student in desk.other_plan[:_FROM_OTHER_PLAN]:
        number = desk.admission_number_of[catalogue.OTHER_PLAN, student.student_number]
        people.append(("candidate_of_another_plan", number, student))
    return [
        ResultLine(
            _row(desk.scheme, first_serial + place, number, student.identity_number, draw()),
            kind,
            student.student_number,
            "rejected_unknown_candidate",
        )
        for place, (kind, number, student) in enumerate(people)
    ]


def _repeat_some(desk: _Desk, draw: Drawing, lines: list[ResultLine]) -> None:
    """Send a few results twice under one id, the second time with other scores and later in the file."""
    first_seen = [line for line in lines[: len(lines) // 2] if line.kind == "ordinary"][:_DUPLICATED]
    for line in first_seen:
        row = line.row
        again = _row(desk.scheme, 0, row["admission_number"], row["document_number"], draw())
        again["org_result_id"] = row["org_result_id"]
        place = len(lines) - 10 * _DUPLICATED
        lines.insert(
            place,
            ResultLine(again, "duplicated_org_result_id", line.student_number, "rejected_duplicate_in_batch"),
        )


def _scores(line: ResultLine) -> dict[str, int]:
    return {code: _hundredths(score) for code, score in line.row["components"].items()}


def _corrected(scheme: catalogue.AssessmentScheme, line: ResultLine, change: Callable[[int], int]) -> ResultLine:
    scores = {code: change(score) for code, score in _scores(line).items()}
    passed = is_passed(scheme, scores)
    row = line.row.copy()
    row.update(
        revision=row["revision"] + 1,
        grading="corrected",
        components={code: _text(score) for code, score in scores.items()},
        total=_text(total_of(scheme, scores)),
        passed=passed,
    )
    return replace(line, row=row, kind="now_passes" if passed else "now_fails", expected_outcome="corrected")


def _older(scheme: catalogue.AssessmentScheme, line: ResultLine) -> ResultLine:
    older = _corrected(scheme, line, lambda score: min(score, _SAFE_FAIL))
    older.row.update(revision=line.row["revision"] - 1, grading="final")
    return replace(older, kind="stale_revision", expected_outcome="rejected_stale_revision")


def _effects(facts: dataset.Dataset, lines: Iterable[ResultLine]) -> dict[str, int]:
    """Count what accepted, final passes should set off."""
    issuing = [
        line
        for line in lines
        if line.expected_outcome in {"accepted", "corrected"}
        and line.row["grading"] in {"final", "corrected"}
        and line.row["passed"]
    ]
    with_account = [student for student in _students(facts, issuing) if student.opens_account]
    deposits = _deposits(facts, with_account)
    return {
        "awards_issued": len(issuing),
        "verified_without_account": len(issuing) - len(with_account),
        "recognised_without_credits": len(with_account) - len(deposits),
        "deposits_posted": len(deposits),
        "deposited_hundredths": sum(deposits),
    }


def _reversals(facts: dataset.Dataset, lines: Sequence[ResultLine]) -> dict[str, int]:
    """Count what passes that turned into failures should take back."""
    deposits = _deposits(facts, [student for student in _students(facts, lines) if student.opens_account])
    return {
        "awards_revoked": len(lines),
        "deposits_reversed": len(deposits),
        "reversed_hundredths": sum(deposits),
    }


def _students(facts: dataset.Dataset, lines: Iterable[ResultLine]) -> list[dataset.Student]:
    students = {student.student_number: student for student in facts.students}
    return [students[line.student_number] for line in lines if line.student_number is not None]


def _deposits(facts: dataset.Dataset, students: Iterable[dataset.Student]) -> list[int]:
    plan = next(plan for plan in facts.plans if plan.code == catalogue.MAIN_PLAN)
    rules = [dataset.find_rule(facts, student, plan.certificate_name, plan.levels[0]) for student in students]
    return [rule.credit_hundredths for rule in rules if rule is not None]
