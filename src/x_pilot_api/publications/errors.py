"""Refusals about policies, typical cases and bulletins."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class PolicyDraftExists(AppError):
    """One version of a document is written at a time."""

    code = "policy_draft_exists"
    title_zh, title_en = "该文件已有草稿", "The document has a draft already"
    detail_zh, detail_en = "该文件正在修订，草稿为 {draft_id}。", "It is being revised in the draft {draft_id}."
    guide = Guide(
        cause=Both("同一文件同时只能有一个修订草稿。", "A document has one draft at a time."),
        fix=Both("在已有草稿上修改，或先删除该草稿。", "Go on with that draft, or discard it first."),
        example={"draft_id": "0197a1c2-0000-7000-8000-000000000031"},
    )


class PolicyVersionTooEarly(AppError):
    """A version begins after the one it follows."""

    code = "policy_version_too_early"
    title_zh, title_en = "新版本的施行日期过早", "The version begins too early"
    detail_zh = "第 {number} 版自 {in_force_from} 起施行，新版本须晚于该日（所填为 {wanted}）。"
    detail_en = "Version {number} is in force from {in_force_from}; the new one must begin later, not on {wanted}."
    guide = Guide(
        cause=Both(
            "新版本须在前一版本施行之后开始施行，否则无法判断某日适用哪一版。",
            "A version begins after the one it follows, or nobody could tell which one held on a day.",
        ),
        fix=Both("填写更晚的施行日期。", "Give a later day."),
        example={"number": 1, "in_force_from": "2026-01-01", "wanted": "2025-09-01"},
    )


class PolicyRepealTooEarly(AppError):
    """A document ends after its latest version began."""

    code = "policy_repeal_too_early"
    title_zh, title_en = "废止日期过早", "The document cannot end that early"
    detail_zh = "最新版本自 {in_force_from} 起施行，废止日期须晚于该日（所填为 {wanted}）。"
    detail_en = "Its latest version is in force from {in_force_from}; it cannot end on {wanted}."
    guide = Guide(
        cause=Both("文件不能在最新版本施行之前废止。", "A document does not end before its latest version begins."),
        fix=Both("填写更晚的废止日期。", "Give a later day."),
        example={"in_force_from": "2026-01-01", "wanted": "2025-12-31"},
    )


class PolicyDaysUnordered(AppError):
    """A version's end follows its beginning."""

    code = "policy_days_unordered"
    title_zh, title_en = "失效日期须晚于施行日期", "The end must follow the beginning"
    detail_zh = "施行日期 {in_force_from}，失效日期 {in_force_to}。"
    detail_en = "In force from {in_force_from}, and no longer from {in_force_to}."
    guide = Guide(
        cause=Both("失效日期早于或等于施行日期。", "The day it ends is not after the day it begins."),
        fix=Both("更正两个日期。", "Correct the days."),
        example={"in_force_from": "2026-01-01", "in_force_to": "2025-12-31"},
    )


class PersonalDataFound(AppError):
    """What everybody is to read holds no personal data."""

    code = "personal_data_found"
    title_zh, title_en = "内容含有个人信息", "The text holds personal data"
    detail_zh = "发现 {places} 处证件号码、电话号码或邮箱地址，见 errors 所列行号。"
    detail_en = "There are {places} identity numbers, phone numbers or mail addresses; errors names the lines."
    guide = Guide(
        cause=Both(
            "公开发布的内容不得含有证件号码、电话号码或邮箱地址。",
            "What is published holds no identity number, phone number or mail address.",
        ),
        fix=Both("删除所列行中的个人信息后重新提交。", "Take them out of the lines named, then send it again."),
        example={"places": 1},
    )


class CaseOpinionGiven(AppError):
    """A reviewer says one thing about one submission."""

    code = "case_opinion_given"
    title_zh, title_en = "您已对该案例提出意见", "You have given your opinion already"
    detail_zh = "您已对第 {submission} 次提交提出意见。"
    detail_en = "Your opinion of submission {submission} is there already."
    guide = Guide(
        cause=Both("每人对每次提交只能提出一次意见。", "Each reviewer gives one opinion of each submission."),
        fix=Both("案例退回并再次提交后可以重新提出意见。", "Once it was sent back and submitted anew, you can again."),
        example={"submission": 1},
    )


class BulletinAudienceMissing(AppError):
    """A bulletin is for somebody."""

    code = "bulletin_audience_missing"
    title_zh, title_en = "通知没有对象", "The bulletin is for nobody"
    guide = Guide(
        cause=Both("通知既没有选择对象，也没有公开发布。", "No audience is chosen, and it is not public."),
        fix=Both("选择对象，或设为公开。", "Choose an audience, or make it public."),
    )


class BulletinAudienceUnfit(AppError):
    """A college tells its own people."""

    code = "bulletin_audience_unfit"
    title_zh, title_en = "对象超出本学院", "The audience goes beyond the college"
    detail_zh = "有 {parts} 项超出本学院；学院发布的通知只能面向本学院，公开发布由教务处办理。"
    detail_en = "{parts} parts go beyond the college, which tells its own people; the office tells the public."
    guide = Guide(
        cause=Both(
            "学院发布的通知只能面向本学院的人员，不能公开发布。",
            "A college's bulletin is for people of the college, and not for the public.",
        ),
        fix=Both("每一项对象都选择本学院或其专业。", "Name the college or a programme of it in each part."),
        example={"parts": 1},
    )


class BulletinDayPast(AppError):
    """A bulletin is shown for a day at least."""

    code = "bulletin_day_past"
    title_zh, title_en = "撤下日期已到", "The day it comes down is here"
    detail_zh, detail_en = "撤下日期 {down_on} 须晚于今天 {today}。", "It comes down on {down_on}; today is {today}."
    guide = Guide(
        cause=Both("撤下日期不晚于今天。", "The day on which it comes down is not after today."),
        fix=Both("填写更晚的撤下日期。", "Give a later day."),
        example={"down_on": "2026-09-01", "today": "2026-09-02"},
    )


class BulletinNotAddressed(AppError):
    """Who confirms to have read a bulletin is among those it is for."""

    code = "bulletin_not_addressed"
    title_zh, title_en = "您不是该通知的对象", "The bulletin is not addressed to you"
    guide = Guide(
        cause=Both("只有通知的对象可以确认已读。", "Only whom it is for can confirm to have read it."),
        fix=Both("无需确认。", "There is nothing to confirm."),
    )


class PublicationPlaceUnknown(AppError):
    """What a draft names does not exist here."""

    code = "publication_place_unknown"
    title_zh, title_en = "所选对象不存在", "What is named does not exist"
    detail_zh, detail_en = "不存在的编号：{ids}。", "Unknown ids: {ids}."
    guide = Guide(
        cause=Both("所填的学院、专业或证书不存在。", "A college, programme or certificate that is named is not here."),
        fix=Both("从列表中选择。", "Choose from the lists."),
        example={"ids": "0197a1c2-0000-7000-8000-000000000032"},
    )
