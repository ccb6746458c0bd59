"""What a cell can be refused for, or what is worth telling though its value is taken: the codes of a table's cells."""

from collections.abc import Mapping
from types import MappingProxyType

from x_pilot_api.core import errors
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both

CELL = Both("导入表格的单元格", "A cell of a table that is imported")


def _cell(code: str, detail: Both, fix: Both, **example: object) -> ItemCode:
    return ItemCode(code, CELL, detail, fix, MappingProxyType(example))


FAULTS: tuple[ItemCode, ...] = (
    _cell("cell_missing", Both("必填项为空。", "It is needed and blank."), Both("补填该单元格。", "Fill it in.")),
    _cell(
        "cell_error",
        Both("单元格是电子表格的错误值（如 #N/A）。", "The cell is an error of the spreadsheet, such as #N/A."),
        Both("修正公式，或直接填写值。", "Correct the formula, or write the value itself."),
    ),
    _cell(
        "cell_merged",
        Both(
            "单元格被合并（{range}），只有左上角有值。", "The cell is merged ({range}); only its first one has a value."
        ),
        Both("取消合并，逐行填写。", "Unmerge the cells and fill in every row."),
        range="B3:B9",
    ),
    _cell(
        "text_too_long",
        Both("有 {length} 个字符，上限 {limit}。", "It has {length} characters, of at most {limit}."),
        Both("缩短内容。", "Make it shorter."),
        length=260,
        limit=200,
    ),
    _cell(
        "text_unprintable",
        Both("含有换行、控制字符或损坏的字符。", "It holds line breaks, control characters or broken ones."),
        Both("删除这些字符后重填。", "Take them out."),
    ),
    _cell(
        "code_malformed",
        Both("编码格式不符，应形如 {expected}。", "The code is not of the form of {expected}."),
        Both("按模板说明填写编码。", "Write the code as the template says."),
        expected="530302",
    ),
    _cell(
        "leading_zeros_lost",
        Both(
            "编码存成了数字，只剩 {found} 位，应为 {needed} 位：前面的 0 已丢失。",
            "The code was stored as a number of {found} digits where codes have {needed}: zeros in front are lost.",
        ),
        Both("把该列设为文本格式，重新填写完整编码。", "Format the column as text and write the whole code."),
        found=5,
        needed=6,
    ),
    _cell(
        "precision_lost",
        Both(
            "编码存成了数字，超过 15 位的部分已不可靠。",
            "The code was stored as a number, and its digits beyond the fifteenth are lost.",
        ),
        Both("把该列设为文本格式，重新填写。", "Format the column as text and write it anew."),
    ),
    _cell(
        "date_for_code",
        Both("应为编码或文本，单元格却是日期。", "A code or text belongs here, and the cell holds a date."),
        Both("把该列设为文本格式，重新填写。", "Format the column as text and write it anew."),
    ),
    _cell(
        "not_a_number",
        Both("不是{expected}。", "It is no {expected}."),
        Both("填写数字，不带单位和千分位。", "Write a number, without unit or separators."),
        expected="整数 whole number",
    ),
    _cell(
        "too_many_places",
        Both("小数超过 {limit} 位。", "It has more than {limit} decimal places."),
        Both("保留规定的小数位数。", "Keep to the places there are."),
        limit=2,
    ),
    _cell(
        "number_out_of_range",
        Both("应在 {least} 与 {most} 之间。", "It must be between {least} and {most}."),
        Both("核对数值。", "Check the number."),
        least="1",
        most="100",
    ),
    _cell(
        "not_a_date",
        Both("不是日期，应写成 2026-09-01。", "It is no date such as 2026-09-01."),
        Both("写成 2026-09-01。", "Write it as 2026-09-01."),
    ),
    _cell(
        "date_is_a_number",
        Both("日期列中是未设日期格式的数字，不作猜测。", "A bare number stands where a date belongs; nobody guesses."),
        Both("把单元格设为日期格式，或写成 2026-09-01。", "Format it as a date, or write 2026-09-01."),
    ),
    _cell(
        "choice_unknown",
        Both("不在可选值之内：{choices}。相近：{near}。", "It is none of {choices}. Near: {near}."),
        Both("从下拉列表中选择。", "Choose from the list."),
        choices="在读, 休学",
        near="在读",
    ),
)

REMARKS: tuple[ItemCode, ...] = (
    _cell(
        "number_read_as_code",
        Both(
            "编码存成了数字，按所见数字读取；若前面原有 0，已丢失。",
            "A code was stored as a number and is taken as it stands; zeros in front, if there were any, are lost.",
        ),
        Both("核对编码；把该列设为文本格式可避免。", "Check the code; formatting the column as text avoids this."),
    ),
    _cell(
        "formula_value",
        Both("单元格是公式，按其结果读取。", "The cell is a formula, and what it came to is taken."),
        Both("核对结果；粘贴为值可避免。", "Check the value; pasting values avoids this."),
    ),
)

errors.know_items(*FAULTS, *REMARKS)

CODES: Mapping[str, ItemCode] = {item.code: item for item in (*FAULTS, *REMARKS)}
