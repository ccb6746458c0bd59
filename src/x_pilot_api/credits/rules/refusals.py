"""Why one item of a list of conversions is refused: codes with their words, shown with the figures they rest on."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from x_pilot_api.core import errors
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both, Language
from x_pilot_api.core.quantities import format_hundredths

_OF = Both("转换名单中的一项", "One item of a list of conversions")
_LIMIT: Mapping[str, object] = {"limit_code": "replaced_once", "limit_version": 0, "document_number": "X-Pilot"}
_BASIS_ZH = "（{limit_code} 第 {limit_version} 版，依据：{document_number}）"
_BASIS_EN = " ({limit_code}, version {limit_version}, basis: {document_number})"
_CREDITS = frozenset({"credits", "limit", "credit", "used", "rule_credit", "line_credit"})


def _item(code: str, says: Both, fix: Both, **example: object) -> ItemCode:
    return ItemCode(code, _OF, says, fix, MappingProxyType(example))


REFUSALS = {
    item.code: item
    for item in (
        _item(
            "outcome_unknown",
            Both("没有这项学习成果，或不在权限范围内。", "There is no such outcome, or it is not yours."),
            Both("核对学习成果编号。", "Check the outcome's id."),
        ),
        _item(
            "outcome_without_credits",
            Both("该学习成果现为 {reason}，没有可用的学分。", "The outcome is {reason} and has no credits to use."),
            Both("待学分入账后再申请。", "Ask once its credits are posted."),
            reason="deposit_pending",
        ),
        _item(
            "account_not_active",
            Both("学分账户未开立或未处于正常状态。", "There is no active credit account."),
            Both("先开立或恢复学分账户。", "Open the account, or let it be active again."),
        ),
        _item(
            "outcome_credits_used",
            Both(
                "该学习成果共 {credit} 学分，已用、占用或失效 {used}，本次申请 {credits}。",
                "Of the outcome's {credit} credits {used} are used, held or expired; {credits} are asked for.",
            ),
            Both("减少学分或课程。", "Ask for fewer credits or courses."),
            credit=300, used=200, credits=200,
        ),
        _item(
            "course_not_of_rule",
            Both("课程 {course_id} 不在适用的规则中。", "The course {course_id} is none of the rule that applies."),
            Both("从规则所列课程中选择。", "Choose among the rule's courses."),
            course_id="0197a1c2-0000-7000-8000-000000000005",
        ),
        _item(
            "course_named_again",
            Both("课程 {course_id} 重复。", "The course {course_id} is named twice."),
            Both("每门课程只列一次。", "Name each course once."),
            course_id="0197a1c2-0000-7000-8000-000000000005",
        ),
        _item(
            "credit_above_rule",
            Both(
                "该课程申请 {credits} 学分，规则为 {rule_credit}。",
                "{credits} are asked for; the rule gives {rule_credit}.",
            ),
            Both("不超过规则的学分。", "Ask for no more than the rule gives."),
            credits=300, rule_credit=200,
        ),
        _item(
            "certificate_score_unknown",
            Both(
                "规则按证书成绩确定课程成绩，但该证书没有成绩。",
                "The rule enters a grade by the score, and none is known.",
            ),
            Both("由评价组织补报成绩，或由教务处处理。", "Let the organisation send the result."),
        ),
        _item(
            "course_already_passed",
            Both(f"课程已修读合格{_BASIS_ZH}。", f"The course is passed already{_BASIS_EN}."),
            Both("改选未修读或不合格的课程。", "Choose a course that is not yet taken, or failed."),
            **_LIMIT | {"limit_code": "not_passed"},
        ),
        _item(
            "course_replaced_twice",
            Both(f"课程已被替代过，或已在申请中{_BASIS_ZH}。", f"The course was replaced, or is asked for{_BASIS_EN}."),
            Both("改选尚未被替代的课程。", "Choose a course that was not replaced yet."),
            **_LIMIT,
        ),
        _item(
            "limit_exceeded",
            Both(
                f"共 {{credits}} 学分，上限 {{limit}}{_BASIS_ZH}。",
                f"{{credits}} in all, the limit is {{limit}}{_BASIS_EN}.",
            ),
            Both("按上限降低学分。", "Lower the credits to the limit."),
            credits=900, limit=800, **_LIMIT | {"limit_code": "per_certificate"},
        ),
        _item(
            "graduation_credit_unknown",
            Both(
                f"上限为毕业学分的 {{percent}}%，而毕业学分没有登记{_BASIS_ZH}。",
                f"The limit is {{percent}} % of the graduation credits, which nobody says{_BASIS_EN}.",
            ),
            Both("先发布人才培养方案及其毕业学分。", "Put a training plan into force first."),
            percent=50, **_LIMIT | {"limit_code": "share_of_graduation"},
        ),
        _item(
            "double_use",
            Both(
                "同一成果不能被重复使用：{chain}（涉及转换 {conversions}）。",
                "What was used once would be used for itself again: {chain} (conversions {conversions}).",
            ),
            Both("改选不在此链条中的课程或证书。", "Choose a course or certificate outside of the chain."),
            chain="智能财税 → K1 财务会计 → 智能财税", conversions="0197a1c2-0000-7000-8000-000000000009",
        ),
        _item(
            "chain_too_long",
            Both("转换链条过长，无法核实：{chain}。", "The chain is too long to be followed: {chain}."),
            Both("由教务处核实各项转换。", "Let the office look into the conversions."),
            chain="智能财税 → K1 财务会计 → …",
        ),
        _item(
            "conversion_unknown",
            Both("没有这项转换，或不由您办理。", "There is no such conversion, or it is not yours to decide."),
            Both("核对转换编号。", "Check the conversion's id."),
        ),
        _item(
            "conversion_not_due",
            Both(
                "该转换处于 {state}，等待 {awaits}，不能由 {step} 办理。",
                "The conversion is {state} and waits for {awaits}, not for {step}.",
            ),
            Both("重新读取；只办理轮到自己的转换。", "Read it again; decide what waits for you."),
            state="requested", awaits="college", step="registrar",
        ),
        _item(
            "conversion_needs_another",
            Both("学院同意与教务批准须由不同的人办理。", "Who agreed for the college cannot approve for the office."),
            Both("由另一位教务人员批准。", "Let somebody else of the office approve it."),
        ),
        _item(
            "conversion_not_flagged",
            Both("该转换没有待处理的标记。", "The conversion is not flagged."),
            Both("重新读取；只处理有标记的转换。", "Read it again; settle what is flagged."),
        ),
        _item(
            "offset_rule_unknown",
            Both(
                "没有适用于该学生、今日有效的课程抵免考核规则，或不在权限范围内。",
                "No rule in force today lets this student's courses offset an assessment, or it is not yours.",
            ),
            Both("核对学生和规则编号、专业、年级和有效期。", "Check student and rule: programme, entry year, dates."),
        ),
        _item(
            "course_not_passed",
            Both("课程 {course_id} 没有合格成绩。", "The course {course_id} is not passed."),
            Both("课程合格后再申请。", "Ask once the course is passed."),
            course_id="0197a1c2-0000-7000-8000-000000000005",
        ),
        _item(
            "grade_below_least",
            Both("课程成绩 {grade} 低于规则要求的 {least}。", "The grade {grade} is below {least}, the rule's least."),
            Both("成绩达到要求后再申请。", "Ask once the grade is reached."),
            grade="及格", least="良好",
        ),
        _item(
            "grades_not_comparable",
            Both(
                "课程成绩 {grade} 与规则要求的 {least} 不是同一种计分方式。",
                "The grade {grade} and the rule's least {least} are not of one scale.",
            ),
            Both("由教务处按文件更正成绩或修订规则。", "Let the office revise the rule or the grade by a document."),
            grade="86.50", least="良好",
        ),
        _item(
            "offset_counts_unsaid",
            Both(
                "规则没有规定免考部分按多少分计入总分，不能免考。",
                "The rule does not say what the exempt part counts as, so nobody is exempted by it.",
            ),
            Both("由学院修订规则并写明 counts_as_percent。", "Revise the rule and say counts_as_percent."),
        ),
        _item(
            "offset_already",
            Both("该课程已用于抵免此等级，或已在申请中。", "The course offsets this level already, or is asked to."),
            Both("改选其他课程。", "Choose another course."),
        ),
        _item(
            "level_already_held",
            Both("该学生已持有此等级证书。", "The student holds the certificate of this level."),
            Both("无需抵免。", "There is nothing to offset."),
        ),
    )
}  # fmt: skip
errors.know_items(*REFUSALS.values())


def why_refused(code: str, figures: Mapping[str, Any] | None, *, language: Language) -> str:
    """Say in words why an item was refused, with its figures."""
    told = {
        name: format_hundredths(value) if name in _CREDITS and isinstance(value, int) else value
        for name, value in (figures or {}).items()
    }
    return errors.ITEM_CODES[code].detail.said_in(language).format_map(told)


def refused_in_both(code: str, figures: Mapping[str, Any] | None) -> Both:
    """Say in both languages why an item would be refused."""
    return Both(why_refused(code, figures, language=Language.ZH), why_refused(code, figures, language=Language.EN))
