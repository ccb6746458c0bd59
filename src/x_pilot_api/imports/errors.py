"""Why an import is not begun, confirmed, applied or undone."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class ImportKindUnknown(AppError):
    """Nothing of this kind can be imported."""

    code = "import_kind_unknown"
    status = 400
    title_zh, title_en = "没有这种导入类型", "Nothing of this kind is imported"
    detail_zh, detail_en = "可导入的类型：{kinds}。", "What can be imported: {kinds}."
    guide = Guide(
        cause=Both("kind 不在可导入的类型之内。", "The kind is none there is."),
        fix=Both("从 GET /v1/import-kinds 中选择。", "Choose one from GET /v1/import-kinds."),
        example={"kinds": "courses, students"},
    )


class ImportEmpty(AppError):
    """No file was sent."""

    code = "import_empty"
    status = 422
    title_zh, title_en = "没有上传文件内容", "No file was sent"
    guide = Guide(
        cause=Both("请求正文为空。", "The body is empty."),
        fix=Both(
            "把文件作为请求正文发送，如 curl --data-binary @文件。",
            "Send the file as the body: curl --data-binary @file.",
        ),
    )


class PreviewOutdated(AppError):
    """What was confirmed is no longer what would happen."""

    code = "preview_outdated"
    title_zh, title_en = "预览已过期", "The preview is out of date"
    detail_zh = "预览之后有 {rows} 行涉及的数据发生变化，或摘要不符（应为 {digest}）。请重新上传预览。"
    detail_en = "Since the preview {rows} rows' data have changed, or the digest is not {digest}. Send the file again."
    guide = Guide(
        cause=Both(
            "预览后有人修改了相关数据、您的权限范围变了，或提交的摘要不是这次预览的。",
            "Somebody changed the data since, your scope is another now, or the digest is of another preview.",
        ),
        fix=Both(
            "重新上传同一文件，核对新的预览后确认。", "Send the file again, look at the new preview, confirm that."
        ),
        example={"rows": 3, "digest": "9f2c…"},
    )


class ChangeThresholdExceeded(AppError):
    """A full file would alter or remove more than one may at once: it may be the wrong file."""

    code = "change_threshold_exceeded"
    title_zh, title_en = "全量导入的变动过大", "The full file would change too much"
    detail_zh = "将修改 {changed} 行、移除 {removed} 行，现有 {existing} 行，超过 {percent}% 的上限。"
    detail_en = "It would change {changed} and remove {removed} of {existing} rows, more than {percent} %."
    guide = Guide(
        cause=Both(
            "全量文件会修改或移除过多现有记录，可能是文件选错或只含部分数据。",
            "The file would alter or remove too many rows; it may be the wrong one, or hold a part only.",
        ),
        fix=Both(
            "核对文件；只补充数据时用 mode=delta；确需大幅变动时由管理员调整上限。",
            "Check the file; to add data use mode=delta; the administrator sets the limit.",
        ),
        example={"changed": 10, "removed": 900, "existing": 2000, "percent": 20},
    )


class FullFileBlocked(AppError):
    """A full file with blocked rows does not say what there is, so nothing may be removed by it."""

    code = "full_file_blocked"
    title_zh, title_en = "全量文件中有被阻止的行", "The full file has blocked rows"
    detail_zh, detail_en = (
        "有 {blocked} 行被阻止；全量导入要求全部通过。",
        "{blocked} rows are blocked; a full file must have none.",
    )
    guide = Guide(
        cause=Both(
            "被阻止的行对应的记录会被误认为不存在而移除。",
            "What blocked rows stand for would be taken for gone, and removed.",
        ),
        fix=Both("按错误文件改正后重新上传。", "Correct the rows by the error file and send it again."),
        example={"blocked": 4},
    )


class NothingToImport(AppError):
    """No row of the file would do anything."""

    code = "nothing_to_import"
    title_zh, title_en = "没有可导入的变动", "There is nothing to import"
    detail_zh = "{unchanged} 行无变化，{blocked} 行被阻止。"
    detail_en = "{unchanged} rows are as they were and {blocked} are blocked."
    guide = Guide(
        cause=Both("文件中的行都与现有数据相同，或都被阻止。", "Every row is as the register has it, or blocked."),
        fix=Both("核对文件，或改正被阻止的行。", "Check the file, or correct the blocked rows."),
        example={"unchanged": 100, "blocked": 0},
    )


class ImportForgotten(AppError):
    """The file and what it did are no longer kept."""

    code = "import_forgotten"
    status = 410
    title_zh, title_en = "导入文件已按期清除", "The import's file is no longer kept"
    detail_zh, detail_en = (
        "文件与修改前的数据只保留 {days} 天。",
        "The file and what was before are kept for {days} days.",
    )
    guide = Guide(
        cause=Both("已超过保留期限，个人数据已清除。", "Their time is over, and the personal data are deleted."),
        fix=Both("用新的导入或在页面上修改。", "Correct it by another import, or by hand."),
        example={"days": 90},
    )


class ImportRowsChangedSince(AppError):
    """Rows the import wrote are not as it left them: undoing it would undo somebody else's work."""

    code = "import_rows_changed_since"
    title_zh, title_en = "导入后数据又有修改", "What was imported has been changed since"
    detail_zh, detail_en = "{rows} 行在导入后又被修改，不能撤销。", "{rows} rows were changed after the import."
    guide = Guide(
        cause=Both("导入写入的记录之后又被修改或删除。", "Rows the import wrote were changed or deleted afterwards."),
        fix=Both("用新的导入改正，或逐条修改。", "Correct them by another import, or one by one."),
        example={"rows": 2},
    )


class ImportDependedOn(AppError):
    """Other rows refer to what the import made."""

    code = "import_depended_on"
    title_zh, title_en = "已有数据依赖此次导入", "Something depends on what was imported"
    detail_zh, detail_en = "有 {rows} 条记录依赖导入的数据：{tables}。", "{rows} rows depend on it: {tables}."
    guide = Guide(
        cause=Both("导入新增的记录已被其他业务引用。", "Rows that the import created are referred to."),
        fix=Both(
            "先处理 errors 列出的引用，或用新的导入改正。",
            "Deal with what errors lists, or correct it by another import.",
        ),
        example={"rows": 12, "tables": "registrations 12"},
    )


class ImportNotWaiting(AppError):
    """The job of the preview no longer waits to be confirmed; somebody cancelled it."""

    code = "import_not_waiting"
    title_zh, title_en = "导入任务已取消", "The import's job does not wait any more"
    detail_zh, detail_en = "任务 {job_id} 已取消或正在进行。", "Job {job_id} was cancelled, or is at work."
    guide = Guide(
        cause=Both("预览任务已被取消，或尚未完成。", "The job was cancelled, or is not there yet."),
        fix=Both(
            "等待任务变为 awaiting_confirmation；已取消的请重新上传。",
            "Wait for awaiting_confirmation, or send the file again.",
        ),
        example={"job_id": "0197a1c2-0000-7000-8000-000000000001"},
    )
