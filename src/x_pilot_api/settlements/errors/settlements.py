"""Refusals about settlements."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both

_ID = "0197a1c2-0000-7000-8000-000000000001"


class SettlementOpen(AppError):
    """The plan has a settlement that is not agreed to yet, and its figures can be computed anew."""

    code = "settlement_open"
    title_zh, title_en = "该计划已有未确认的结算单", "The plan has a settlement that is not agreed to yet"
    detail_zh = "结算单 {settlement_id}（第 {number} 号）处于 {state}。"
    detail_en = "Settlement {settlement_id}, number {number}, is {state}."
    guide = Guide(
        cause=Both(
            "同一考核计划同时只能有一份未确认的结算单。",
            "A plan has one settlement at a time that is not agreed to.",
        ),
        fix=Both(
            "在该结算单上重新计算，或先由双方确认。",
            "Recompute that settlement, or let both sides agree to it first.",
        ),
        example={"settlement_id": _ID, "number": 1, "state": "proposed"},
    )


class NothingLocked(AppError):
    """No candidate of the plan is locked, so there is nothing to settle."""

    code = "nothing_locked"
    title_zh, title_en = "该计划没有已锁定的考生", "No candidate of the plan is locked"
    detail_zh, detail_en = "考核计划 {plan_code} 尚无已锁定的报名。", "Plan {plan_code} has no locked registration."
    guide = Guide(
        cause=Both(
            "结算以锁定的考生名单为依据，该计划尚未锁定。",
            "A settlement rests on the locked candidates, and the plan has none.",
        ),
        fix=Both("先锁定考生名单。", "Lock the plan's candidates first."),
        example={"plan_code": "2026-1"},
    )


class NothingToAdjust(AppError):
    """Nothing has changed since both sides agreed."""

    code = "nothing_to_adjust"
    title_zh, title_en = "确认之后没有变化", "Nothing has changed since it was agreed to"
    detail_zh = "自第 {number} 号结算单确认以来，没有任何考生的金额或考核情况变化。"
    detail_en = "Since settlement number {number} was agreed to, no candidate's amount or attendance has changed."
    guide = Guide(
        cause=Both(
            "调整结算单只列确认之后发生的变化。",
            "An adjustment settles what has changed since the agreement.",
        ),
        fix=Both("无需调整。", "There is nothing to do."),
        example={"number": 1},
    )


class SettlementChanged(AppError):
    """The figures agreed to are no longer the settlement's."""

    code = "settlement_changed"
    title_zh, title_en = "结算内容已变化", "The settlement says something else now"
    detail_zh = "所确认的内容摘要为 {agreed_hash}，当前为 {content_hash}。"
    detail_en = "Agreed was to {agreed_hash}, and it is {content_hash} now."
    guide = Guide(
        cause=Both("在您读取之后，结算单已重新计算。", "The settlement was computed anew after you read it."),
        fix=Both(
            "重新读取结算单，核对后再确认。",
            "Read the settlement again, check it, and agree to what it says now.",
        ),
        example={"agreed_hash": "a" * 64, "content_hash": "b" * 64},
    )


class NotASettlingParty(AppError):
    """Somebody agrees who speaks for neither side."""

    code = "not_a_settling_party"
    status = 403
    title_zh, title_en = "不是结算的任何一方", "You speak for neither side of the settlement"
    guide = Guide(
        cause=Both(
            "结算由院校与评价组织双方确认。",
            "A settlement is agreed to by the institution and by the organisation.",
        ),
        fix=Both("请由院校教务处或评价组织人员确认。", "Let the institution's office or the organisation agree."),
    )


class SameSettler(AppError):
    """One person would agree for both sides."""

    code = "same_settler"
    title_zh, title_en = "不能由同一人代表双方确认", "One person cannot agree for both sides"
    guide = Guide(
        cause=Both("您已代表另一方确认了该结算单。", "You have agreed to it for the other side."),
        fix=Both("请由另一人确认。", "Let somebody else agree for this side."),
    )


class PaidInFuture(AppError):
    """A payment is recorded for a day that has not come."""

    code = "paid_in_future"
    title_zh, title_en = "付款日期在未来", "The payment is dated in the future"
    detail_zh, detail_en = "付款日期 {paid_on}，今天是 {today}。", "Paid on {paid_on}, and today is {today}."
    guide = Guide(
        cause=Both("付款凭证的日期不能晚于今天。", "A payment's document cannot be dated after today."),
        fix=Both("核对付款凭证上的日期。", "Check the date on the payment's document."),
        example={"paid_on": "2026-12-01", "today": "2026-11-28"},
    )
