"""Refusals of the book."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class BalanceTooLow(AppError):
    """An account has less than is to be taken from it."""

    code = "balance_too_low"
    title_zh, title_en = "账户余额不足", "The account does not hold enough"
    detail_zh = "账户 {account_id} 尚缺 {missing}（最小单位）。"
    detail_en = "Account {account_id} lacks {missing} of its smallest unit."
    guide = Guide(
        cause=Both(
            "要扣减的数量多于账户现有的可用余额；没有任何一笔入账。",
            "More would be taken than the account has available; nothing was posted.",
        ),
        fix=Both(
            "核对账户余额和待冲回的学分后再办理。",
            "Look at the account's balance and what is to be taken back, then try again.",
        ),
        example={"account_id": "0197a1c2-0000-7000-8000-000000000003", "missing": 100},
    )


class TransferResolved(AppError):
    """A pending transfer was posted, voided or timed out before; it ends only once."""

    code = "transfer_resolved"
    title_zh, title_en = "待定的转账已经了结", "The pending transfer has ended already"
    detail_zh = "转账 {transfer_id} 已于 {ended_at} 了结（{phase}）。"
    detail_en = "The transfer {transfer_id} ended at {ended_at} ({phase})."
    guide = Guide(
        cause=Both(
            "该笔待定转账已入账、作废或到期，可能有人已先一步处理；没有任何一笔入账。",
            "It was posted, voided or timed out before; perhaps somebody was quicker. Nothing was posted.",
        ),
        fix=Both("重新读取后再办理。", "Read again how it stands, then go on from there."),
        example={
            "transfer_id": "0197a1c2-0000-7000-8000-000000000004",
            "phase": "post",
            "ended_at": "2026-11-28T10:00:00+00:00",
        },
    )
