"""Refusals about exam plans."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class LevelsUnclear(AppError):
    """A plan is of one organisation; the levels named are of several, or unknown."""

    code = "levels_unclear"
    title_zh, title_en = "证书等级不存在或不属于同一评价组织", "The levels are unknown or of several organisations"
    detail_zh = "点名 {asked} 个等级，其中 {found} 个可用，分属 {organisations} 个评价组织。"
    detail_en = "{asked} levels were named; {found} can be used, of {organisations} organisations."
    guide = Guide(
        cause=Both(
            "考核计划只属于一个评价组织，而所列等级不存在或分属几个评价组织。",
            "An exam plan is of one organisation; the levels named do not exist or are of several.",
        ),
        fix=Both(
            "为每个评价组织各建一个计划。",
            "Make one plan for each organisation.",
        ),
        example={"asked": 2, "found": 1, "organisations": 1},
    )


class SchemeMissing(AppError):
    """A level cannot be examined before its assessment scheme is published."""

    code = "scheme_missing"
    title_zh, title_en = "证书等级尚无考核方案", "A level has no assessment scheme"
    detail_zh, detail_en = "缺少考核方案的等级：{levels}。", "Levels without a scheme: {levels}."
    guide = Guide(
        cause=Both(
            "所列等级没有已发布的考核方案，无法计算成绩。",
            "A level named has no published assessment scheme, so that its results could not be computed.",
        ),
        fix=Both(
            "先由评价组织发布该等级的考核方案。",
            "Let the organisation publish the level's scheme first.",
        ),
        example={"levels": "1"},
    )


class CertificateNotAdmitted(AppError):
    """No college of the institution runs this certificate."""

    code = "certificate_not_admitted"
    title_zh, title_en = "证书未准入或已退出", "The certificate is not admitted, or has exited"
    detail_zh, detail_en = "{certificates}：院校内没有学院正在试点。", "{certificates}: no college runs it."
    guide = Guide(
        cause=Both(
            "院校内没有学院在试点该证书，或都已退出。",
            "No college of the institution runs the certificate, or all have given it up.",
        ),
        fix=Both(
            "先办理证书准入，或从计划中去掉该证书。",
            "Admit the certificate first, or take it out of the plan.",
        ),
        example={"certificates": "智能财税"},
    )


class PlanCodeTaken(AppError):
    """The organisation already has a plan of this code at the institution."""

    code = "plan_code_taken"
    title_zh, title_en = "考核计划编号已被使用", "The plan's code is taken"
    detail_zh, detail_en = "编号 {plan_code} 已用于另一计划。", "{plan_code} names another plan."
    guide = Guide(
        cause=Both(
            "该评价组织在本院校已有同编号的考核计划。",
            "The organisation already has a plan of this code at the institution.",
        ),
        fix=Both(
            "换一个编号，或使用已有的计划。",
            "Choose another code, or use the plan there is.",
        ),
        example={"plan_code": "2026-1"},
    )


class PlanNotRunning(AppError):
    """Nothing is registered, arranged or taken in for a plan that is a draft or cancelled."""

    code = "plan_not_running"
    title_zh, title_en = "考核计划未发布或已取消", "The plan is a draft, or is cancelled"
    detail_zh, detail_en = "考核计划 {plan_code} 处于 {state}。", "The plan {plan_code} is {state}."
    guide = Guide(
        cause=Both(
            "计划仍是草稿，或已经取消，不能报名、排考或提交成绩。",
            "The plan is still a draft, or will not be held: nobody registers, and no sitting or result is taken in.",
        ),
        fix=Both(
            "先发布计划；已取消的请另建计划。", "Publish the plan first; instead of a cancelled one make another."
        ),
        example={"plan_code": "2026-1", "state": "draft"},
    )


class PlanDatesUnordered(AppError):
    """The days of a plan would no longer follow each other."""

    code = "plan_dates_unordered"
    title_zh, title_en = "计划日期次序有误", "The plan's days would be out of order"
    detail_zh = "{earlier} 须不晚于 {later}（{earlier_on} / {later_on}）。"
    detail_en = "{earlier} comes not after {later} ({earlier_on} / {later_on})."
    guide = Guide(
        cause=Both(
            "延期后，某一步骤会晚于它的后续步骤。",
            "After this, one step of the plan would be due after a step that follows it.",
        ),
        fix=Both("同时推迟后续各步骤的日期。", "Put off the days that follow as well, in the same request."),
        example={
            "earlier": "registration_closes_on",
            "later": "candidates_locked_on",
            "earlier_on": "2026-06-05",
            "later_on": "2026-06-01",
        },
    )


class PlanDayNotLater(AppError):
    """After publishing, a day is only put off."""

    code = "plan_day_not_later"
    title_zh, title_en = "只能推迟，不能提前", "A day can be put off, not brought forward"
    detail_zh, detail_en = (
        "{field} 现为 {now_on}，拟改为 {wished_on}。",
        "{field} is {now_on}; {wished_on} was asked for.",
    )
    guide = Guide(
        cause=Both(
            "计划已发布，考生和学院据此安排，日期只能推迟。",
            "The plan is published, and people rely on its days: none comes earlier.",
        ),
        fix=Both("给出更晚的日期，或不改该项。", "Name a later day, or leave it out."),
        example={"field": "registration_closes_on", "now_on": "2026-05-31", "wished_on": "2026-05-20"},
    )


class PlanHasResults(AppError):
    """What results already rest on is not changed."""

    code = "plan_has_results"
    title_zh, title_en = "计划已有成绩", "The plan has results"
    detail_zh, detail_en = "考核计划已有 {results} 条成绩。", "There are {results} results of it."
    guide = Guide(
        cause=Both(
            "已有成绩入库：计划不能取消，异议期限也不能再改，因为学分按原期限入账。",
            "Results are in: the plan cannot be cancelled, nor the objection window moved by which credits are posted.",
        ),
        fix=Both("通过成绩更正处理个别成绩。", "Deal with single results by corrections."),
        example={"results": 38},
    )


class TaskNotTicked(AppError):
    """What evidence shows is not ticked by hand."""

    code = "task_not_ticked"
    title_zh, title_en = "该任务由记录自动判定", "The task is shown done by what is there"
    detail_zh, detail_en = "任务 {kind} 不能手工勾选。", "{kind} is not ticked by hand."
    guide = Guide(
        cause=Both(
            "该任务是否完成由日期、报名、场次或成绩自动判定。",
            "Whether it is done follows from the days, registrations, sittings or results.",
        ),
        fix=Both("完成对应的工作，任务即显示为已完成。", "Do the work, and the task shows as done."),
        example={"kind": "enter_results"},
    )
