"""Refusals about credit accounts."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class CohortEmpty(AppError):
    """Nobody the caller may open an account for was named."""

    code = "cohort_empty"
    title_zh, title_en = "没有可开户的学生", "There is no student to open an account for"
    detail_zh = "点名 {asked} 人，其中可开户 0 人：请核对学生、专业和年级。"
    detail_en = "{asked} were named, 0 can get an account: check the students, programme and entry year."
    guide = Guide(
        cause=Both(
            "所列学生、专业或年级中没有您可以为其开户的在籍学生。",
            "None of the students, or of the programme and entry year named, is one you may open an account for.",
        ),
        fix=Both(
            "核对学生编号、专业和入学年份；二级学院只能为本学院学生开户。",
            "Check the student ids, programme and entry year; a college opens accounts for its own students.",
        ),
        example={"asked": 3},
    )


class StudentsUnknown(AppError):
    """Some of the students named are not among those the caller may act for."""

    code = "students_unknown"
    title_zh, title_en = "部分学生不存在或不在权限范围内", "Some students do not exist or are not yours"
    detail_zh, detail_en = "共 {count} 人，见 errors。", "{count} of them; see errors."
    guide = Guide(
        cause=Both(
            "部分学生编号不存在，或学生不属于您的院校或二级学院；没有开立任何账户。",
            "Some ids name no student, or one outside your institution or college; no account was opened.",
        ),
        fix=Both(
            "从名单中去掉 errors 所列的学生，或由其所在学院办理。",
            "Take the students in errors off the list, or let their own college open the accounts.",
        ),
        example={"count": 1},
    )


class NothingToSimulate(AppError):
    """The rule gives no credits: courses that offset an assessment move nothing in an account."""

    code = "nothing_to_simulate"
    title_zh, title_en = "该规则不产生学分", "The rule brings no credits"
    detail_zh = "规则 {mapping_id} 的方向为 {direction}，只有 certificate_to_course 规则可以模拟。"
    detail_en = "The rule {mapping_id} goes {direction}; only certificate_to_course rules can be simulated."
    guide = Guide(
        cause=Both(
            "以课程抵免考核的规则不向学分账户存入学分，没有可模拟的结果。",
            "A rule by which courses offset an assessment deposits nothing, so there is nothing to simulate.",
        ),
        fix=Both(
            "选择由证书转换为课程学分的规则。",
            "Choose a rule that converts a certificate into course credits.",
        ),
        example={"mapping_id": "0197a1c2-0000-7000-8000-000000000007", "direction": "course_to_assessment"},
    )


class SimulatedRuleChanged(AppError):
    """The rule was edited while it was being simulated, so that half of the cohort would be decided by another."""

    code = "simulated_rule_changed"
    title_zh, title_en = "规则内容在模拟期间被修改", "The rule was changed while it was simulated"
    detail_zh = "模拟开始时内容为 {simulated_hash}，现为 {content_hash}。"
    detail_en = "Its content was {simulated_hash} when the simulation began, and is {content_hash} now."
    guide = Guide(
        cause=Both(
            "模拟运行期间有人修改了规则草案。",
            "Somebody edited the draft while the simulation ran.",
        ),
        fix=Both("对修改后的规则重新发起模拟。", "Simulate the rule again as it is now."),
        example={"simulated_hash": "8a5f…", "content_hash": "03c1…"},
    )


class SimulationNotFinished(AppError):
    """A simulation is read before everybody of its cohort was decided."""

    code = "simulation_not_finished"
    title_zh, title_en = "模拟尚未完成", "The simulation is not finished"
    detail_zh, detail_en = (
        "已完成 {students} 名学生，见任务 {job_id}。",
        "{students} students are done; see the job {job_id}.",
    )
    guide = Guide(
        cause=Both(
            "模拟作为后台任务运行，尚未处理完全部学生，或已失败、被取消。",
            "A simulation is a job; it has not decided everybody yet, or has failed or been cancelled.",
        ),
        fix=Both("查看该任务，完成后再读取。", "Follow the job, and read again when it has succeeded."),
        example={"students": 20000, "job_id": "0197a1c2-0000-7000-8000-000000000008"},
    )


class SimulationTooLarge(AppError):
    """A simulation has more rows than one workbook takes."""

    code = "simulation_too_large"
    title_zh, title_en = "模拟结果过多，无法一次导出", "Too many rows for one workbook"
    detail_zh = "共 {rows} 行，一次最多导出 {rows_max} 行。"
    detail_en = "There are {rows} rows; one workbook takes {rows_max}."
    guide = Guide(
        cause=Both("模拟的结果行数超过一次导出的上限。", "The simulation found more rows than one export takes."),
        fix=Both("缩小年级或考试日期范围后重新模拟。", "Simulate fewer entry years or exam days at a time."),
        example={"rows": 400000, "rows_max": 200000},
    )


class AccountNotSettled(AppError):
    """An account is to be closed while credits on it are pending or held."""

    code = "account_not_settled"
    title_zh, title_en = "账户尚有未结事项", "The account is not settled"
    detail_zh = "尚有冻结待用 {held}、待入账 {pending}（百分之一学分）。"
    detail_en = "{held} hundredths of a credit are held on it and {pending} are pending."
    guide = Guide(
        cause=Both(
            "账户中还有为转换申请占用的学分，或异议期尚未结束的待入账学分。",
            "Credits are held for a conversion that was asked for, or wait for the end of an objection window.",
        ),
        fix=Both(
            "待转换申请办结、异议期结束后再销户。",
            "Close it when the conversion is decided and the objection window has ended.",
        ),
        example={"held": 200, "pending": 0},
    )


class CatchUpChanged(AppError):
    """What was previewed is no longer what would be posted."""

    code = "catch_up_changed"
    title_zh, title_en = "补认定的内容已变化", "The catch-up run is no longer what was previewed"
    detail_zh = "现有 {certificates} 张证书可补认定，摘要 {digest}。"
    detail_en = "{certificates} certificates would gain now; the digest is {digest}."
    guide = Guide(
        cause=Both(
            "预览之后规则、账户或证书有变化，或这些证书已经补认定；没有任何一笔入账。",
            "Rules, accounts or certificates changed since the preview, or it was posted already. Nothing was posted.",
        ),
        fix=Both("重新预览，核对后用新的摘要确认。", "Preview it again, look at it, and confirm with the new digest."),
        example={"certificates": 0, "digest": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    )
