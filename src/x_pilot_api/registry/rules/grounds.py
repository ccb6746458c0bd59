"""Why a row of the register is refused: conditions in SQL, which decide one row and a hundred thousand alike."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from x_pilot_api.core import errors
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both, Language

ROW = Both("学籍与教务基础数据的一行", "One row of the register")


class Ground(NamedTuple):
    """One reason to refuse a row: its code, when it holds, the column it is about, and the figures it is told with."""

    code: str
    holds: str
    column: str
    figures: str = "NULL"


_ITEMS: dict[str, ItemCode] = {}


def know(code: str, says: Both, fix: Both, **example: object) -> None:
    """Put a code that rows can get on record, with what its owner reads."""
    _ITEMS[code] = ItemCode(code, ROW, says, fix, MappingProxyType(example))
    errors.know_items(_ITEMS[code])


know(
    "register_value_malformed",
    Both("该值格式不正确：{detail}", "The value does not follow its form: {detail}"),
    Both("按提示的格式修改。", "Correct it as the detail says."),
    detail="must not be blank",
)
know(
    "register_row_repeated",
    Both("与第 {place} 行重复。", "It says again what row {place} says."),
    Both("每个对象只保留一行。", "Keep one row for each."),
    place=2,
)
know(
    "register_row_unknown",
    Both("没有这样的对象。", "There is no such thing to change."),
    Both("核对编号，或新建它。", "Check the id, or create it."),
)
know(
    "register_key_taken",
    Both("该编号已被 {id} 使用。", "The number is that of {id}."),
    Both("换一个编号，或修改已有的对象。", "Choose another number, or change what is there."),
    id="0197a1c2-0000-7000-8000-000000000003",
)
know(
    "register_value_missing",
    Both("缺少 {column}。", "{column} is missing."),
    Both("补上该列的值。", "Give it a value."),
    column="name",
)
know(
    "register_outside_reach",
    Both("该行属于其他二级学院，您不能修改。", "The row is another college's, which you do not act for."),
    Both("请教务处或该学院处理。", "Ask the office or that college."),
)
know(
    "register_still_used",
    Both("仍有 {count} 条 {by} 依赖它，不能删除。", "{count} rows of {by} depend on it, so it cannot be removed."),
    Both(
        "先处理依赖它的数据，或停用它而不是删除。", "See to what depends on it first, or keep it as no longer active."
    ),
    count=12,
    by="students",
)


def repeated(column: str) -> Ground:
    """Refuse a row that says again what an earlier one says."""
    return Ground("register_row_repeated", "given.nth > 1", column, "jsonb_build_object('place', given.first_place)")


def unknown_row() -> Ground:
    """Refuse a row that would change what is not there."""
    return Ground("register_row_unknown", "given.id IS NOT NULL AND target.id IS NULL", "id")


def taken(column: str) -> Ground:
    """Refuse a row under a number that something else has, or that is there when it is to be new."""
    return Ground(
        "register_key_taken",
        "named.id IS NOT NULL AND (CAST(:creates AS boolean) OR named.id <> target.id)",
        column,
        "jsonb_build_object('id', named.id)",
    )


def missing(column: str, value: str | None = None) -> Ground:
    """Refuse a row without a value that it needs."""
    return Ground(
        "register_value_missing",
        f"{value or f'new.{column}'} IS NULL",
        column,
        f"jsonb_build_object('column', '{column}')",
    )


def unknown(code: str, column: str, joined: str) -> Ground:
    """Refuse a row that names by its number something that is not there."""
    return Ground(
        code,
        f"given.{column} IS NOT NULL AND {joined}.id IS NULL",
        column,
        f"jsonb_build_object('named', given.{column})",
    )


def outside(college: str, programme: str | None = None) -> Ground:
    """Refuse a row of a college and programme the actor does not act for; without bounds everything is in reach."""
    beyond = f"{college} <> ALL (CAST(:colleges AS uuid[]))"
    if programme is not None:
        beyond += f" AND {programme} <> ALL (CAST(:programmes AS uuid[]))"
    return Ground("register_outside_reach", f"CAST(:colleges AS uuid[]) IS NOT NULL AND {beyond}", "id")


def verdict(grounds: Sequence[Ground]) -> str:
    """Write which ground is the first to hold, as a number; a fault found before the database was asked is 0."""
    cases = " ".join(f"WHEN {ground.holds} THEN {number}" for number, ground in enumerate(grounds, start=1))
    return f"CASE WHEN given.fault IS NOT NULL THEN 0 {cases} END"


def code_of(grounds: Sequence[Ground]) -> str:
    """Write the code of the ground that holds."""
    cases = " ".join(f"WHEN {number} THEN '{ground.code}'" for number, ground in enumerate(grounds, start=1))
    return f"CASE verdict.ground WHEN 0 THEN given.fault {cases} END"


def column_of(grounds: Sequence[Ground]) -> str:
    """Write which column the ground that holds is about."""
    cases = " ".join(f"WHEN {number} THEN '{ground.column}'" for number, ground in enumerate(grounds, start=1))
    return f"CASE verdict.ground WHEN 0 THEN given.fault_column {cases} END"


def figures_of(grounds: Sequence[Ground]) -> str:
    """Write which figures the ground that holds is told with."""
    cases = " ".join(
        f"WHEN {number} THEN {ground.figures}"
        for number, ground in enumerate(grounds, start=1)
        if ground.figures != "NULL"
    )
    of_fault = "CASE WHEN given.fault_detail IS NOT NULL THEN jsonb_build_object('detail', given.fault_detail) END"
    return f"CASE verdict.ground WHEN 0 THEN {of_fault} {cases} END"


def explain(code: str, figures: Mapping[str, Any] | None, *, language: Language) -> str:
    """Say a code in words, with the row's figures."""
    return _ITEMS[code].detail.said_in(language).format_map(figures or {})
