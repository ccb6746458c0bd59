"""Refusals about certificate numbers."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class NumberTaken(AppError):
    """Another certificate of the organisation bears the number."""

    code = "award_number_taken"
    title_zh, title_en = "证书编号已被使用", "The certificate number is taken"
    detail_zh = "编号 {number} 已属于本机构的另一张证书。"
    detail_en = "Another certificate of the organisation bears the number {number}."
    guide = Guide(
        cause=Both(
            "同一评价组织在同一院校内的证书编号唯一，该编号已属于另一张证书。",
            "An organisation's number is borne by one certificate within an institution, and another one bears this.",
        ),
        fix=Both("核对编号，或留空由编号规则生成。", "Check the number, or leave it out and let the pattern give one."),
        example={"number": "ZS-2026-1"},
    )


class SerialsExhausted(AppError):
    """The pattern's serial has no digits left."""

    code = "serials_exhausted"
    title_zh, title_en = "流水号已用尽", "The pattern has no serials left"
    detail_zh = "编号规则 {pattern} 的流水号已到 {last_serial}，不能再生成 {wanted} 个编号。"
    detail_en = "The serial of the pattern {pattern} stands at {last_serial}; {wanted} more do not fit."
    guide = Guide(
        cause=Both("编号规则的流水号位数不足。", "The pattern's serial has too few digits for so many certificates."),
        fix=Both("发布流水号位数更多的新版编号规则。", "Set a new version of the pattern with a longer serial."),
        example={"pattern": "JS{year}{serial:3}", "last_serial": 999, "wanted": 1},
    )
