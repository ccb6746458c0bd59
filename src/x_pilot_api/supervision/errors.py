"""Refusals about supervision."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class CollegeSchemeMissing(AppError):
    """A year is assessed by a scheme that is in force for it."""

    code = "college_scheme_missing"
    title_zh, title_en = "该年度没有生效的考核方案", "No scheme is in force for the year"
    detail_zh = "{year} 年没有生效的考核方案。"
    detail_en = "No scheme is in force for {year}."
    guide = Guide(
        cause=Both(
            "指标、权重和目标值由学校发文确定，系统不设默认值。",
            "Indicators, weights and targets are the institution's own; there are none by default.",
        ),
        fix=Both("先起草并启用适用于该年度的考核方案。", "Draw a scheme up and put it in force for that year first."),
        example={"year": 2026},
    )


class WeightsNotWhole(AppError):
    """Weights of a scheme add up to a hundred points."""

    code = "indicator_weights_not_whole"
    title_zh, title_en = "权重合计不等于 100", "The weights do not add up to a hundred"
    detail_zh = "权重合计为 {total}，应为 {whole}。"
    detail_en = "They add up to {total}; they must add up to {whole}."
    guide = Guide(
        cause=Both(
            "各指标权重为整数分，合计须恰为 100。", "Weights are whole points that add up to exactly a hundred."
        ),
        fix=Both("调整权重后再保存。", "Change the weights, then save again."),
        example={"total": 95, "whole": 100},
    )


class IndicatorIsNoRatio(AppError):
    """An indicator is a ratio with something below the line."""

    code = "indicator_is_no_ratio"
    title_zh, title_en = "该指标没有分母", "The figure has no denominator"
    detail_zh = "指标 {figure} 只是计数，不能与目标比率比较。"
    detail_en = "{figure} is a plain count, which no target ratio can be held to."
    guide = Guide(
        cause=Both("考核指标须有分子和分母。", "An indicator of the assessment has a numerator and a denominator."),
        fix=Both(
            "选择比率类指标，或改为由学院填报分子分母的指标。",
            "Choose a figure that is a ratio, or let colleges state both sides.",
        ),
        example={"figure": "awards_issued"},
    )


class SchemeTooEarly(AppError):
    """A version comes into force for years that are not open, after the one it follows."""

    code = "college_scheme_too_early"
    title_zh, title_en = "方案的起始年度过早", "The scheme would hold too early"
    detail_zh = "起始年度 {first_year}；现行方案自 {current} 年起；已开启的年度：{opened}。"
    detail_en = "It would hold from {first_year}; the one in force holds from {current}; years open: {opened}."
    guide = Guide(
        cause=Both(
            "已开启的年度按开启时的方案考核，不再改变；新方案不能早于现行方案。",
            "A year keeps the scheme it was opened with, and a version does not hold before the one it follows.",
        ),
        fix=Both("把起始年度改为之后的年度。", "Let it hold from a later year."),
        example={"first_year": 2026, "current": 2026, "opened": "2026"},
    )


class DraftExists(AppError):
    """One version of the scheme is being written at a time."""

    code = "college_scheme_draft_exists"
    title_zh, title_en = "已有方案草稿", "There is a draft already"
    guide = Guide(
        cause=Both("同一时间只起草一个版本。", "One version is drawn up at a time."),
        fix=Both("修改已有草稿。", "Change the draft there is."),
    )


class ClosesBeforeYear(AppError):
    """Figures of a year close after it began."""

    code = "assessment_closes_before_year"
    title_zh, title_en = "数据截止早于年度开始", "The figures would close before the year begins"
    detail_zh = "{year} 年的数据不能截止于 {closes_at}。"
    detail_en = "Figures of {year} cannot close at {closes_at}."
    guide = Guide(
        cause=Both("数据截止时刻须在该年度开始之后。", "The closing instant is after the year began."),
        fix=Both("更正截止时刻，或不填以年末为准。", "Give a later instant, or none for the end of the year."),
        example={"year": 2026, "closes_at": "2025-12-01T00:00:00+08:00"},
    )


class YearNotOpened(AppError):
    """There is no such year here."""

    code = "assessment_year_not_opened"
    status = 404
    title_zh, title_en = "该年度尚未开启考核", "The year is not opened"
    detail_zh = "{year} 年尚未开启考核。"
    detail_en = "{year} was not opened."
    guide = Guide(
        cause=Both("教务处尚未开启该年度的考核。", "The office has not opened that year."),
        fix=Both("核对年度，或由教务处开启。", "Check the year, or have the office open it."),
        example={"year": 2026},
    )


class AssessmentNotClosed(AppError):
    """Figures are frozen only when the instant they are computed as of has come."""

    code = "college_assessment_not_closed"
    title_zh, title_en = "数据尚未截止", "The figures are not closed yet"
    detail_zh = "数据于 {closes_at} 截止，之后方可提交。"
    detail_en = "They close at {closes_at}; submit it then."
    guide = Guide(
        cause=Both("考核数据以截止时刻为准。", "Its figures are as of their closing instant."),
        fix=Both("截止后再提交；自评文字可以先填写。", "Submit it afterwards; words can be written before."),
        example={"closes_at": "2027-01-01T00:00:00+08:00"},
    )


class StatementMissing(AppError):
    """What a college states itself is stated with evidence before it submits."""

    code = "college_statement_missing"
    title_zh, title_en = "有自报指标未填写", "Indicators are not stated"
    detail_zh = "未填写分子、分母或佐证：{indicators}。"
    detail_en = "Without figures or evidence: {indicators}."
    guide = Guide(
        cause=Both(
            "由学院填报的指标须有分子、分母和佐证说明。", "What the college states itself has both sides and evidence."
        ),
        fix=Both("填写后再提交。", "State them, then submit."),
        example={"indicators": "team"},
    )


class StatementUnfit(AppError):
    """What the service counts is not stated by the college."""

    code = "college_statement_unfit"
    title_zh, title_en = "该指标由系统统计", "The service counts this"
    detail_zh = "由系统统计、不能填报数值：{indicators}。"
    detail_en = "Counted by the service, not stated: {indicators}."
    guide = Guide(
        cause=Both(
            "指标目录中的指标由系统按登记数据统计。", "Figures of the catalogue are counted from what is recorded."
        ),
        fix=Both(
            "只填写说明文字；数据有误的，在登记处更正。",
            "Write words only; what is wrong is put right where it was recorded.",
        ),
        example={"indicators": "pass"},
    )


class AdjustmentUnfit(AppError):
    """The office adjusts what a college stated, never what was counted."""

    code = "college_adjustment_unfit"
    title_zh, title_en = "该指标不能调整", "This cannot be adjusted"
    detail_zh = "只有学院自报的指标可以调整：{indicators}。"
    detail_en = "Only what a college states itself is adjusted: {indicators}."
    guide = Guide(
        cause=Both("由系统统计的指标不能在审核时改动。", "What the service counted is not changed in a review."),
        fix=Both("退回学院，在登记处更正数据。", "Send it back and have the records put right."),
        example={"indicators": "pass"},
    )


class IndicatorUnknown(AppError):
    """Words and figures are about indicators of the scheme."""

    code = "college_indicator_unknown"
    title_zh, title_en = "指标不存在", "There is no such indicator"
    detail_zh = "考核方案中没有这些指标：{indicators}。"
    detail_en = "Not indicators of the scheme: {indicators}."
    guide = Guide(
        cause=Both("该年度的考核方案中没有这个代码。", "The year's scheme has no such code."),
        fix=Both("重新读取考核，按其指标填写。", "Read the assessment again and use its codes."),
        example={"indicators": "team"},
    )


class IndicatorHasNoRows(AppError):
    """Rows are listed of what the service counts."""

    code = "college_indicator_has_no_rows"
    status = 404
    title_zh, title_en = "该指标没有明细", "The indicator has no rows"
    detail_zh = "指标 {indicator} 由学院填报，佐证见其说明。"
    detail_en = "{indicator} is stated by the college; its evidence is in its words."
    guide = Guide(
        cause=Both("自报指标没有系统明细。", "What a college states has no rows here."),
        fix=Both("查看该指标的佐证说明。", "Read the evidence."),
        example={"indicator": "team"},
    )


class OwnAssessment(AppError):
    """Who assesses a college for itself does not review it."""

    code = "own_college_assessment"
    status = 403
    title_zh, title_en = "不能审核自己提交的自评", "One's own self-assessment is another's to review"
    guide = Guide(
        cause=Both("自评与审核须由两人分别完成。", "Two persons assess and review."),
        fix=Both("请由其他人员审核。", "Have somebody else review it."),
    )


class CollegesNotReviewed(AppError):
    """A ranking needs every college of the year to be reviewed."""

    code = "colleges_not_reviewed"
    title_zh, title_en = "还有学院未审核", "Colleges are not reviewed yet"
    detail_zh = "还有 {count} 个学院未审核：{colleges}。"
    detail_en = "{count} are not reviewed yet: {colleges}."
    guide = Guide(
        cause=Both("排名须在全部学院审核完成后发布。", "A ranking is published once all are reviewed."),
        fix=Both("完成这些学院的审核后再发布。", "Review those, then publish."),
        example={"count": 1, "colleges": "会计学院"},
    )


class RankingIsPublished(AppError):
    """What a published ranking rests on does not change."""

    code = "ranking_is_published"
    title_zh, title_en = "排名已发布", "The ranking is published"
    detail_zh = "{year} 年的排名已发布。"
    detail_en = "The ranking of {year} is published."
    guide = Guide(
        cause=Both(
            "排名发布期间，该年度的考核结果不能改动。", "While it is published, the year's assessments do not change."
        ),
        fix=Both("先撤回排名并说明原因。", "Withdraw the ranking first, with the reason."),
        example={"year": 2026},
    )


class RankingNotPublished(AppError):
    """A ranking is shown only where the office published it."""

    code = "ranking_not_published"
    title_zh, title_en = "排名未发布", "The ranking is not published"
    detail_zh = "{year} 年的排名未发布。"
    detail_en = "The ranking of {year} is not published."
    guide = Guide(
        cause=Both("排名是否公布由教务处决定。", "Whether colleges are ranked is the office's to decide."),
        fix=Both("等待发布，或查看本学院的考核结果。", "Wait for it, or read your own college's assessment."),
        example={"year": 2026},
    )


class MeasureDueInPast(AppError):
    """A measure is due today or later."""

    code = "measure_due_in_past"
    title_zh, title_en = "整改期限已过", "The day it is due is over"
    detail_zh = "期限 {due_on}，今天 {today}。"
    detail_en = "It would be due on {due_on}; today is {today}."
    guide = Guide(
        cause=Both("整改期限须为今天或以后。", "A measure is due today or later."),
        fix=Both("选择今天或以后的日期。", "Choose today or a later day."),
        example={"due_on": "2026-01-31", "today": "2026-02-01"},
    )


class MeasureOwnerUnfit(AppError):
    """Who owns a measure must be able to see it and act on it."""

    code = "measure_owner_unfit"
    title_zh, title_en = "该人员不能作为整改责任人", "This person cannot own the measure"
    detail_zh = "人员：{person_id}。"
    detail_en = "Person: {person_id}."
    guide = Guide(
        cause=Both(
            "责任人须是本校教务处人员、该学院在岗人员或教师。", "An owner works in the office or at that college."
        ),
        fix=Both("从可选责任人中选择。", "Choose one of the possible owners."),
        example={"person_id": "0197a1c2-0000-7000-8000-000000000010"},
    )


class FindingDeedOfAnother(AppError):
    """A deed on a finding is the college's, the owner's, or another person's who checks."""

    code = "finding_deed_of_another"
    status = 403
    title_zh, title_en = "此操作应由他人办理", "This is another's to do"
    detail_zh = "不能执行 {deed}。"
    detail_en = "{deed} is not yours to do."
    guide = Guide(
        cause=Both(
            "学院制定措施，责任人整改，由未参与整改的另一人核查。",
            "A college plans, an owner puts it right, another person checks.",
        ),
        fix=Both("请由有关人员办理。", "Have the person concerned do it."),
        example={"deed": "close"},
    )
