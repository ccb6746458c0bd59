"""What is asked and told of imports."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.imports.models import ImportMode, ImportOutcome, ImportState


class ColumnOut(BaseModel):
    """One column of a kind's table."""

    name: str = Field(examples=["student_number"])
    header: str = Field(description="What the column is called in the file", examples=["学号"])
    also: list[str] = Field(description="Other headers it is known by", examples=[["学生学号"]])
    holds: str = Field(description="What its cells hold", examples=["code"])
    required: bool
    choices: list[str] = Field(description="What may be chosen; empty when anything may be written")
    note: str = Field(examples=["单元格须为文本"])
    example: str = Field(examples=["2026010001"])


class ImportKindOut(BaseModel):
    """One kind of table that can be imported."""

    kind: str = Field(examples=["students"])
    title: str = Field(examples=["学生"])
    lacking: str = Field(
        description="What becomes of a row that a full file lacks: `closed`, or `removed` where nothing rests on it"
    )
    template_url: str = Field(examples=["/v1/import-kinds/students/template"])
    columns: list[ColumnOut]


class ImportKindsOut(BaseModel):
    """Every kind of table that can be imported."""

    items: list[ImportKindOut]


class FaultOfRowOut(BaseModel):
    """One thing wrong with, or worth knowing of, one cell of the file."""

    row: int | None = Field(description="Its number in the file; null for a row that a full file lacks", examples=[17])
    column: str = Field(description="The column's header", examples=["学号"])
    code: str = Field(examples=["leading_zeros_lost"])
    detail: str = Field(examples=["编码存成了数字，只剩 5 位，应为 6 位：前面的 0 已丢失。"])
    figures: dict[str, Any] = Field(examples=[{"found": 5, "needed": 6}])


class UnreadOut(BaseModel):
    """Why the file as a whole was not read, or the import given up."""

    code: str = Field(examples=["columns_missing"])
    detail: str = Field(examples=["第 1 行的表头缺少：学号。"])
    figures: dict[str, Any]
    places: list[dict[str, Any]] = Field(description="Places in the file, where there are some")


class ImportOut(BaseModel):
    """One import: what the file is, what its rows would do or did, and what may be done next."""

    id: UUID
    kind: str = Field(examples=["students"])
    mode: ImportMode
    state: ImportState
    job_id: UUID | None = Field(description="The job that previews and applies it")
    uploaded_by: UUID
    uploaded_at: datetime
    applied_at: datetime | None
    sha256: str = Field(description="Of the file as it came")
    found: dict[str, Any] = Field(
        description="What the file is: format, sheet, header_row, titles_skipped, unknown_columns, other_sheets",
        examples=[{"format": "xlsx", "sheet": "学生", "header_row": 2, "titles_skipped": 1}],
    )
    counts: dict[str, int] = Field(
        description="Rows created, changed, unchanged, removed, blocked; for a full file also those existing",
        examples=[{"created": 10, "changed": 2, "unchanged": 88, "removed": 0, "blocked": 1}],
    )
    errors: list[FaultOfRowOut] = Field(description="The first blocked rows; all of them are in rows_url")
    digest: str | None = Field(description="To confirm this preview with; null before there is one")
    problem: UnreadOut | None
    rows_url: str
    error_file_url: str | None = Field(description="The blocked rows as sent, for whoever sent them; null without any")
    allowed_deeds: list[str] = Field(examples=[["confirm"]])


class ImportRowOut(BaseModel):
    """One row of the file: what becomes of it, and of which columns."""

    row: int | None = Field(description="Its number in the file; null for a row that a full file lacks")
    outcome: ImportOutcome
    id: UUID | None = Field(description="The register's row; null when blocked")
    before: dict[str, Any] | None = Field(description="What changes, as it was; null for what is new")
    after: dict[str, Any] | None = Field(description="What changes, as it becomes")
    errors: list[FaultOfRowOut]
    remarks: list[FaultOfRowOut]


class ConfirmImportIn(BaseModel):
    """Which preview is confirmed."""

    model_config = ConfigDict(extra="forbid")

    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="`digest` of the import as it was looked at")]


class ImportAskedOut(BaseModel):
    """What was asked for, and the job that does it."""

    import_id: UUID
    job_id: UUID
    state: ImportState
