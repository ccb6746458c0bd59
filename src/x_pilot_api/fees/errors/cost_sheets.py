"""Refusals about cost sheets."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class CostSheetOpen(AppError):
    """One version of a sheet is open at a time."""

    code = "cost_sheet_open"
    title_zh, title_en = "已有未完成的成本核算表", "A version of this cost sheet is open"
    detail_zh = "同一学院、证书等级、考核形式和年度已有核算表 {cost_sheet_id}（第 {version} 版，状态 {state}）。"
    detail_en = "Sheet {cost_sheet_id} for the same college, level, form and year is version {version} and {state}."
    guide = Guide(
        cause=Both("上一版尚未通过，不能另立新版。", "The version before is not accepted yet."),
        fix=Both("继续修改该表，或等其通过后再立新版。", "Go on with that one, or wait until it is accepted."),
        example={"cost_sheet_id": "0197a1c2-0000-7000-8000-000000000003", "version": 1, "state": "draft"},
    )


class CostSheetBreaches(AppError):
    """A sheet that goes against a published rule is not submitted."""

    code = "cost_sheet_breaches"
    title_zh, title_en = "成本核算表不符合规定", "The cost sheet goes against published rules"
    detail_zh, detail_en = "有 {breaches} 处不符合规定，见 errors。", "{breaches} findings are breaches; see errors."
    guide = Guide(
        cause=Both("核算表中有不符合成本规定的行。", "Lines of the sheet go against the rules on costs."),
        fix=Both("按每条所引条款改正后再提交。", "Correct them by the clauses they name, and submit again."),
        example={"breaches": 2},
    )


class CostSheetEmpty(AppError):
    """A sheet without lines says nothing."""

    code = "cost_sheet_empty"
    title_zh, title_en = "成本核算表没有明细", "The cost sheet has no lines"
    guide = Guide(
        cause=Both("没有任何成本明细。", "There is no line in it."),
        fix=Both("录入或导入明细后再提交。", "Enter or load its lines first."),
    )


class CostSheetSecondPersonNeeded(AppError):
    """Who submitted a sheet does not decide on it."""

    code = "cost_sheet_second_person_needed"
    title_zh, title_en = "需要另一人审核", "A second person is needed"
    guide = Guide(
        cause=Both("提交人不能审核自己提交的核算表。", "Nobody decides on a sheet they submitted."),
        fix=Both("请另一位有权限的人员审核。", "Let another person with the permission decide."),
    )


class CostChangeLimitKnown(AppError):
    """A limit from that day on is there, and what was loaded stays."""

    code = "cost_change_limit_known"
    title_zh, title_en = "该日起已有变动幅度", "There is a limit from that day on"
    detail_zh = "自 {effective_from} 起已有变动幅度 {percent}%（{document_number}）。"
    detail_en = "From {effective_from} on the limit is {percent} % ({document_number})."
    guide = Guide(
        cause=Both("同一日期起只能有一个变动幅度。", "One limit begins on a day."),
        fix=Both("以另一日期登记新的幅度。", "Load another one from another day on."),
        example={"effective_from": "2026-01-01", "percent": 20, "document_number": "文1"},
    )
