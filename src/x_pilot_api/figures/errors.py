"""Refusals about figures."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class FigureUnknown(AppError):
    """A code, or a version of it, names no figure."""

    code = "figure_unknown"
    title_zh, title_en = "指标不存在", "There is no such figure"
    detail_zh, detail_en = "没有这些指标：{codes}。", "Not figures of the catalogue: {codes}."
    guide = Guide(
        cause=Both("所请求的指标代码或版本不在指标目录中。", "The code or its version is not in the catalogue."),
        fix=Both("从指标目录中选择代码。", "Choose codes of the catalogue of figures."),
        example={"codes": "pass_rate"},
    )
