"""Refusals about joint exams."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class JointExamTaken(AppError):
    """The students of a programme get one grade out of one result."""

    code = "joint_exam_taken"
    title_zh, title_en = "该专业在此等级已有联考安排", "The programme has a joint exam at this level"
    detail_zh, detail_en = "已有联考安排 {joint_exam_id}。", "It is {joint_exam_id}."
    guide = Guide(
        cause=Both(
            "同一计划的同一等级，每个专业只能与一门课程联考，否则一份成绩会产生两个课程成绩。",
            "At one level of a plan a programme has one joint exam, else one result would become two grades.",
        ),
        fix=Both("修改已有的安排，或先撤回它。", "Change the one there is, or withdraw it first."),
        example={"joint_exam_id": "0198c0de-0000-7000-8000-000000000001"},
    )


class JointExamWithoutTable(AppError):
    """Without a table nobody knows which grade a score comes to, and none is invented."""

    code = "joint_exam_without_table"
    title_zh, title_en = "联考缺少完整的成绩换算表", "The joint exam has no whole table of grades"
    detail_zh = "换算表有 {bands} 行，最低起点为 {lowest}；须从 0 分起。"
    detail_en = "The table has {bands} rows, the lowest from {lowest}; it has to begin at 0."
    guide = Guide(
        cause=Both(
            "联考须先确定“证书成绩→课程成绩”的换算表，且覆盖从 0 分起的全部成绩；系统不会自行推定成绩。",
            "A joint exam needs a table from scores to grades that covers every score from 0 on; no grade is invented.",
        ),
        fix=Both("补全换算表后再确定联考。", "Complete the table, then lay the joint exam down."),
        example={"bands": 0, "lowest": "-"},
    )


class JointExamAfterResults(AppError):
    """What a result comes to is laid down before there are results."""

    code = "joint_exam_after_results"
    title_zh, title_en = "该等级已有成绩", "There are results of this level already"
    detail_zh, detail_en = "该计划的此等级已有 {results} 条成绩。", "There are {results} results of it in this plan."
    guide = Guide(
        cause=Both(
            "换算规则须在成绩到来之前确定；已有成绩时不能再确定或撤回联考。",
            "The table is laid down before results come; with results there it is neither laid down nor withdrawn.",
        ),
        fix=Both(
            "为下一次考核及早确定联考；本次的课程成绩请人工录入。",
            "Lay it down in time for the next exam, and enter this one's course grades by hand.",
        ),
        example={"results": 40},
    )


class JointGradeInStep(AppError):
    """There is nothing to settle while result and grade agree."""

    code = "joint_grade_in_step"
    title_zh, title_en = "成绩与课程成绩一致", "Result and grade are in step"
    guide = Guide(
        cause=Both("考核成绩与课程成绩自上次处理后都没有变动。", "Neither result nor grade was changed since."),
        fix=Both("无需处理；重新读取该记录。", "There is nothing to do; read it again."),
    )
