"""Refusals about ceilings and fee standards, each with the amounts and dates it rests on."""

from x_pilot_api.core.errors import AppError


class CeilingOverlaps(AppError):
    """A ceiling for the same exams is in force on some of the same days, and ceilings never change."""

    code = "ceiling_overlaps"
    title_zh, title_en = "同一期间已有考核费用上限", "There is a ceiling for some of these days"
    detail_zh = "已有上限 {ceiling_id}：{amount_fen} 分，文号 {document_number}，生效期 {period}（不含截止日）。"
    detail_en = "Ceiling {ceiling_id} of {amount_fen} fen ({document_number}) is in force {period}, end excluded."


class CeilingMissing(AppError):
    """No ceiling is in force, and without one no fee may be set."""

    code = "ceiling_missing"
    title_zh, title_en = "没有适用的考核费用上限", "There is no ceiling to measure the fee against"
    detail_zh = "{on} 没有适用于考核形式 {exam_form}、等级 {level}、类别 {category} 的考核费用上限，请先登记上限文件。"
    detail_en = (
        "On {on} no ceiling is in force for exam form {exam_form}, level {level}, category {category}: "
        "the platform operator has to issue one first."
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


class FeeStandardOverlaps(AppError):
    """The institution has a fee standard for the level and exam form on some of the same days."""

    code = "fee_standard_overlaps"
    title_zh, title_en = "同一期间已有考核费用标准", "There is a fee standard for some of these days"
    detail_zh = "已有考核费用标准 {standard_id}：{fee_fen} 分，状态 {state}，期间 {period}（不含截止日）。"
    detail_en = "Fee standard {standard_id} of {fee_fen} fen ({state}) covers {period}, end excluded."
