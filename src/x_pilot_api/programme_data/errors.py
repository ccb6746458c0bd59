"""Refusals about the collection of programme data."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class RoundExists(AppError):
    """There is one collection an academic year."""

    code = "collection_round_exists"
    title_zh, title_en = "该学年已开启填报", "The year's collection is there already"
    detail_zh, detail_en = "{academic_year} 学年已有填报批次：{round_id}。", "{academic_year} has one: {round_id}."
    guide = Guide(
        cause=Both("每个学年只有一个填报批次。", "An academic year has one collection."),
        fix=Both("在已有批次上延长截止日期或重新开启。", "Extend the one there is, or open it again."),
        example={"academic_year": "2025-2026", "round_id": "0197a1c2-0000-7000-8000-000000000010"},
    )


class RoundClosed(AppError):
    """A closed collection takes nothing more."""

    code = "collection_round_closed"
    title_zh, title_en = "填报已关闭", "The collection is closed"
    detail_zh, detail_en = "{academic_year} 学年填报已关闭。", "The collection for {academic_year} is closed."
    guide = Guide(
        cause=Both("教务处已关闭该学年的填报。", "The office has closed the year's collection."),
        fix=Both("请教务处重新开启后再填报。", "Ask the office to open it again."),
        example={"academic_year": "2025-2026"},
    )


class FiguresMissing(AppError):
    """What is confirmed has to be whole."""

    code = "programme_figures_missing"
    title_zh, title_en = "数据未填完整", "Figures are missing"
    detail_zh, detail_en = "未填：{missing}。", "Missing: {missing}."
    guide = Guide(
        cause=Both("提交前须填写全部数据。", "All figures are filled in before they are confirmed."),
        fix=Both("补填后再提交。", "Fill them in, then submit."),
        example={"missing": "classes, students"},
    )


class LevelsNotKnown(AppError):
    """A level that is asked for does not exist."""

    code = "programme_levels_unknown"
    title_zh, title_en = "证书等级不存在", "A level does not exist"
    detail_zh, detail_en = "不存在的等级：{level_ids}。", "Unknown levels: {level_ids}."
    guide = Guide(
        cause=Both("填报的证书等级不在目录中。", "A level that is asked for is not in the catalogue."),
        fix=Both("从证书目录中选择等级。", "Choose levels of the catalogue."),
        example={"level_ids": "0197a1c2-0000-7000-8000-000000000011"},
    )


class GrantsUnfit(AppError):
    """The office grants what was asked for, each level once."""

    code = "programme_grants_unfit"
    title_zh, title_en = "批准的等级与申报不符", "What is granted was not asked for"
    detail_zh, detail_en = "不在申报中的等级：{level_ids}。", "Not asked for: {level_ids}."
    guide = Guide(
        cause=Both("批准名额的等级不在该份申报中。", "A quota is granted for a level that the data do not ask for."),
        fix=Both("只对申报中的等级批准名额，或退回补报。", "Grant what was asked for, or send the data back."),
        example={"level_ids": "0197a1c2-0000-7000-8000-000000000011"},
    )
