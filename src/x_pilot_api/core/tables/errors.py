"""Why a file as a whole is not taken; each names the limit it is about, or the place in the file."""

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both


class FileKindUnknown(AppError):
    """It is neither a workbook nor a text file."""

    code = "file_kind_unknown"
    status = 422
    title_zh, title_en = "无法识别的文件类型", "Neither an .xlsx nor a .csv"
    guide = Guide(
        cause=Both("文件不是 .xlsx 工作簿，也不是 .csv 文本。", "The file is no .xlsx workbook and no .csv text."),
        fix=Both("用表格软件另存为 .xlsx 或 .csv 后重新上传。", "Save it as .xlsx or .csv and send that."),
    )


class FileLockedOrOld(AppError):
    """It is protected by a password, or of the format before .xlsx."""

    code = "file_locked_or_old"
    status = 422
    title_zh, title_en = "文件已加密或为旧版 .xls 格式", "The file is locked, or an old .xls"
    guide = Guide(
        cause=Both("文件设有打开密码，或是 2007 年以前的 .xls 格式。", "The file has a password, or is an .xls."),
        fix=Both("去除密码并另存为 .xlsx。", "Take the password off and save it as .xlsx."),
    )


class FileBroken(AppError):
    """It begins like a workbook and cannot be read as one."""

    code = "file_broken"
    status = 422
    title_zh, title_en = "文件已损坏", "The file is damaged"
    guide = Guide(
        cause=Both("文件不完整或内部结构有误。", "The file is cut short, or its inner structure is wrong."),
        fix=Both(
            "在表格软件中打开并重新保存后上传。", "Open it in a spreadsheet program, save it anew, and send that."
        ),
    )


class PackageRefused(AppError):
    """It would unfold to more than any honest table needs."""

    code = "package_refused"
    status = 422
    title_zh, title_en = "文件解压后过大", "The file unfolds to too much"
    detail_zh = "检查项 {reason}：实际 {found}，上限 {limit}。"
    detail_en = "Check {reason}: {found}, where {limit} is the limit."
    guide = Guide(
        cause=Both(
            "压缩包内的文件数、解压后字节数或压缩比超过上限。",
            "The members, the unzipped bytes or the ratio of compression exceed the limit.",
        ),
        fix=Both(
            "只保留数据，去掉图片与多余工作表后另存；上限由管理员设置。",
            "Keep the data only, without pictures and other sheets; the administrator sets the limit.",
        ),
        example={"reason": "unzipped_bytes", "found": 734003200, "limit": 314572800},
    )


class FileTooCostly(AppError):
    """Reading it took more time or memory than a table may."""

    code = "file_too_costly"
    status = 422
    title_zh, title_en = "读取文件消耗过大", "Reading the file costs too much"
    detail_zh = "读取超过了 {cpu_seconds} 秒处理器时间或 {memory_mib} MiB 内存的上限。"
    detail_en = "It needs more than {cpu_seconds} s of processor time, or more than {memory_mib} MiB of memory."
    guide = Guide(
        cause=Both(
            "文件的内容不大，但展开后的行列范围极大，或有意构造成难以读取。",
            "The file spans far more rows and columns than it fills, or is made to be hard to read.",
        ),
        fix=Both(
            "把数据复制到新的工作表中另存；确需更大上限时由管理员设置。",
            "Copy the data into a new sheet and save that; the administrator sets the limits.",
        ),
        example={"cpu_seconds": 60, "memory_mib": 1024},
    )


class TableEmpty(AppError):
    """It holds no table."""

    code = "table_empty"
    status = 422
    title_zh, title_en = "文件中没有数据", "There is no table in the file"
    guide = Guide(
        cause=Both("第一个可见工作表没有内容，或表头之下没有数据行。", "The first visible sheet has no rows of data."),
        fix=Both("在表头之下填写数据后重新上传。", "Fill in rows below the header and send it again."),
    )


class TableTooLong(AppError):
    """It has more rows than are taken at once."""

    code = "table_too_long"
    status = 422
    title_zh, title_en = "数据行数超过上限", "The table has too many rows"
    detail_zh, detail_en = "一次最多导入 {limit} 行。", "At most {limit} rows are taken at once."
    guide = Guide(
        cause=Both("数据行数超过一次导入的上限。", "There are more rows than one import takes."),
        fix=Both("拆成几个文件分别导入；上限由管理员设置。", "Split it into files; the administrator sets the limit."),
        example={"limit": 100000},
    )


