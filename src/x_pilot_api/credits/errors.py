"""Refusals about credit accounts."""

from x_pilot_api.core.errors import AppError


class CohortEmpty(AppError):
    """Nobody the caller may open an account for was named."""

    code = "cohort_empty"
    title_zh, title_en = "没有可开户的学生", "There is no student to open an account for"
    detail_zh = "点名 {asked} 人，其中可开户 0 人：请核对学生、专业和年级。"
    detail_en = "{asked} were named, 0 can get an account: check the students, programme and entry year."


class StudentsUnknown(AppError):
    """Some of the students named are not among those the caller may act for."""

    code = "students_unknown"
    title_zh, title_en = "部分学生不存在或不在权限范围内", "Some students do not exist or are not yours"
    detail_zh, detail_en = "共 {count} 人，见 errors。", "{count} of them; see errors."
