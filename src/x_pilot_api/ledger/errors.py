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