class RowsApart(AppError):
    """After a long stretch of blank rows there are more: something lies far below the table."""

    code = "rows_apart"
    status = 422
    title_zh, title_en = "数据行之间空行过多", "Rows lie too far apart"
    detail_zh = "第 {row} 行之后有超过 {blank_rows} 行空行，其后仍有内容。"
    detail_en = "More than {blank_rows} blank rows follow row {row}, and then there is more."
    guide = Guide(
        cause=Both(
            "数据下方很远处还有内容，可能是误填的单元格。", "Something lies far below the data, perhaps by mistake."
        ),
        fix=Both("删除多余内容和空行后重新上传。", "Delete it and the blank rows, and send the file again."),
        example={"row": 120, "blank_rows": 2000},
    )


class CsvBroken(AppError):
    """The quotes of a text file do not match."""

    code = "csv_broken"
    status = 422
    title_zh, title_en = "CSV 格式错误", "The CSV cannot be read"
    detail_zh, detail_en = (
        "第 {row} 条记录的引号不匹配或字段过长。",
        "Record {row} has unmatched quotes or too long a field.",
    )
    guide = Guide(
        cause=Both("引号没有成对出现，或某个字段过长。", "A quote is not closed, or a field is too long."),
        fix=Both("在表格软件中打开核对，另存为 .xlsx 最为稳妥。", "Look at it in a spreadsheet; an .xlsx is safest."),
        example={"row": 17},
    )


class EncodingUnknown(AppError):
    """The characters of a text file cannot be told."""

    code = "encoding_unknown"
    status = 422
    title_zh, title_en = "无法识别文件编码", "The file's encoding is unknown"
    detail_zh, detail_en = "支持的编码：{encodings}。", "Encodings that are read: {encodings}."
    guide = Guide(
        cause=Both(
            "文本既不是 UTF-8，也不是 GB18030，或含有空字符。", "The text is neither UTF-8 nor GB18030, or holds NUL."
        ),
        fix=Both("另存为 UTF-8 编码的 CSV 或 .xlsx。", "Save it as CSV in UTF-8, or as .xlsx."),
        example={"encodings": "UTF-8, GB18030"},
    )


class HeaderNotFound(AppError):
    """None of the first rows names the columns."""

    code = "header_not_found"
    status = 422
    title_zh, title_en = "没有找到表头", "No row names the columns"
    detail_zh = "前 {rows} 行中没有表头；需要的列：{needed}。"
    detail_en = "None of the first {rows} rows is a header; the columns are {needed}."
    guide = Guide(
        cause=Both("文件没有表头，或表头与模板不同。", "The file has no header, or one unlike the template's."),
        fix=Both("下载模板，把数据粘贴到模板中。", "Download the template and paste the data into it."),
        example={"rows": 20, "needed": "学号, 姓名"},
    )


class ColumnsMissing(AppError):
    """Columns that every row needs are not there."""

    code = "columns_missing"
    status = 422
    title_zh, title_en = "缺少必需的列", "Columns are missing"
    detail_zh = "第 {row} 行的表头缺少：{missing}。未识别的列：{unknown}。"
    detail_en = "The header in row {row} lacks {missing}. Columns not known: {unknown}."
    guide = Guide(
        cause=Both("表头缺少必需的列，或列名与模板不同。", "The header lacks a column, or calls it by another name."),
        fix=Both(
            "按 errors 中给出的相近列名改正表头，或使用模板。",
            "Correct the header by the near matches in errors, or use the template.",
        ),
        example={"row": 1, "missing": "学号", "unknown": "学生号"},
    )


class ColumnTwice(AppError):
    """Two columns have the same name."""

    code = "column_twice"
    status = 422
    title_zh, title_en = "列名重复", "A column is there twice"
    detail_zh = "第 {row} 行的表头中，{header} 同时出现在 {first} 列和 {second} 列。"
    detail_en = "In the header in row {row}, {header} is both in column {first} and in column {second}."
    guide = Guide(
        cause=Both(
            "两列是同一内容，不能判断以哪一列为准。", "Two columns say the same thing, and either could be meant."
        ),
        fix=Both("删除其中一列后重新上传。", "Delete one of them and send the file again."),
        example={"row": 1, "header": "学号", "first": "A", "second": "D"},
    )


BY_CODE: dict[str, type[AppError]] = {
    refusal.code: refusal
    for refusal in (
        FileKindUnknown,
        FileLockedOrOld,
        FileBroken,
        PackageRefused,
        FileTooCostly,
        TableEmpty,
        TableTooLong,
        RowsApart,
        CsvBroken,
        EncodingUnknown,
    )
}
"""What the process that reads may tell."""
