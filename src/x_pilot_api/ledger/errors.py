"""Refusals of the book."""

from x_pilot_api.core.errors import AppError


class BalanceTooLow(AppError):
    """An account has less than is to be taken from it."""

    code = "balance_too_low"
    title_zh, title_en = "账户余额不足", "The account does not hold enough"
    detail_zh = "账户 {account_id} 尚缺 {missing}（最小单位）。"
    detail_en = "Account {account_id} lacks {missing} of its smallest unit."
