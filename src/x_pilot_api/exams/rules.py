"""What becomes of a pushed row: one table of refusals in the order they are tried, decided in SQL for all at once.

A condition speaks of the columns that the push has gathered for each row: what was pushed, who is registered under that
admission number, what is known of the result already, and what the scores come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Ground:
    """One ground on which a row is not accepted: when it holds, which column it is about, and its words."""

    code: str
    holds: str
    column: str
    zh: str
    figures: str = "NULL"


IS_JUDGED = "activity = 'present' AND grading <> 'voided'"
IS_AGAIN = "(revision = latest_revision)"
OUR_NUMBER = "'XP-' || admission_number"
"""The certificate's number where the organisation gives none: the admission number is unique at the institution for a
level, and no organisation gives a number that begins like ours."""

REFUSALS = (
    Ground("unknown_candidate", "registration_id IS NULL", "admission_number", "该计划中没有此准考证号。"),
    Ground("document_mismatch", "NOT same_document", "document_number", "证件号码与准考证号不符。"),
    Ground(
        "registration_not_accepted",
        "registration_state NOT IN ('accepted', 'locked')",
        "admission_number",
        "该报名未被接受，当前状态 {state}。",
        "jsonb_build_object('state', registration_state)",
    ),
    Ground(
        "duplicate_in_batch",
        "nth_of_result > 1 OR nth_of_registration > 1",
        "org_result_id",
        "同一批次中该成绩或该考生已出现过，以先出现的行为准。",
    ),
    Ground(
        "result_id_taken",
        "latest_registration_id <> registration_id",
        "org_result_id",
        "该成绩编号已用于另一名考生。",
    ),
    Ground(
        "result_exists",
        "effective_org_result_id <> org_result_id",
        "org_result_id",
        "该考生已有成绩 {org_result_id}；请以该编号提交新版本。",
        "jsonb_build_object('org_result_id', effective_org_result_id)",
    ),
    Ground(
        "stale_revision",
        "revision < latest_revision",
        "revision",
        "版本 {revision} 旧于已收到的版本 {latest_revision}。",
        "jsonb_build_object('revision', revision, 'latest_revision', latest_revision)",
    ),
    Ground(
        "revision_conflict",
        f"{IS_AGAIN} AND NOT same_content",
        "revision",
        "版本 {revision} 已以其他内容收到；更正须使用更大的版本号。",
        "jsonb_build_object('revision', revision)",
    ),
    Ground(
        "final_already",
        "grading = 'provisional' AND effective_grading IN ('final', 'corrected')",
        "grading",
        "该成绩已是最终成绩，不能改回临时成绩；请更正或作废。",
    ),
    Ground(
        "certificate_exited",
        "latest_revision IS NULL AND confirmed_on >= exited_on",
        "admission_number",
        "该证书已于 {exited_on} 退出，报名确认于 {confirmed_on}。",
        "jsonb_build_object('exited_on', exited_on, 'confirmed_on', confirmed_on)",
    ),
    Ground(
        "nothing_to_void",
        "grading = 'voided' AND effective_id IS NULL AND latest_standing IS DISTINCT FROM 'quarantined'",
        "grading",
        "没有可作废的成绩。",
    ),
    Ground(
        "wrong_component",
        "is_judged AND (known IS DISTINCT FROM needed OR given IS DISTINCT FROM needed)",
        "components",
        "考核方案要求成绩项 {needed}，收到 {given}。",
        "jsonb_build_object('needed', needed_codes, 'given', coalesce(given_codes, '-'))",
    ),
    Ground(
        "score_out_of_range",
        "is_judged AND wild_code IS NOT NULL",
        "components",
        "成绩项 {component} 为 {score}，应在 0 至 {full_mark} 之间。",
        "jsonb_build_object('component', wild_code, 'score', wild_score, 'full_mark', wild_full_mark)",
    ),
    Ground(
        "certificate_number_reserved",
        f"certificate_number LIKE 'XP-%' AND certificate_number <> {OUR_NUMBER}",
        "certificate_number",
        "以 XP- 开头的证书编号由平台编制，此编号不属于该考生。",
    ),
    Ground(
        "certificate_number_taken",
        "number_is_taken",
        "certificate_number",
        "该证书编号已用于另一名持证人。",
    ),
)

QUARANTINES = (
    Ground(
        "pass_flag_disagrees",
        "grading <> 'voided' AND claimed_passed <> coalesce(passed, false)",
        "passed",
        "贵方判定 {claimed}，按考核方案核算为 {computed}（总分 {total}），待复核。",
        "jsonb_build_object('claimed', claimed_passed, 'computed', coalesce(passed, false), 'total', total_hundredths)",
    ),
    Ground(
        "total_disagrees",
        "claimed_total_hundredths <> total_hundredths",
        "total",
        "贵方总分 {claimed}，按考核方案核算为 {computed}，待复核。",
        "jsonb_build_object('claimed', claimed_total_hundredths, 'computed', total_hundredths)",
    ),
)

MALFORMED_ZH = "该行格式不正确：{detail}"
SCORE_FIGURES = {"score", "full_mark", "total"}


def first_code(grounds: tuple[Ground, ...]) -> str:
    """Write the grounds as one CASE that names the first that holds."""
    return "CASE " + " ".join(f"WHEN {ground.holds} THEN '{ground.code}'" for ground in grounds) + " END"


def columns_by_code() -> str:
    """Write which column each code is about."""
    return " ".join(f"WHEN '{ground.code}' THEN '{ground.column}'" for ground in (*REFUSALS, *QUARANTINES))


def figures_by_code() -> str:
    """Write which figures each code is told with."""
    told = (ground for ground in (*REFUSALS, *QUARANTINES) if ground.figures != "NULL")
    return " ".join(f"WHEN '{ground.code}' THEN {ground.figures}" for ground in told)


_WORDS = {ground.code: ground.zh for ground in (*REFUSALS, *QUARANTINES)}


def explain(code: str | None, figures: Mapping[str, Any] | None) -> str | None:
    """Say a code in words, with the row's figures."""
    if code is None:
        return None
    template = _WORDS.get(code, MALFORMED_ZH)
    return template.format_map({key: _shown(code, key, value) for key, value in (figures or {}).items()})


def _shown(code: str, key: str, value: object) -> str:
    is_score = key in SCORE_FIGURES or (code == "total_disagrees")
    if is_score and isinstance(value, int) and not isinstance(value, bool):
        return f"{value / 100:.2f}"
    return (
        {True: "通过", False: "未通过", None: "-"}.get(value, str(value))
        if isinstance(value, bool | None)
        else str(value)
    )


def plan_state(*, opens_on: date, closes_on: date, exam_on: date, today: date) -> str:
    """Tell a plan's state from its dates, so that no stored state can contradict them."""
    if today < opens_on:
        return "published"
    if today <= closes_on:
        return "registration_open"
    return "registration_closed" if today < exam_on else "held"
