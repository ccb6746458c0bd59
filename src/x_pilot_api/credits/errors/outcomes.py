"""Refusals about outcomes and expiry; what is wrong with one item of a list is an item code of `rules.outcomes`."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class OutcomesRefused(AppError):
    """Some items of a list of outcomes cannot be submitted or decided, and nothing was done."""

    code = "outcomes_refused"
    title_zh, title_en = "学习成果未办理", "No outcome was submitted or decided"
    detail_zh = "共 {asked} 项，其中 {refused} 项不能办理，见 errors；没有任何一项被办理。"
    detail_en = "{asked} were named, {refused} of them cannot be done; see errors. None was done."
    guide = Guide(
        cause=Both(
            "名单中有的成果不符合认定办法、已被使用或不处于该步骤；整份名单没有办理。",
            "Some of the list break the policy, are used already, or are at another step; nothing of it was done.",
        ),
        fix=Both(
            "按 errors 逐项处理：修改、从名单中去掉，或改为拒绝。",
            "Go by errors: change an item, take it off the list, or refuse it.",
        ),
        example={"asked": 40, "refused": 1},
    )


class NoRecognitionPolicy(AppError):
    """Nobody said yet what is recognised, and the service does not guess."""

    code = "no_recognition_policy"
    title_zh, title_en = "没有生效的成果认定办法", "No recognition policy is in force"
    detail_zh = "{on} 没有生效的成果认定办法，缺少：成果类别、条件、学分、上限及文号。"
    detail_en = "On {on} no recognition policy is in force; missing: kinds, conditions, credits, limits, a document."
    guide = Guide(
        cause=Both(
            "教务处尚未发布成果认定办法，或已发布的版本尚未生效。",
            "The office has loaded no recognition policy, or the one loaded is not in force yet.",
        ),
        fix=Both(
            "由教务处依据文件发布成果认定办法（POST /v1/recognition-policies），生效后再办理。",
            "Let the office load one by a document (POST /v1/recognition-policies), and ask once it is in force.",
        ),
        example={"on": "2026-06-25"},
    )


class PolicyInPast(AppError):
    """A new version of a policy does not reach into the past, nor before the version it follows."""

    code = "policy_in_past"
    title_zh, title_en = "办法不能追溯", "A policy does not reach into the past"
    detail_zh = "新版自 {effective_from} 起，不得早于 {earliest}。"
    detail_en = "The new version would hold from {effective_from}; {earliest} is the earliest."
    guide = Guide(
        cause=Both(
            "新版的生效日期早于今天，或早于上一版的生效日期。",
            "The new version would hold before today, or before the version it follows.",
        ),
        fix=Both("从今天或以后的日期起生效。", "Let it hold from today or later."),
        example={"effective_from": "2026-01-01", "earliest": "2026-05-01"},
    )


class PolicyCoursesUnknown(AppError):
    """A line of a recognition policy names a course that the institution does not have."""

    code = "policy_courses_unknown"
    title_zh, title_en = "办法所列课程不存在", "The policy names courses that do not exist"
    detail_zh, detail_en = "共 {count} 门：{courses}。", "{count} of them: {courses}."
    guide = Guide(
        cause=Both("课程编号不存在，或属于其他院校。", "The ids name no course, or another institution's."),
        fix=Both("核对课程编号。", "Check the ids of the courses."),
        example={"count": 1, "courses": "0197a1c2-0000-7000-8000-000000000005"},
    )
