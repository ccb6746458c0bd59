"""Who cannot be registered and why: one table of grounds in the order they are tried, decided in SQL for a whole list.

A condition speaks of the columns that registering has gathered for each item (`known`), and of the parameters
`:institution_id`, `:exam_plan_id` and `:today`. A later rule is one more ground here; what it has to look up it asks
in its condition, of tables of its own area or of those below.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from x_pilot_api.core import errors
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both, Language


@dataclass(frozen=True)
class Ineligibility:
    """One ground on which a student is not registered: when it holds, its words, and the figures it is told with."""

    code: str
    holds: str
    says: Both
    fix: Both
    figures: str = "NULL"
    example: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


GROUNDS = (
    Ineligibility(
        "student_unknown",
        "known.programme_id IS NULL",
        Both("学生不存在或不在权限范围内。", "The student does not exist or is not yours to register."),
        Both("核对学生编号，或由其所在学院报名。", "Check the id, or let the student's own college register them."),
    ),
    Ineligibility(
        "student_not_enrolled",
        "known.student_status <> 'enrolled'",
        Both("学生不在籍。", "The student is not enrolled."),
        Both("先核实学籍状态。", "Settle the student's status first."),
    ),
    Ineligibility(
        "level_not_examined",
        "NOT known.is_examined",
        Both("该计划不考核此证书等级。", "The plan does not examine this level."),
        Both("从计划的等级中选择。", "Choose one of the plan's levels."),
    ),
    Ineligibility(
        "named_twice",
        "known.times_named > 1",
        Both("同一学生同一等级出现多次。", "The student is named more than once for the level."),
        Both("每个学生每个等级只列一次。", "Name each student once for each level."),
    ),
    Ineligibility(
        "certificate_not_admitted",
        "known.admitted_on IS NULL OR known.admitted_on > CAST(:today AS date)"
        " OR known.exited_on <= CAST(:today AS date)",
        Both("该学生所在学院当日未试点此证书。", "The student's college does not run the certificate today."),
        Both("先由学院办理证书准入。", "Let the college admit the certificate first."),
    ),
    Ineligibility(
        "not_participating",
        "known.participation_state IS DISTINCT FROM 'approved'",
        Both(
            "该生专业及学院在 {academic_year} 学年没有获批以该证书等级参与试点。",
            "Neither programme nor college was approved to take part with the level in {academic_year}.",
        ),
        Both(
            "由学院申报该学年的试点参与，经教务处批准后再报名。",
            "Let the college ask for participation in that year and the office approve it, then register.",
        ),
        "jsonb_build_object('academic_year', CAST(:academic_year AS text))",
        example=MappingProxyType({"academic_year": "2025-2026"}),
    ),
    Ineligibility(
        "already_registered",
        """EXISTS (
            SELECT FROM candidates AS candidate
            JOIN registrations AS registration ON registration.institution_id = candidate.institution_id
                AND registration.candidate_id = candidate.id
            WHERE candidate.institution_id = :institution_id
                AND candidate.identity_document_id = known.identity_document_id
                AND registration.exam_plan_id = :exam_plan_id
                AND registration.certificate_level_id = known.certificate_level_id
                AND registration.state NOT IN ('refused', 'withdrawn'))""",
        Both("该学生已报名此等级。", "The student is registered for the level."),
        Both("从名单中去掉该学生。", "Take the student off the list."),
    ),
    Ineligibility(
        "already_awarded",
        """EXISTS (
            SELECT FROM awards AS held WHERE held.institution_id = :institution_id
                AND held.identity_document_id = known.identity_document_id
                AND held.certificate_level_id = known.certificate_level_id
                AND held.state <> 'revoked')""",
        Both("该学生已持有此等级证书。", "The student holds the certificate of this level."),
        Both("从名单中去掉该学生。", "Take the student off the list."),
    ),
)
"""The grounds in the order they are tried; the first that holds is told."""

BEYOND_QUOTA = Ineligibility(
    "beyond_quota",
    "ranked.place > participation.quota - participation.taken",
    Both(
        "{academic_year} 学年名额 {quota}，已占用 {taken}；此条是本次名单中第 {place} 个。",
        "The quota for {academic_year} is {quota}, {taken} are taken; this is number {place} of the list.",
    ),
    Both(
        "缩减名单，或由教务处凭文件调整名额。",
        "Shorten the list, or let the office raise the quota by a document.",
    ),
    "jsonb_build_object('academic_year', participation.academic_year, 'quota', participation.quota,"
    " 'taken', participation.taken, 'place', ranked.place)",
    example=MappingProxyType({"academic_year": "2025-2026", "quota": 10, "taken": 8, "place": 3}),
)
"""Tried last and only on those whom nothing else refuses, since they alone would take a place."""

_REGISTERED = Both("报名名单中的一条", "One item of a list of registrations")
REFUSALS = {
    ground.code: ItemCode(ground.code, _REGISTERED, ground.says, ground.fix, ground.example)
    for ground in (*GROUNDS, BEYOND_QUOTA)
}
errors.know_items(*REFUSALS.values())


def first_code() -> str:
    """Write the grounds as one CASE that names the first that holds."""
    return "CASE " + " ".join(f"WHEN {ground.holds} THEN '{ground.code}'" for ground in GROUNDS) + " END"


def figures_by_code() -> str:
    """Write which figures each code is told with."""
    told = " ".join(f"WHEN '{ground.code}' THEN {ground.figures}" for ground in GROUNDS if ground.figures != "NULL")
    return f"CASE judged.refusal {told} END"


def why_not_registered(code: str, figures: Mapping[str, Any] | None, *, language: Language) -> str:
    """Say in words why a registration was refused, with its figures."""
    return REFUSALS[code].detail.said_in(language).format_map(figures or {})
