"""Refusals about public notices of rules and the objections raised during them."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class NoticeExists(AppError):
    """A rule is shown for objections once."""

    code = "notice_exists"
    title_zh, title_en = "该规则已公示", "The rule has its notice"
    detail_zh, detail_en = "公示期为 {starts_on} 至 {ends_on}。", "It is shown from {starts_on} to {ends_on}."
    guide = Guide(
        cause=Both("每个版本只公示一次。", "Each version is shown for objections once."),
        fix=Both(
            "查看已有公示；内容有变时提出新版本。", "Read the notice there is; for other content, make a version."
        ),
        example={"starts_on": "2026-05-01", "ends_on": "2026-05-08"},
    )


class NoticeStartsInPast(AppError):
    """A notice begins today or later."""

    code = "notice_starts_in_past"
    title_zh, title_en = "公示不能从过去开始", "A notice cannot start in the past"
    detail_zh, detail_en = (
        "公示自 {starts_on} 起，早于今天 {today}。",
        "It would start on {starts_on}; today is {today}.",
    )
    guide = Guide(
        cause=Both(
            "公示期须让人们有机会提出异议。", "A notice gives people the days to object, and past days give none."
        ),
        fix=Both("从今天或以后开始公示。", "Let it start today or later."),
        example={"starts_on": "2026-05-01", "today": "2026-05-02"},
    )


class NoticeTooShort(AppError):
    """A notice is shorter than policy asks."""

    code = "notice_too_short"
    title_zh, title_en = "公示期太短", "The notice is too short"
    detail_zh = "公示 {days} 天，{limit_code} 第 {limit_version} 版要求至少 {needed} 天（依据：{document_number}）。"
    detail_en = (
        "It would be shown for {days} days; version {limit_version} of {limit_code} asks for {needed}"
        " (basis: {document_number})."
    )
    guide = Guide(
        cause=Both("公示期短于现行规定。", "The notice is shorter than the rule in force asks."),
        fix=Both("延后结束日期。", "Let it end later."),
        example={
            "days": 3,
            "needed": 5,
            "limit_code": "notice_days",
            "limit_version": 1,
            "document_number": "教职成〔2026〕2号",
        },
    )


class NoticeMissing(AppError):
    """Policy asks for a notice before a rule is published."""

    code = "notice_missing"
    title_zh, title_en = "尚未公示", "The rule was not shown for objections"
    detail_zh = "{limit_code} 第 {limit_version} 版要求发布前公示至少 {days} 天（依据：{document_number}）。"
    detail_en = (
        "Version {limit_version} of {limit_code} asks for a notice of at least {days} days before publication"
        " (basis: {document_number})."
    )
    guide = Guide(
        cause=Both("现行规定要求先公示再发布。", "The rule in force asks for a notice first."),
        fix=Both("先公示该规则，公示结束后再发布。", "Open a notice, and publish when it has ended."),
        example={
            "days": 5,
            "limit_code": "notice_days",
            "limit_version": 1,
            "document_number": "教职成〔2026〕2号",
        },
    )


class NoticeRunning(AppError):
    """A rule is published after its notice."""

    code = "notice_running"
    title_zh, title_en = "公示尚未结束", "The notice has not ended"
    detail_zh = "公示至 {ends_on}，今天是 {today}；结束次日起可以发布。"
    detail_en = "It is shown until {ends_on}, today is {today}; the day after it can be published."
    guide = Guide(
        cause=Both("公示期内仍可提出异议。", "Objections can still be raised."),
        fix=Both("等公示期结束后再发布。", "Publish when the notice has ended."),
        example={"ends_on": "2026-05-08", "today": "2026-05-02"},
    )


class ObjectionsOpen(AppError):
    """Every objection has its answer before a rule is published."""

    code = "objections_open"
    title_zh, title_en = "异议尚未答复", "Objections wait for an answer"
    detail_zh, detail_en = "还有 {count} 条异议未答复。", "{count} objections wait for an answer."
    guide = Guide(
        cause=Both("公示期内提出的异议还没有全部答复。", "Not every objection raised during the notice was answered."),
        fix=Both("逐条答复异议后再发布。", "Answer each objection, then publish."),
        example={"count": 2},
    )


class ObjectionUpheld(AppError):
    """A rule against which an objection was upheld is not published."""

    code = "objection_upheld"
    title_zh, title_en = "异议成立，规则不能发布", "An objection was upheld"
    detail_zh, detail_en = "有 {count} 条异议成立。", "{count} objections were upheld."
    guide = Guide(
        cause=Both("公示期内的异议被认定成立。", "An objection raised during the notice was upheld."),
        fix=Both("撤回该规则，提出修改后的新版本。", "Withdraw the rule and propose a version without the fault."),
        example={"count": 1},
    )


class NotOnNotice(AppError):
    """Objections are raised while a rule is shown for them."""

    code = "not_on_notice"
    title_zh, title_en = "不在公示期内", "It is not on notice"
    detail_zh, detail_en = (
        "公示期为 {starts_on} 至 {ends_on}，今天是 {today}。",
        ("It is shown from {starts_on} to {ends_on}; today is {today}."),
    )
    guide = Guide(
        cause=Both("异议须在公示期内提出。", "An objection is raised while the rule is on notice."),
        fix=Both("公示期外的意见请直接向教务处反映。", "Outside the notice, write to the office."),
        example={"starts_on": "2026-05-01", "ends_on": "2026-05-08", "today": "2026-05-09"},
    )
