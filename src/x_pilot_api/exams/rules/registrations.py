"""Who cannot be registered and why: one table of grounds in the order they are tried, decided in SQL for a whole list.

A condition speaks of the columns that `queries/judging.py` gathers for each wish (`known`), and of the parameters
`:institution_id`, `:exam_plan_id`, `:today`, `:timezone` and `:academic_year`. A later rule is one more ground here;
what it has to look up it asks in its condition, of tables of its own area or of those below. The same table registers,
accepts, and explains.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from x_pilot_api.core import errors
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both, Language

_NO_FIGURES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Ineligibility:
    """One ground on which somebody is not registered: what is asked, when it fails, its words and figures."""

    code: str
    asks: Both
    holds: str
    says: Both
    fix: Both
    figures: str = "NULL"
    example: Mapping[str, object] = field(default_factory=lambda: _NO_FIGURES)


_OF_PERSON = """FROM candidates AS candidate
            JOIN registrations AS registration ON registration.institution_id = candidate.institution_id
                AND registration.candidate_id = candidate.id
                AND registration.id IS DISTINCT FROM known.registration_id
            {joins}
            WHERE candidate.institution_id = :institution_id
                AND candidate.identity_document_id = known.identity_document_id"""

_OTHERS = _OF_PERSON.format(joins="")

_PENDING = (
    _OF_PERSON.format(
        joins="""JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id
                AND plan.id = registration.exam_plan_id"""
    )
    + """
                AND registration.certificate_level_id = known.certificate_level_id
                AND registration.exam_plan_id <> :exam_plan_id AND plan.cancelled_at IS NULL
                AND registration.state IN ('waiting', 'offered', 'accepted', 'locked')
                AND NOT EXISTS (
                    SELECT FROM results AS result WHERE result.institution_id = registration.institution_id
                        AND result.registration_id = registration.id AND result.standing = 'effective'
                        AND result.grading IN ('final', 'corrected', 'voided'))"""
)

_PASSED = (
    _OF_PERSON.format(
        joins="""JOIN results AS result ON result.institution_id = registration.institution_id
                AND result.registration_id = registration.id AND result.standing = 'effective'
            LEFT JOIN awards AS issued ON issued.institution_id = result.institution_id
                AND issued.id = result.award_id"""
    )
    + """
                AND registration.certificate_level_id = known.certificate_level_id
                AND result.passed AND result.grading IN ('final', 'corrected')
                AND issued.state IS DISTINCT FROM 'revoked'"""
)

_HELD = """FROM awards AS held JOIN certificate_levels AS its ON its.id = held.certificate_level_id
            WHERE held.institution_id = :institution_id AND held.identity_document_id = known.identity_document_id
                AND its.certificate_id = known.certificate_id AND its.level >= known.level
                AND held.state <> 'revoked'"""

GROUNDS = (
    Ineligibility(
        "student_unknown",
        Both("考生在权限范围内。", "The candidate is somebody you may register."),
        "known.identity_document_id IS NULL",
        Both("学生不存在或不在权限范围内。", "The student does not exist or is not yours to register."),
        Both("核对学生编号，或由其所在学院报名。", "Check the id, or let the student's own college register them."),
    ),
    Ineligibility(
        "student_not_enrolled",
        Both("学生在籍。", "The student is enrolled."),
        "known.student_status <> 'enrolled'",
        Both("学生不在籍。", "The student is not enrolled."),
        Both("先核实学籍状态。", "Settle the student's status first."),
    ),
    Ineligibility(
        "level_not_examined",
        Both("计划考核该证书等级。", "The plan examines the level."),
        "NOT known.is_examined",
        Both("该计划不考核此证书等级。", "The plan does not examine this level."),
        Both("从计划的等级中选择。", "Choose one of the plan's levels."),
    ),
    Ineligibility(
        "named_twice",
        Both("同一等级只列一次。", "Nobody is named twice for a level."),
        "known.times_named > 1",
        Both("同一学生同一等级出现多次。", "The student is named more than once for the level."),
        Both("每个学生每个等级只列一次。", "Name each student once for each level."),
    ),
    Ineligibility(
        "certificate_not_admitted",
        Both("报名学院当日正在试点该证书。", "The college that registers runs the certificate today."),
        "known.admitted_on IS NULL OR known.admitted_on > CAST(:today AS date)"
        " OR known.exited_on <= CAST(:today AS date)",
        Both("该学生所在学院当日未试点此证书。", "The student's college does not run the certificate today."),
        Both("先由学院办理证书准入。", "Let the college admit the certificate first."),
        "jsonb_build_object('admitted_on', known.admitted_on, 'exited_on', known.exited_on)",
    ),
    Ineligibility(
        "not_participating",
        Both(
            "专业或学院在考核学年获批参与该等级试点，否则走社会考生通道。",
            "Programme or college takes part with the level in the exam's year; else the social channel is the way.",
        ),
        "known.channel = 'student' AND known.participation_state IS DISTINCT FROM 'approved'",
        Both(
            "该生专业及学院在 {academic_year} 学年没有获批以该证书等级参与试点。",
            "Neither programme nor college was approved to take part with the level in {academic_year}.",
        ),
        Both(
            "由学院申报该学年的试点参与，经教务处批准后再报名；专业不对口的走社会考生通道。",
            "Let the college ask for participation in that year and the office approve it, then register;"
            " whose programme does not match goes through the social channel.",
        ),
        "jsonb_build_object('academic_year', CAST(:academic_year AS text))",
        example=MappingProxyType({"academic_year": "2025-2026"}),
    ),
    Ineligibility(
        "social_channel_not_needed",
        Both(
            "社会考生通道只用于专业未参与试点者。",
            "The social channel is for those whose programme takes no part.",
        ),
        "known.channel = 'social' AND known.student_id IS NOT NULL AND known.participation_state = 'approved'",
        Both(
            "该生专业或学院在 {academic_year} 学年参与该等级试点，不走社会考生通道。",
            "The student's programme or college takes part with the level in {academic_year}.",
        ),
        Both("按学生报名，占用试点名额。", "Register them as a student, within the quota."),
        "jsonb_build_object('academic_year', CAST(:academic_year AS text))",
        example=MappingProxyType({"academic_year": "2025-2026"}),
    ),
    Ineligibility(
        "already_registered",
        Both("尚未报名该计划的同一等级。", "They are not registered for the level in the plan yet."),
        f"""EXISTS (
            SELECT {_OTHERS}
                AND registration.exam_plan_id = :exam_plan_id
                AND registration.certificate_level_id = known.certificate_level_id
                AND registration.state NOT IN ('refused', 'withdrawn'))""",
        Both("该学生已报名此等级。", "The student is registered for the level."),
        Both("从名单中去掉该学生。", "Take the student off the list."),
    ),
    Ineligibility(
        "already_awarded",
        Both("未持有该证书同等级或更高等级。", "They do not hold this or a higher level of the certificate."),
        f"EXISTS (SELECT {_HELD})",
        Both(
            "该学生已持有此证书的等级 {level}。",
            "The student holds level {level} of the certificate.",
        ),
        Both("从名单中去掉该学生。", "Take the student off the list."),
        f"jsonb_build_object('level', (SELECT max(its.level) {_HELD}))",
        example=MappingProxyType({"level": "3"}),
    ),
    Ineligibility(
        "level_passed",
        Both("该等级尚未考核合格。", "They have not passed the level yet."),
        f"EXISTS (SELECT {_PASSED})",
        Both("该学生的该等级成绩已合格。", "The student's result in the level is a pass."),
        Both(
            "无需重考；证书尚未颁发的请与评价组织核对。",
            "There is nothing to sit again; ask the organisation for the award.",
        ),
    ),
    Ineligibility(
        "result_pending",
        Both("没有等待成绩的同等级报名。", "No other registration for the level waits for its result."),
        f"EXISTS (SELECT {_PENDING})",
        Both(
            "该学生已报名计划 {plan_code} 的同一等级，成绩未出。",
            "The student is registered for the level in plan {plan_code}, whose result is still to come.",
        ),
        Both("等该次成绩公布，或先退出该次报名。", "Wait for that result, or withdraw that registration first."),
        f"jsonb_build_object('plan_code', (SELECT min(plan.code) {_PENDING}))",
        example=MappingProxyType({"plan_code": "2026-1"}),
    ),
    Ineligibility(
        "sitting_unknown",
        Both("所选场次属于该计划和等级。", "The sitting named examines the level in the plan."),
        "known.sitting_id IS NOT NULL AND known.sittings = 0",
        Both(
            "该计划没有考核此等级的这一场次，或已取消。",
            "The plan has no such sitting for the level, or it is cancelled.",
        ),
        Both("从计划的场次中选择，或不指定场次。", "Choose one of the plan's sittings, or name none."),
    ),
    Ineligibility(
        "site_not_valid",
        Both(
            "考核站点在考核日对该等级有效，且接收该学院考生。",
            "The site is approved for the level and open to the college.",
        ),
        "known.sittings > 0 AND known.sittings_fit = 0",
        Both(
            "{sittings} 个场次的站点在考核日均无该等级的有效批准，或不接收该学院考生。",
            "None of {sittings} sittings is at a site approved for the level that day and open to the college.",
        ),
        Both(
            "由评价组织批准站点，或选择共用站点的场次。",
            "Have the site approved, or choose a sitting at a shared site.",
        ),
        "jsonb_build_object('sittings', known.sittings)",
        example=MappingProxyType({"sittings": 1}),
    ),
    Ineligibility(
        "sitting_overlaps",
        Both("与本人的其他场次时间不冲突。", "It does not meet another sitting of the same person."),
        "known.sittings_fit > 0 AND known.sittings_clear = 0",
        Both(
            "{sittings} 个可选场次均与本人在计划 {plan_code} 的场次时间冲突。",
            "All {sittings} sittings meet one that the person has in plan {plan_code}.",
        ),
        Both("选择其他场次，或先退出冲突的报名。", "Choose another sitting, or withdraw the registration it meets."),
        "jsonb_build_object('sittings', known.sittings_fit, 'plan_code', known.meets_plan_code)",
        example=MappingProxyType({"sittings": 1, "plan_code": "2026-1"}),
    ),
)
"""The grounds in the order they are tried; the first that holds is told."""

BEYOND_QUOTA = Ineligibility(
    "beyond_quota",
    Both("试点名额有余。", "The quota of the year has places left."),
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

BY_CODE = {ground.code: ground for ground in (*GROUNDS, BEYOND_QUOTA)}

_REGISTERED = Both("报名名单中的一条", "One item of a list of registrations")
REFUSALS = {
    ground.code: ItemCode(ground.code, _REGISTERED, ground.says, ground.fix, ground.example)
    for ground in BY_CODE.values()
}
NOT_IN_STATE = ItemCode(
    "registration_not_in_state",
    Both("报名决定名单中的一条", "One item of a list of registrations to decide on"),
    Both("报名处于 {state}，不能执行此操作。", "The registration is {state}, which does not admit this."),
    Both(
        "重新读取名单，只列 allowed_deeds 允许的报名。",
        "Read the list again, and name those whose allowed_deeds admit it.",
    ),
    MappingProxyType({"state": "locked"}),
)
errors.know_items(*REFUSALS.values(), NOT_IN_STATE)


def first_code() -> str:
    """Write the grounds as one CASE that names the first that holds."""
    return "CASE " + " ".join(f"WHEN {ground.holds} THEN '{ground.code}'" for ground in GROUNDS) + " END"


def figures_by_code() -> str:
    """Write which figures each code is told with."""
    told = " ".join(f"WHEN '{ground.code}' THEN {ground.figures}" for ground in GROUNDS if ground.figures != "NULL")
    return f"CASE judged.refusal {told} END"


def every_ground() -> str:
    """Write the grounds as rows, each with whether it refuses and with its figures; the quota's for one alone."""
    figures = (
        "jsonb_build_object('academic_year', CAST(:academic_year AS text), 'quota', known.quota,"
        " 'taken', known.taken, 'place', 1)"
    )
    quota = ("known.channel = 'student' AND known.quota - known.taken < 1", figures)
    grounds = [(ground.code, ground.holds, ground.figures) for ground in GROUNDS] + [(BEYOND_QUOTA.code, *quota)]
    rows = (
        f"({place}, '{code}', coalesce({holds}, false), CAST({figures} AS jsonb))"
        for place, (code, holds, figures) in enumerate(grounds)
    )
    return f"(VALUES {', '.join(rows)}) AS ground (place, code, refuses, figures)"


def why_not_registered(code: str, figures: Mapping[str, Any] | None, *, language: Language) -> str:
    """Say in words why a registration was refused, with its figures."""
    return REFUSALS[code].detail.said_in(language).format_map(figures or {})
