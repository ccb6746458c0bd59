"""Files that are refused as a whole, by code and figures; what they do, they do to a process of their own."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.imports import files
from tests.imports.desk import Desk
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.tables import errors, reading
from x_pilot_api.core.tables.reading import Limits

LIMITS = Limits(rows=100, unzipped_mib=20, memory_mib=512, cpu_seconds=10)
GOOD = files.xlsx(files.STUDENTS, files.student(1))


def _member(name: str, content: bytes) -> bytes:
    """Add one member to a good workbook, or put it in the place of one."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return made.getvalue()


def _other_package() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return made.getvalue()


def _corner_to_corner(_: object, sheet: Any) -> None:  # noqa: ANN401 - the library types its arguments in part
    sheet.write_string(0, 0, "学号")
    sheet.write_string(1_048_575, 16_383, "x")


def _far_below(_: object, sheet: Any) -> None:  # noqa: ANN401
    for number in (0, 1, 5_000):
        sheet.write_string(number, 0, "学号")


def _sheet_of(rows: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
    return _member("xl/worksheets/sheet1.xml", text.encode())


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a workbook cut short": (lambda: GOOD[: len(GOOD) // 2], "file_broken"),
    "a package that is no workbook": (_other_package, "file_kind_unknown"),
    "an old or locked workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "file_locked_or_old"),
    "a bomb by its ratio": (lambda: _member("xl/media/a.xml", bytes(10 << 20)), "package_refused"),
    "a bomb by its size": (
        lambda: _member("xl/media/a.xml", bytes(range(256)) * (80 << 10) + bytes(1 << 20)),
        "package_refused",
    ),
    "a bomb by its members": (
        lambda: files.packed({"xl/workbook.xml": b"<w/>"} | {f"xl/{n}.xml": b"" for n in range(501)}),
        "package_refused",
    ),
    "two cells at opposite corners": (lambda: files.drawn(_corner_to_corner), "file_too_costly"),
    "a row far below": (lambda: files.drawn(_far_below), "rows_apart"),
    "a row numbered beyond any sheet": (
        lambda: _sheet_of('<row r="200000000"><c r="A200000000"/></row>'),
        "table_empty",
    ),
    "entities within entities": (
        lambda: _member("xl/workbook.xml", f"<!DOCTYPE w [{LAUGHS}]><w>&l9;</w>".encode()),
        "file_broken",
    ),
    "nothing but blanks": (lambda: files.csv(["", ""], ["", ""]), "header_not_found"),
    "an empty sheet": (lambda: files.drawn(lambda _book, _sheet: None), "table_empty"),
    "a quote that is never closed": (lambda: b'a,b\r\n"c,d\r\n', "csv_broken"),
    "bytes of no encoding": (lambda: bytes([0x80, 0xFF, 0xFE, 0x81]) * 9, "encoding_unknown"),
    "zeros in a text": (lambda: b"a,b\r\n\0,c\r\n", "encoding_unknown"),
    "too many rows": (lambda: files.csv(["学号"], *([f"{n}"] for n in range(200))), "table_too_long"),
}


async def _read(data: bytes) -> int:
    async with reading.opened(data, LIMITS) as table:
        return sum([1 async for _ in table.rows])


@pytest.mark.parametrize(("make", "code"), FILES.values(), ids=FILES.keys())
async def test_what_is_no_honest_table_is_refused_by_its_code(make: Callable[[], bytes], code: str) -> None:
    if code == "header_not_found":
        assert await _read(make()) == 0
        return
    with pytest.raises(AppError) as refused:
        await _read(make())
    assert refused.value.code == code
    assert "{" not in refused.value.detail(chinese=True)


async def test_a_limit_is_named_in_the_refusal() -> None:
    with pytest.raises(errors.PackageRefused) as refused:
        await _read(FILES["a bomb by its size"][0]())
    assert refused.value.figures == {
        "reason": "unzipped_bytes",
        "found": refused.value.figures["found"],
        "limit": 20 << 20,
    }


async def test_the_process_that_reads_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XPILOT_DATABASE_URL", "postgresql://secret")
    assert await _read(GOOD) == 2


HEADERS = {
    "in another order, with stars and remarks": [
        "姓名*",
        "学号（必填）",
        " 证件 号码 ",
        "班级",
        "专业代码",
        "入学年份",
    ],
    "by their names in code": [
        "name",
        "student_number",
        "document_number",
        "class_name",
        "programme_code",
        "entry_year",
    ],
    "by other names they have": ["姓名", "学生学号", "身份证号", "班级名称", "专业编码", "年级"],
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
async def test_columns_are_found_whatever_their_order_and_spelling(office: Desk, headers: list[str]) -> None:
    number, name, document, programme, class_name, year = files.student(1)
    preview = await office.preview(files.xlsx(headers, [name, number, document, class_name, programme, year]))
    assert preview["counts"]["created"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
async def test_a_text_file_is_read_whatever_its_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    data = files.csv(["学号", "姓名"], ["007", "张三"], encoding=encoding, delimiter=delimiter)
    async with reading.opened(data, LIMITS) as table:
        rows = [row async for row in table.rows]
        assert table.facts["encoding"] == encoding.removesuffix("-sig")
    assert rows == [(1, ["学号", "姓名"]), (2, ["007", "张三"])]


async def test_zeros_in_front_survive_in_a_text_file_and_an_exponent_is_refused(office: Desk) -> None:
    preview = await office.preview(
        files.csv(
            files.STUDENTS, files.student(1, 学号="0012"), files.student(2, 证件号码="1.10101E+17"), encoding="gb18030"
        )
    )
    assert preview["found"]["encoding"] == "gb18030"
    assert [(it["row"], it["column"], it["code"]) for it in preview["errors"]] == [(3, "证件号码", "precision_lost")]
    (made,) = await office.rows(preview["id"], outcome="created")
    assert made["after"]["student_number"] == "0012"


UNREAD = {
    "columns_missing": files.xlsx(["学生号", "姓名", "证件号码", "专业代码", "班级", "入学年份"], files.student(1)),
    "column_twice": files.xlsx([*files.STUDENTS, "学号"], [*files.student(1), "2"]),
    "header_not_found": files.xlsx(["a", "b"], ["1", "2"]),
    "table_empty": files.xlsx(files.STUDENTS),
}


@pytest.mark.parametrize(("code", "body"), UNREAD.items(), ids=UNREAD.keys())
async def test_a_file_that_cannot_be_laid_out_says_why_and_its_job_fails(office: Desk, code: str, body: bytes) -> None:
    sent = (await office.send(body)).json()
    with pytest.raises(AppError):
        await office.work(sent["job_id"])
    told = await office.read(sent["import_id"])
    assert (told["state"], told["problem"]["code"], told["allowed_deeds"]) == ("refused", code, [])
    job = (await office.client.get(f"/v1/jobs/{sent['job_id']}", headers=office.headers)).json()
    assert (job["state"], job["problem"]) == ("failed", {"code": code})
    if code == "columns_missing":
        (place,) = told["problem"]["places"]
        assert (place["row"], place["column"]) == (1, "学号")
        assert "学生号" in place["detail"]


async def test_a_file_larger_than_is_taken_is_refused_before_it_is_read(office: Desk) -> None:
    answer = await office.send(bytes(20 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert "20971520" in answer.json()["detail"]


async def test_neither_an_empty_file_nor_an_unknown_kind_is_taken(office: Desk) -> None:
    answers = [await office.send(b""), await office.send(b"x", kind="tea")]
    assert [answer.json()["code"] for answer in answers] == ["import_empty", "import_kind_unknown"]
