"""Refusals about ceilings, and of fees they do not allow, each with the amounts and dates it rests on."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class CeilingOverlaps(AppError):
    """A ceiling for the same exams is in force on some of the same days, and ceilings never change."""

    code = "ceiling_overlaps"
    title_zh, title_en = "同一期间已有考核费用上限", "There is a ceiling for some of these days"
    detail_zh = "已有上限 {ceiling_id}：{amount_fen} 分，文号 {document_number}，生效期 {period}（不含截止日）。"
    detail_en = "Ceiling {ceiling_id} of {amount_fen} fen ({document_number}) is in force {period}, end excluded."
    guide = Guide(
        cause=Both(
            "同一考核形式、等级和类别在部分日期已有上限，而上限文件不可更改。",
            "A ceiling for the same form, level and category covers some of the days, and ceilings never change.",
        ),
        fix=Both(
            "把新上限的起始日定在已有上限的截止日。",
            "Let the new ceiling begin where the one there is ends.",
        ),
        example={
            "ceiling_id": "0197a1c2-0000-7000-8000-000000000001",
            "document_number": "教财〔2026〕1号",
            "amount_fen": 50300,
            "period": "2026-01-01 – 2027-01-01",
        },
    )


class CeilingMissing(AppError):
    """No ceiling is in force, and without one no fee may be set."""

    code = "ceiling_missing"
    title_zh, title_en = "没有适用的考核费用上限", "There is no ceiling to measure the fee against"
    detail_zh = "{on} 没有适用于考核形式 {exam_form}、等级 {level}、类别 {category} 的考核费用上限，请先登记上限文件。"
    detail_en = (
        "On {on} no ceiling is in force for exam form {exam_form}, level {level}, category {category}: "
        "the platform operator has to issue one first."
    )
    guide = Guide(
        cause=Both(
            "没有可供对照的上限文件，因此不能设定费用标准。",
            "There is no ceiling to measure the fee against, so no fee can be set.",
        ),
        fix=Both(
            "请平台管理员先登记适用的上限文件。",
            "Ask the platform operator to issue the ceiling that applies.",
        ),
        example={"on": "2026-03-01", "exam_form": "computer", "level": "1", "category": "-"},
    )


class CeilingExceeded(AppError):
    """The fee is above the ceiling that applies on some day of its period."""

    code = "ceiling_exceeded"
    title_zh, title_en = "考核费用标准高于考核费用上限", "The fee is above the ceiling"
    detail_zh = (
        "考核费用标准 {fee_fen} 分，高于 {on} 适用的上限 {ceiling_fen} 分"
        "（上限 {ceiling_id}，文号 {document_number}）。"
    )
    detail_en = (
        "The fee of {fee_fen} fen is above the {ceiling_fen} fen that apply on {on} "
        "(ceiling {ceiling_id}, {document_number})."
    )
    guide = Guide(
        cause=Both(
            "费用标准高于期间内某一天适用的上限。",
            "The fee is above the ceiling that applies on some day of its period.",
        ),
        fix=Both(
            "把费用降到上限以内，或缩短期间。",
            "Lower the fee to the ceiling, or shorten the period.",
        ),
        example={
            "ceiling_id": "0197a1c2-0000-7000-8000-000000000001",
            "document_number": "教财〔2026〕1号",
            "fee_fen": 60000,
            "on": "2026-03-01",
            "ceiling_fen": 50300,
        },
    )


class CeilingEndsEarlier(AppError):
    """The ceiling that applies on the first day does not last as long as the fee standard is to."""

    code = "ceiling_ends_earlier"
    title_zh, title_en = "考核费用上限先于考核费用标准到期", "The ceiling ends before the fee standard does"
    detail_zh = (
        "上限 {ceiling_id}（{ceiling_fen} 分，文号 {document_number}）生效期 {ceiling_period}，"
        "不能覆盖考核费用标准的 {standard_period}（均不含截止日）。"
    )
    detail_en = (
        "Ceiling {ceiling_id} ({ceiling_fen} fen, {document_number}) is in force {ceiling_period} "
        "and does not cover the fee standard's {standard_period}, ends excluded."
    )
    guide = Guide(
        cause=Both(
            "首日适用的上限在费用标准结束之前到期。",
            "The ceiling of the first day ends before the fee standard is to end.",
        ),
        fix=Both(
            "让费用标准在上限到期日结束，之后另立标准。",
            "End the fee standard with the ceiling, and set another one after it.",
        ),
        example={
            "ceiling_id": "0197a1c2-0000-7000-8000-000000000001",
            "document_number": "教财〔2026〕1号",
            "ceiling_fen": 50300,
            "ceiling_period": "2026-01-01 – 2027-01-01",
            "standard_period": "2026-06-01 – 2027-06-01",
        },
    )
