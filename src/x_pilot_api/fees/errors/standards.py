"""Refusals about fee standards."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class FeeStandardOverlaps(AppError):
    """The institution has a fee standard for the level and exam form on some of the same days."""

    code = "fee_standard_overlaps"
    title_zh, title_en = "同一期间已有考核费用标准", "There is a fee standard for some of these days"
    detail_zh = "已有考核费用标准 {standard_id}：{fee_fen} 分，状态 {state}，期间 {period}（不含截止日）。"
    detail_en = "Fee standard {standard_id} of {fee_fen} fen ({state}) covers {period}, end excluded."
    guide = Guide(
        cause=Both(
            "院校对该等级和考核形式在部分日期已有费用标准。",
            "The institution has a fee standard for the level and form on some of the days.",
        ),
        fix=Both(
            "让新标准从已有标准的截止日开始。",
            "Let the new standard begin where the one there is ends.",
        ),
        example={
            "standard_id": "0197a1c2-0000-7000-8000-000000000002",
            "fee_fen": 45000,
            "state": "proposed",
            "period": "2026-01-01 – 2027-01-01",
        },
    )


class FeeNeedsTheOtherSide(AppError):
    """One side proposes a fee and takes it back; the other one agrees or refuses."""

    code = "fee_needs_the_other_side"
    status = 403
    title_zh, title_en = "应由另一方处理", "It is for the other side"
    detail_zh = (
        "该考核费用标准由 {side} 方提出（organisation：评价组织；institution：院校）："
        "提出方可以撤回，另一方同意或不同意；院校一方由二级学院作答。"
    )
    detail_en = (
        "The fee was proposed by the {side}: that side may withdraw it, and the other one agrees or refuses; "
        "for an institution a college does."
    )
    guide = Guide(
        cause=Both(
            "提出方不能同意自己提出的标准，对方也不能代为撤回；教务处负责审批，不代替二级学院同意。",
            "Nobody agrees to their own side's proposal or withdraws the other's; the office approves and does not "
            "agree for a college.",
        ),
        fix=Both("请另一方的人员处理。", "Let somebody of the other side do it."),
        example={"side": "organisation"},
    )


class FeeSecondPersonNeeded(AppError):
    """Who proposed a fee or agreed to it does not decide on it too."""

    code = "fee_second_person_needed"
    title_zh, title_en = "需要另一人处理", "A second person is needed"
    detail_zh = "提出或同意该标准（当前状态 {state}）的人不能再同意或审批它。"
    detail_en = "Who proposed the fee, now {state}, or agreed to it cannot agree to it or approve it too."
    guide = Guide(
        cause=Both("提出、同意与审批须是三个人。", "Proposing, agreeing and approving are three people's."),
        fix=Both("请另一位有权限的人员处理。", "Let another person with the permission do it."),
        example={"state": "agreed"},
    )


class FeeBeginsInThePast(AppError):
    """A successor would change which fee was in force on days that are over."""

    code = "fee_begins_in_the_past"
    title_zh, title_en = "新标准不能追溯替代", "A successor cannot begin in the past"
    detail_zh = "生效日 {effective_from} 早于今天 {today}，而标准 {standard_id}（{fee_fen} 分）在这些日子已生效。"
    detail_en = (
        "It begins on {effective_from}, before {today}, on days when {standard_id} ({fee_fen} fen) was in force."
    )
    guide = Guide(
        cause=Both("已经过去的日子的收费依据不能改变。", "What was in force on days that are over stays so."),
        fix=Both("撤回后以今天或以后的生效日重新提出。", "Withdraw it, and propose it from today or a later day on."),
        example={
            "effective_from": "2026-01-01",
            "today": "2026-03-01",
            "standard_id": "0197a1c2-0000-7000-8000-000000000002",
            "fee_fen": 45000,
        },
    )


class FeeSuccessorEndsEarlier(AppError):
    """A successor would leave days without a fee that have one now."""

    code = "fee_successor_ends_earlier"
    title_zh, title_en = "新标准先于被替代的标准到期", "The successor ends before the fee it supersedes"
    detail_zh = (
        "标准 {standard_id}（{fee_fen} 分）生效期 {standard_period}，新标准 {successor_period}：其后将没有费用标准。"
    )
    detail_en = (
        "Fee standard {standard_id} of {fee_fen} fen is in force {standard_period}, its successor {successor_period}: "
        "the days after it would have no fee."
    )
    guide = Guide(
        cause=Both("替代不得留下没有费用标准的日子。", "Superseding leaves no day without a fee that had one."),
        fix=Both("让新标准至少与被替代的标准同时到期。", "Let the successor last at least as long."),
        example={
            "standard_id": "0197a1c2-0000-7000-8000-000000000002",
            "fee_fen": 45000,
            "standard_period": "2026-01-01/..",
            "successor_period": "2026-06-01/2026-09-01",
        },
    )


class CostSheetUnfit(AppError):
    """A fee rests on an accepted cost sheet of the same institution, level and exam form."""

    code = "cost_sheet_unfit"
    title_zh, title_en = "该成本核算表不能作为依据", "The fee cannot rest on this cost sheet"
    detail_zh = "成本核算表 {cost_sheet_id} 状态 {state}；须为同一院校、证书等级和考核形式且已通过。"
    detail_en = "Cost sheet {cost_sheet_id} is {state}; it has to be accepted, and for the same level and form."
    guide = Guide(
        cause=Both(
            "核算表未通过，或属于其他院校、证书等级或考核形式。",
            "The sheet is not accepted, or is another institution's, level's or form's.",
        ),
        fix=Both("选择已通过的同类核算表，或不填。", "Name an accepted sheet that fits, or none."),
        example={"cost_sheet_id": "0197a1c2-0000-7000-8000-000000000003", "state": "draft"},
    )
