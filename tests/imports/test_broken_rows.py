"""Deliberately broken files: each fault gets its exact row, column and code, and nothing is lost."""

import io
from typing import Any

import pytest
import python_calamine

from tests.imports import files
from tests.imports.broken import ROWS, Broken
from tests.imports.desk import Desk
from tests.world import World


def _sheet(content: bytes) -> list[list[Any]]:
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


async def _errors(desk: Desk, preview: dict[str, Any]) -> list[list[Any]]:
    answer = await desk.client.get(preview["error_file_url"], headers=desk.headers)
    assert answer.status_code == 200, answer.text
    return _sheet(answer.content)


@pytest.mark.parametrize("broken", ROWS.values(), ids=ROWS.keys())
async def test_a_broken_row_is_told_by_row_column_and_code_and_the_others_are_imported(
    office: Desk, world: World, broken: Broken
) -> None:
    sent = broken.row(world)
    # A title above and a blank row between, so that a number that was only counted would be wrong.
    body = files.xlsx(broken.headers, broken.good(), [None], sent, titles=2)
    preview = await office.preview(body, kind=broken.kind)
    told = [(it["row"], it["column"], it["code"]) for it in preview["errors"]]
    assert told == [(6, broken.column, broken.code)]
    assert "{" not in preview["errors"][0]["detail"]
    assert (preview["counts"]["created"], preview["counts"]["blocked"]) == (1, 1)
    headers, row = await _errors(office, preview)
    assert headers == [*broken.headers, "错误"]
    assert f"[{broken.code}]" in row[-1]
    assert [cell for cell in row[:-1] if cell.strip()] == [
        files.as_text(cell) for cell in sent if cell is not None and str(cell).strip()
    ]
    assert (await office.apply(preview))["state"] == "applied"


async def test_a_row_that_is_merged_with_the_one_above_is_told_so(office: Desk) -> None:
    def draw(_: object, sheet: Any) -> None:  # noqa: ANN401
        for number, row in enumerate([files.STUDENTS, files.student(1), files.student(2, 班级=None)]):
            for position, value in enumerate(row):
                if value is not None:
                    sheet.write(number, position, value)
        sheet.merge_range(1, 4, 2, 4, "会计2601")

    preview = await office.preview(files.drawn(draw, options={"strings_to_numbers": False}))
    (error,) = preview["errors"]
    assert (error["row"], error["column"], error["code"]) == (3, "班级", "cell_merged")
    assert error["figures"] == {"range": "E2:E3"}


async def test_an_error_of_the_spreadsheet_is_told_and_a_formula_is_taken_with_a_remark(office: Desk) -> None:
    def draw(_: object, sheet: Any) -> None:  # noqa: ANN401
        for number, row in enumerate([files.STUDENTS, files.student(1), files.student(2)]):
            for position, value in enumerate(row):
                sheet.write(number, position, value)
        sheet.write_formula(1, 4, '="会计"&2601', value="会计2601")
        sheet.write_formula(2, 1, "=VLOOKUP(1,A:B,2)", value="#N/A")

    preview = await office.preview(files.drawn(draw))
    (error,) = preview["errors"]
    assert (error["row"], error["column"], error["code"]) == (3, "姓名", "cell_error")
    (made,) = await office.rows(preview["id"], outcome="created")
    assert [(it["row"], it["column"], it["code"]) for it in made["remarks"]] == [(2, "班级", "formula_value")]
    assert made["after"]["class_name"] == "会计2601"


async def test_a_code_stored_as_a_number_is_taken_as_it_stands_and_remarked_on(office: Desk) -> None:
    preview = await office.preview(files.xlsx(files.STUDENTS, files.student(1, 学号=20260001)))
    (made,) = await office.rows(preview["id"])
    assert made["after"]["student_number"] == "20260001"
    assert [(it["row"], it["column"], it["code"]) for it in made["remarks"]] == [(2, "学号", "number_read_as_code")]


async def test_every_fault_of_a_row_is_told_not_only_its_first(office: Desk) -> None:
    preview = await office.preview(files.xlsx(files.STUDENTS, files.student(1, 姓名=None, 入学年份="x")))
    assert [(it["row"], it["code"]) for it in preview["errors"]] == [(2, "cell_missing"), (2, "not_a_number")]


async def test_a_coordinator_imports_their_own_college_only(college: Desk) -> None:
    preview = await college.preview(files.xlsx(files.STUDENTS, files.student(1), files.student(2, 专业代码="530302")))
    (error,) = preview["errors"]
    assert (error["row"], error["column"], error["code"]) == (3, "专业代码", "register_outside_reach")
    assert preview["counts"]["created"] == 1


async def test_nobody_but_who_sent_a_file_gets_its_blocked_rows_back(college: Desk, office: Desk) -> None:
    preview = await college.preview(files.xlsx(files.STUDENTS, files.student(1, 姓名=None)))
    assert (await office.read(preview["id"]))["error_file_url"] is None
    answer = await office.client.get(preview["error_file_url"], headers=office.headers)
    assert answer.status_code == 404


async def test_the_error_file_can_be_corrected_and_sent_again(office: Desk) -> None:
    preview = await office.preview(files.xlsx(files.STUDENTS, files.student(1, 姓名=None), titles=1))
    headers, row = await _errors(office, preview)
    row[1] = "补上的名字"
    again = await office.preview(files.xlsx(headers, row))
    assert again["counts"]["created"] == 1
    assert again["found"]["unknown_columns"] == [{"column": "G", "header": "错误", "near": ""}]
