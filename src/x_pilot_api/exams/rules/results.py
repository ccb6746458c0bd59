"""What becomes of a pushed row: one table of refusals in the order they are tried, decided in SQL for all at once.

A condition speaks of the columns that the push has gathered for each row: what was pushed, who is registered under that
admission number, what is known of the result already, and what the scores come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from x_pilot_api.core import errors
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both, Language


@dataclass(frozen=True)
class Ground:
    """One ground on which a row is not accepted: when it holds, which column it is about, and its words."""

    code: str
    holds: str
    column: str
    says: Both
    fix: Both
    figures: str = "NULL"
    example: Mapping[str, Any] = field(default_factory=dict[str, Any])


IS_JUDGED = "activity = 'present' AND grading <> 'voided'"
IS_AGAIN = "(revision = latest_revision)"
IS_RELEASED = f"""(CAST(:releases AS boolean) AND {IS_AGAIN}
    AND (latest_standing = 'quarantined' OR (latest_standing = 'effective' AND latest_is_held)))"""
"""A revision that is kept already takes effect as it is: two persons say that our figures count, or what it sets off
was held until students may see it."""
OUR_NUMBER = "'XP-' || admission_number"
"""The certificate's number where the organisation gives none: the admission number is unique at the institution for a
level, and no organisation gives a number that begins like ours."""

REFUSALS = (
    Ground(
        "unknown_candidate",
        "registration_id IS NULL",
        "admission_number",
        Both("该计划中没有此准考证号。", "Nobody in this plan has the admission number."),
        Both("按计划的考生名单核对准考证号。", "Compare the admission number with the plan's candidates."),
    ),
    Ground(
        "document_mismatch",
        "NOT same_document",
        "document_number",
        Both("证件号码与准考证号不符。", "The identity document is not that of the admission number's holder."),
        Both(
            "核对该行的证件号码；两者须属于同一考生。",
            "Check the row's document number: both must be the same candidate's.",
        ),
    ),
    Ground(
        "registration_not_accepted",
        "registration_state NOT IN ('accepted', 'locked')",
        "admission_number",
        Both("该报名未被接受，当前状态 {state}。", "The registration is not accepted; it is {state}."),
        Both("请院校先处理该报名。", "Let the institution settle the registration first."),
        "jsonb_build_object('state', registration_state)",
        example={"state": "withdrawn"},
    ),
    Ground(
        "duplicate_in_batch",
        "nth_of_result > 1 OR nth_of_registration > 1",
        "org_result_id",
        Both(
            "同一批次中该成绩或该考生已出现过，以先出现的行为准。",
            "The result or the candidate appeared earlier in the batch; the earlier row counts.",
        ),
        Both(
            "每个考生每个等级只提交一行；更正请在后续批次中使用更大的版本号。",
            "Send one row for each candidate and level; correct in a later batch by a larger revision.",
        ),
    ),
    Ground(
        "result_id_taken",
        "latest_registration_id <> registration_id",
        "org_result_id",
        Both("该成绩编号已用于另一名考生。", "The result id is another candidate's."),
        Both("为该考生使用自己的成绩编号。", "Give the candidate a result id of their own."),
    ),
    Ground(
        "result_exists",
        "effective_org_result_id <> org_result_id",
        "org_result_id",
        Both(
            "该考生已有成绩 {org_result_id}；请以该编号提交新版本。",
            "The candidate has the result {org_result_id}; send a new revision under that id.",
        ),
        Both("以已有的成绩编号提交更大的版本号。", "Send a larger revision under the id there is."),
        "jsonb_build_object('org_result_id', effective_org_result_id)",
        example={"org_result_id": "R-1"},
    ),
    Ground(
        "stale_revision",
        "revision < latest_revision",
        "revision",
        Both(
            "版本 {revision} 旧于已收到的版本 {latest_revision}。",
            "Revision {revision} is older than {latest_revision}, which is here.",
        ),
        Both("读取当前版本；若确需更正，使用更大的版本号。", "Read what is here; to correct it use a larger revision."),
        "jsonb_build_object('revision', revision, 'latest_revision', latest_revision)",
        example={"revision": 1, "latest_revision": 2},
    ),
    Ground(
        "revision_conflict",
        f"{IS_AGAIN} AND NOT same_content",
        "revision",
        Both(
            "版本 {revision} 已以其他内容收到；更正须使用更大的版本号。",
            "Revision {revision} is here with other content; a correction needs a larger revision.",
        ),
        Both(
            "更正时提高版本号，不要改变已提交版本的内容。",
            "Raise the revision to correct; never change what a revision said.",
        ),
        "jsonb_build_object('revision', revision)",
        example={"revision": 1},
    ),
    Ground(
        "rejected_in_review",
        f"{IS_AGAIN} AND latest_standing = 'rejected'",
        "revision",
        Both(
            "版本 {revision} 已在复核中被拒绝。",
            "Revision {revision} was rejected when it was reviewed.",
        ),
        Both("核对成绩后以更大的版本号提交。", "Check the result and send a larger revision."),
        "jsonb_build_object('revision', revision)",
        example={"revision": 1},
    ),
    Ground(
        "final_already",
        "grading = 'provisional' AND effective_grading IN ('final', 'corrected')",
        "grading",
        Both(
            "该成绩已是最终成绩，不能改回临时成绩；请更正或作废。",
            "The result is final and cannot become provisional again; correct or void it.",
        ),
        Both("以 corrected 更正，或以 voided 作废。", "Send corrected, or voided."),
    ),
    Ground(
        "certificate_exited",
        "latest_revision IS NULL AND confirmed_on >= exited_on",
        "admission_number",
        Both(
            "该证书已于 {exited_on} 退出，报名确认于 {confirmed_on}。",
            "The certificate exited on {exited_on}; the registration was confirmed on {confirmed_on}.",
        ),
        Both(
            "退出之后确认的报名不再接受成绩；请与院校核对报名。",
            "Results of registrations confirmed after the exit are not taken; ask the institution.",
        ),
        "jsonb_build_object('exited_on', exited_on, 'confirmed_on', confirmed_on)",
        example={"exited_on": "2026-01-31", "confirmed_on": "2026-02-15"},
    ),
    Ground(
        "nothing_to_void",
        "grading = 'voided' AND effective_id IS NULL AND latest_standing IS DISTINCT FROM 'quarantined'",
        "grading",
        Both("没有可作废的成绩。", "There is no result to void."),
        Both("核对成绩编号；被拒绝的行无需作废。", "Check the result id; a rejected row needs no voiding."),
    ),
    Ground(
        "wrong_component",
        "is_judged AND (known IS DISTINCT FROM needed OR given IS DISTINCT FROM needed)",
        "components",
        Both(
            "考核方案要求成绩项 {needed}，收到 {given}。", "The scheme asks for the components {needed}; {given} came."
        ),
        Both("按考核方案提交全部且仅有的成绩项。", "Send exactly the components of the scheme."),
        "jsonb_build_object('needed', needed_codes, 'given', coalesce(given_codes, '-'))",
        example={"needed": "practical, theory", "given": "theory"},
    ),
    Ground(
        "score_out_of_range",
        "is_judged AND wild_code IS NOT NULL",
        "components",
        Both(
            "成绩项 {component} 为 {score}，应在 0 至 {full_mark} 之间。",
            "The component {component} is {score}; it must be from 0 to {full_mark}.",
        ),
        Both("核对分数和该成绩项的满分。", "Check the score and the component's full mark."),
        "jsonb_build_object('component', wild_code, 'score', wild_score, 'full_mark', wild_full_mark)",
        example={"component": "theory", "score": 12000, "full_mark": 10000},
    ),
    Ground(
        "certificate_number_reserved",
        f"certificate_number LIKE 'XP-%' AND certificate_number <> {OUR_NUMBER}",
        "certificate_number",
        Both(
            "以 XP- 开头的证书编号由平台编制，此编号不属于该考生。",
            "Numbers beginning with XP- are given by the platform; this one is not the candidate's.",
        ),
        Both(
            "留空，由平台编号，或使用贵方自己的编号规则。",
            "Leave it out and let the platform number it, or use numbers of your own.",
        ),
    ),
    Ground(
        "certificate_number_taken",
        "number_is_taken",
        "certificate_number",
        Both("该证书编号已用于另一名持证人。", "The certificate number is another holder's."),
        Both("核对证书编号；每张证书编号唯一。", "Check the number: each certificate has its own."),
    ),
)

QUARANTINES = (
    Ground(
        "pass_flag_disagrees",
        "grading <> 'voided' AND claimed_passed <> coalesce(passed, false)",
        "passed",
        Both(
            "贵方判定 {claimed}，按考核方案核算为 {computed}（总分 {total}），待复核。",
            "You say {claimed}; by the scheme it is {computed} (total {total}). To be reviewed.",
        ),
        Both(
            "核对合格标准和分数后提交更大的版本号，或等待院校复核。",
            "Check marks and standard and send a larger revision, or wait for the review.",
        ),
        "jsonb_build_object('claimed', claimed_passed, 'computed', coalesce(passed, false), 'total', total_hundredths)",
        example={"claimed": True, "computed": False, "total": 5820},
    ),
    Ground(
        "total_disagrees",
        "claimed_total_hundredths <> total_hundredths",
        "total",
        Both(
            "贵方总分 {claimed}，按考核方案核算为 {computed}，待复核。",
            "You say {claimed}; by the scheme the total is {computed}. To be reviewed.",
        ),
        Both(
            "按考核方案的权重核对总分后提交更大的版本号。",
            "Compute the total by the scheme's weights and send a larger revision.",
        ),
        "jsonb_build_object('claimed', claimed_total_hundredths, 'computed', total_hundredths)",
        example={"claimed": 8000, "computed": 8140},
    ),
)

_PUSHED = Both("成绩批次的行结果", "Outcome of a row of a result batch")
_BY_ITSELF = (
    ItemCode(
        "row_malformed",
        _PUSHED,
        Both("该行格式不正确：{detail}", "The row does not follow its schema: {detail}"),
        Both("按 column 和 detail 修改该行。", "Correct the row as column and detail say."),
        MappingProxyType({"detail": "Field required"}),
    ),
    ItemCode(
        "unknown_activity",
        _PUSHED,
        Both("activity 不是约定的取值：{detail}", "The activity is none there is: {detail}"),
        Both("使用 present、absent、excused 或 breach。", "Use present, absent, excused or breach."),
        MappingProxyType({"detail": "Input should be 'present', 'absent', 'excused' or 'breach'"}),
    ),
    ItemCode(
        "unknown_grading",
        _PUSHED,
        Both("grading 不是约定的取值：{detail}", "The grading is none there is: {detail}"),
        Both("使用 provisional、final、corrected 或 voided。", "Use provisional, final, corrected or voided."),
        MappingProxyType({"detail": "Input should be 'provisional', 'final', 'corrected' or 'voided'"}),
    ),
    ItemCode(
        "score_malformed",
        _PUSHED,
        Both("分数格式不正确：{detail}", "A score cannot be read: {detail}"),
        Both(
            '分数写成最多两位小数的字符串，例如 "86.50"。',
            'Write scores as strings with at most two places, such as "86.50".',
        ),
        MappingProxyType({"detail": "must be a decimal string with at most two places"}),
    ),
)
"""What is wrong with a row by itself, found before the database is asked."""
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


_ITEMS = {
    item.code: item
    for item in (
        *_BY_ITSELF,
        *(ItemCode(one.code, _PUSHED, one.says, one.fix, one.example) for one in (*REFUSALS, *QUARANTINES)),
    )
}
errors.know_items(*_ITEMS.values())


def explain(code: str | None, figures: Mapping[str, Any] | None, *, language: Language) -> str | None:
    """Say a code in words, with the row's figures."""
    if code is None:
        return None
    template = _ITEMS[code].detail.said_in(language)
    return template.format_map({key: _shown(code, key, value, language) for key, value in (figures or {}).items()})


_VERDICTS = {True: Both("通过", "passed"), False: Both("未通过", "not passed"), None: Both("-", "-")}


def _shown(code: str, key: str, value: object, language: Language) -> str:
    is_score = key in SCORE_FIGURES or (code == "total_disagrees")
    if is_score and isinstance(value, int) and not isinstance(value, bool):
        return f"{value / 100:.2f}"
    return _VERDICTS[value].said_in(language) if isinstance(value, bool | None) else str(value)


SINCE: dict[str, int] = dict.fromkeys(("results_held", "grades_entered", "grades_revised", "grades_flagged"), 0)
"""What batches of before it was counted did none of."""
