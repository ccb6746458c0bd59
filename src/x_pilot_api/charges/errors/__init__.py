"""Refusals about charges and payments, each with the figures it rests on."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both

_ID = "0197a1c2-0000-7000-8000-000000000001"


class BeyondWhatIsOwed(AppError):
    """More would be paid or let off than the charge still owes."""

    code = "beyond_what_is_owed"
    title_zh, title_en = "金额超过应缴余额", "It is more than is still owed"
    detail_zh = "金额 {amount_fen} 分，收费 {charge_id} 尚欠 {open_fen} 分。"
    detail_en = "{amount_fen} fen is more than the {open_fen} fen that the charge {charge_id} still owes."
    guide = Guide(
        cause=Both(
            "缴费、减免和资助合计不得超过收费金额；可能有人已先一步办理。",
            "What is paid, waived and subsidised never exceeds the charge; perhaps somebody was quicker.",
        ),
        fix=Both("重新读取收费，按 open_fen 以内的金额办理。", "Read the charge again, and name at most its open_fen."),
        example={"charge_id": _ID, "amount_fen": 41500, "open_fen": 20000},
    )


class RefundBeyondWhatWasPaid(AppError):
    """More would be given back than was paid and not given back yet."""

    code = "refund_beyond_what_was_paid"
    title_zh, title_en = "退费超过已缴金额", "It is more than was paid"
    detail_zh = "退费 {amount_fen} 分，收费 {charge_id} 已缴 {paid_fen} 分、已退 {refunded_fen} 分。"
    detail_en = "{amount_fen} fen of the charge {charge_id}, which was paid {paid_fen} and given back {refunded_fen}."
    guide = Guide(
        cause=Both("退费合计不得超过已缴金额。", "What is given back never exceeds what was paid."),
        fix=Both(
            "重新读取收费，核对已缴与已退后再办理。", "Read the charge again: what was paid less what was given back."
        ),
        example={"charge_id": _ID, "amount_fen": 41500, "paid_fen": 41500, "refunded_fen": 41500},
    )


class SecondPersonConfirms(AppError):
    """Whoever recorded a payment does not confirm it."""

    code = "payment_second_person"
    title_zh, title_en = "须由他人确认", "Another person has to decide"
    detail_zh = "凭证由本人登记，须由另一人确认或退回。"
    detail_en = "You recorded this voucher; somebody else has to confirm or reject it."
    guide = Guide(
        cause=Both("资金凭证由两人办理。", "A voucher of money takes two persons."),
        fix=Both("请另一位有权限的人员办理。", "Ask somebody else who may."),
        example={},
    )


class PaidInTheFuture(AppError):
    """A voucher says that money came on a day that is still to come."""

    code = "paid_in_the_future"
    title_zh, title_en = "缴费日期尚未到来", "The day of payment is still to come"
    detail_zh = "缴费日期 {paid_on} 晚于今天 {today}。"
    detail_en = "It was paid on {paid_on}, and today is {today}."
    guide = Guide(
        cause=Both("凭证上的缴费日期不能晚于今天。", "A voucher is of a payment that has come."),
        fix=Both("核对凭证日期。", "Look at the voucher's date."),
        example={"paid_on": "2027-01-01", "today": "2026-11-28"},
    )


class VoucherKnown(AppError):
    """The document was recorded on this charge before."""

    code = "voucher_known"
    title_zh, title_en = "该凭证已登记", "The document was recorded before"
    detail_zh = "凭证 {document_number} 已在此收费上登记。"
    detail_en = "The document {document_number} was recorded on this charge before."
    guide = Guide(
        cause=Both("同一凭证在同一收费上只登记一次。", "A document counts once on a charge."),
        fix=Both("核对凭证号；部分缴费请使用各自的凭证。", "Look at the number; a part payment has one of its own."),
        example={"document_number": "收据2026-001"},
    )


class RuleOverlaps(AppError):
    """A rule for the same level and college, or the same group and day, is there already."""

    code = "payment_rule_overlaps"
    title_zh, title_en = "同一期间已有规则", "There is a rule for some of these days"
    detail_zh = "{from_on} 起的同一范围已有规则。"
    detail_en = "From {from_on} on there is a rule for the same already."
    guide = Guide(
        cause=Both("同一范围的规则在同一天只有一条。", "Of the same scope one rule holds on a day."),
        fix=Both("把新规则的起始日定在已有规则的截止日。", "Let the new rule begin where the one there is ends."),
        example={"from_on": "2026-01-01"},
    )


class GuaranteeNotAffected(AppError):
    """The registration neither holds the attempt nor counted an absence against it."""

    code = "guarantee_not_affected"
    title_zh, title_en = "该报名未占用保障性考核机会", "The registration has not touched the guaranteed attempt"
    detail_zh = "报名 {registration_id} 没有占用或消耗该生的保障性考核机会。"
    detail_en = "Nothing became of the student's guaranteed attempt through the registration {registration_id}."
    guide = Guide(
        cause=Both(
            "只有占用、使用过该机会或计了缺考的报名可以恢复；可能已经恢复。",
            "Only a registration that reserved or used it, or counted an absence, gives it back; perhaps it did.",
        ),
        fix=Both(
            "重新读取该生的保障性考核机会，从其记录中选择报名。", "Read the guarantee, and name one of its events'."
        ),
        example={"registration_id": _ID},
    )


class GatewayOff(AppError):
    """No payment gateway is set up here."""

    code = "payment_gateway_off"
    title_zh, title_en = "未启用支付网关", "No payment gateway is set up"
    detail_zh = "本系统未配置支付网关；请通过财务凭证缴费。"
    detail_en = "This installation has no payment gateway; payments come by the finance office's vouchers."
    guide = Guide(
        cause=Both("没有配置支付网关的密钥。", "The gateway's key is not configured."),
        fix=Both("由运维配置后再试，或登记缴费凭证。", "Have it configured, or record a voucher."),
        example={},
    )


class CallbackUnsigned(AppError):
    """A callback's signature does not fit its body."""

    code = "payment_callback_unsigned"
    status = 401
    title_zh, title_en = "回调签名无效", "The callback's signature does not fit"
    detail_zh = "签名与内容不符，未作任何处理。"
    detail_en = "The signature does not fit the body; nothing was done."
    guide = Guide(
        cause=Both("签名缺失、密钥不同或内容被改动。", "It is missing, of another key, or the body was changed."),
        fix=Both("按文档用约定密钥对原始内容签名。", "Sign the very bytes of the body with the key agreed on."),
        example={},
    )


class CallbackSettled(AppError):
    """The callback was applied, or the desk has settled it."""

    code = "payment_callback_settled"
    title_zh, title_en = "该回调无待办事项", "There is nothing to settle about the callback"
    detail_zh = "回调 {event_id} 已处理。"
    detail_en = "The callback {event_id} was dealt with."
    guide = Guide(
        cause=Both("只有未能入账且未处理的回调可以处理。", "Only a kept callback is settled, and once."),
        fix=Both("重新读取列表。", "Read the list again."),
        example={"event_id": "evt-1"},
    )
