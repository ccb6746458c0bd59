"""Refusals about teachers' workload."""

from collections.abc import Mapping
from types import MappingProxyType

from x_pilot_api.core import errors
from x_pilot_api.core.errors import AppError, Guide, ItemCode
from x_pilot_api.core.languages import Both

_KIND = Both("待核实的工作量记录", "A workload record of a list that is verified")
_ID = "0197a1c2-0000-7000-8000-000000000012"


class NotTheirClass(AppError):
    """Workload is logged by who teaches the class."""

    code = "workload_not_their_class"
    title_zh, title_en = "您不是该班的任课教师", "You do not teach this class"
    guide = Guide(
        cause=Both("登记人不在该班任课教师名单中。", "Whoever logs is not among the class's teachers."),
        fix=Both("请学院把您加入任课教师后再登记。", "Ask the college to name you a teacher of the class."),
    )


class WorkloadDayOutside(AppError):
    """Work is logged after it was done, on a day of the class."""

    code = "workload_day_outside"
    title_zh, title_en = "工作日期不在培训期间或尚未到来", "The day is outside the class, or still to come"
    detail_zh = "工作日期 {worked_on}；培训 {starts_on} 至 {ends_on}，今天 {today}。"
    detail_en = "Worked on {worked_on}; the class is from {starts_on} to {ends_on}, and today is {today}."
    guide = Guide(
        cause=Both(
            "工作日期早于开班、晚于结班，或在今天之后。", "The day is before or after the class, or after today."
        ),
        fix=Both("核对日期。", "Check the day."),
        example={
            "worked_on": "2026-04-01",
            "starts_on": "2026-03-02",
            "ends_on": "2026-03-20",
            "today": "2026-03-10",
        },
    )


class WorkloadDayLogged(AppError):
    """A teacher's work for a class on a day is one record."""

    code = "workload_day_logged"
    title_zh, title_en = "当天该班的工作量已登记", "That day's work for the class is logged already"
    detail_zh, detail_en = "{worked_on} 已有记录。", "There is a record of {worked_on}."
    guide = Guide(
        cause=Both("同一教师、同一班、同一天只有一条记录。", "A teacher has one record a class and day."),
        fix=Both("修改已有记录；已核实的须先冲销。", "Change the one there is; a verified one is reversed first."),
        example={"worked_on": "2026-03-10"},
    )


class WorkloadOwn(AppError):
    """What somebody logged is decided by somebody else."""

    code = "workload_own_record"
    title_zh, title_en = "不能处理本人登记的工作量", "Nobody decides on what they logged themselves"
    guide = Guide(
        cause=Both(
            "核实、退回和冲销须由登记人以外的人办理。", "It takes a second person to verify, refuse or reverse."
        ),
        fix=Both("请学院其他负责人办理。", "Let another person of the college do it."),
    )


class WorkloadRatioMissing(AppError):
    """Without a ratio in force nothing is converted: no figure is made up."""

    code = "workload_ratio_missing"
    title_zh, title_en = "工作日没有生效的折算比例", "No conversion ratio is in force on the day"
    detail_zh, detail_en = "缺少折算比例的日期：{days}。", "Days without a ratio: {days}."
    guide = Guide(
        cause=Both(
            "管理员尚未载入当天生效的折算比例；系统不设默认值，记录原样保留。",
            "No ratio was loaded for the day; there is no default, and the records stay as they are.",
        ),
        fix=Both("由管理员按文件载入折算比例后再核实。", "Let the office load the ratio by its document, then verify."),
        example={"days": "2026-03-10"},
    )


class WorkloadRatioOverlaps(AppError):
    """Each day has one ratio."""

    code = "workload_ratio_overlaps"
    title_zh, title_en = "该期间已有折算比例", "There is a ratio in that time already"
    detail_zh = "{document_number}：{effective_from} 至 {effective_to}。"
    detail_en = "{document_number}: from {effective_from} to {effective_to}."
    guide = Guide(
        cause=Both(
            "同一天只能有一个折算比例；新比例只能接续没有截止日期的那一个。",
            "Each day has one ratio; a new one can only follow the one that has no last day.",
        ),
        fix=Both("调整生效日期。", "Choose other days."),
        example={"document_number": "教〔2026〕3号", "effective_from": "2026-01-01", "effective_to": "2026-12-31"},
    )


class WorkloadRatioUsed(AppError):
    """What is in the book was converted by the ratio of its day."""

    code = "workload_ratio_used"
    title_zh, title_en = "已按现行比例入账", "The present ratio was used on those days"
    detail_zh = "自 {effective_from} 起已有 {records} 条核实记录，最晚 {last_on}。"
    detail_en = "{records} records from {effective_from} on are verified, the last of {last_on}."
    guide = Guide(
        cause=Both(
            "新比例的生效日期之后已有按现行比例核实的工作量。",
            "Work on days of the new ratio was verified by the present one.",
        ),
        fix=Both("改用更晚的生效日期，或先冲销这些记录。", "Let it begin later, or reverse those records first."),
        example={"effective_from": "2026-03-01", "records": 4, "last_on": "2026-03-10"},
    )


class WorkloadRefused(AppError):
    """A list of records is verified whole or not at all."""

    code = "workload_records_refused"
    title_zh, title_en = "部分记录不能核实，均未核实", "Some records cannot be verified, none was"
    detail_zh, detail_en = "{asked} 条中有 {refused} 条不能核实，见 errors。", "{refused} of {asked}; see errors."
    guide = Guide(
        cause=Both("清单整体核实；至少一条不能核实。", "A list is verified whole, and at least one cannot be."),
        fix=Both("去掉 errors 中的记录后重新核实。", "Take out what errors names, and verify again."),
        example={"asked": 10, "refused": 1},
    )


def _item(code: str, detail: Both, fix: Both, example: Mapping[str, object]) -> ItemCode:
    item = ItemCode(code, _KIND, detail, fix, MappingProxyType(dict(example)))
    errors.know_items(item)
    return item


RECORD_UNKNOWN = _item(
    "workload_record_unknown",
    Both("没有您可核实的这条记录。", "There is no such record for you to verify."),
    Both("刷新待核实清单。", "Read the queue again."),
    {},
)
RECORD_DECIDED = _item(
    "workload_record_decided",
    Both("该记录的状态为 {state}。", "The record is {state}."),
    Both("可能有人已先一步处理；刷新清单。", "Perhaps somebody was quicker; read the queue again."),
    {"state": "verified"},
)
RECORD_OWN = _item(
    "workload_record_own",
    Both("该记录由您本人登记。", "You logged it yourself."),
    Both("由其他人核实。", "Let somebody else verify it."),
    {},
)
