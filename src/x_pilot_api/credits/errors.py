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
