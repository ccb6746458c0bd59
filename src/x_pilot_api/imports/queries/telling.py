"""Writing imports as their callers see them, in the reader's language."""

from collections.abc import Sequence
from typing import Any

from x_pilot_api.core import errors, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Language
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.tables.kinds import Closing, Kind
from x_pilot_api.imports import rules
from x_pilot_api.imports.models import ImportMode, ImportOutcome, ImportRow, ImportState, TableImport
from x_pilot_api.imports.schemas import (
    ColumnOut,
    FaultOfRowOut,
    ImportKindOut,
    ImportOut,
    ImportRowOut,
    UnreadOut,
)


def describe_kind(kind: Kind) -> ImportKindOut:
    """Write a kind of table with its columns."""
    language = languages.spoken()
    return ImportKindOut(
        kind=kind.name,
        title=kind.title.said_in(language),
        lacking="closed" if isinstance(kind.lacking, Closing) else "removed",
        template_url=f"/v1/import-kinds/{kind.name}/template",
        columns=[_column(column, language) for column in kind.columns],
    )


def _column(column: Column, language: Language) -> ColumnOut:
    return ColumnOut(
        name=column.name,
        header=column.header,
        also=list(column.also),
        holds=column.kind,
        required=column.required,
        choices=["是", "否"] if column.kind is CellKind.YES_NO else list(column.choices),
        note=column.note.said_in(language),
        example=column.example,
    )


def describe(actor: Actor, made: TableImport, blocked: Sequence[ImportRow]) -> ImportOut:
    """Write an import, with the errors of some of its blocked rows."""
    return ImportOut(
        id=made.id,
        kind=made.kind,
        mode=ImportMode(made.mode),
        state=ImportState(made.state),
        job_id=made.job_id,
        uploaded_by=made.uploaded_by,
        uploaded_at=made.uploaded_at,
        applied_at=made.applied_at,
        sha256=made.file_hash.hex(),
        found=made.found,
        counts=made.counts,
        errors=[told for row in blocked for told in _told(row, row.faults)],
        digest=made.digest,
        problem=_problem(made.problem) if made.problem else None,
        rows_url=f"/v1/imports/{made.id}/rows",
        error_file_url=_error_file_url(actor, made),
        allowed_deeds=rules.allowed_deeds(actor, state=made.state, undoable=made.sealed_body is not None),
    )


def _error_file_url(actor: Actor, made: TableImport) -> str | None:
    own = made.sealed_error_file is not None and made.uploaded_by == actor.id
    return f"/v1/imports/{made.id}/error-file" if own else None


def _problem(kept: dict[str, Any]) -> UnreadOut:
    refusal = errors.REGISTRY[kept["code"]](**kept["figures"])
    chinese = languages.spoken() is Language.ZH
    return UnreadOut(
        code=kept["code"], detail=refusal.detail(chinese=chinese), figures=kept["figures"], places=kept["faults"]
    )


def describe_row(row: ImportRow) -> ImportRowOut:
    """Write one row: only what changes of it."""
    before, after = row.before, row.after
    if before is not None and after is not None:
        names = [name for name in after if before.get(name) != after[name]]
        before, after = ({name: state[name] for name in names} for state in (before, after))
    return ImportRowOut(
        row=row.row_number,
        outcome=ImportOutcome(row.outcome),
        id=row.target_id,
        before=before,
        after=after,
        errors=_told(row, row.faults),
        remarks=_told(row, row.remarks),
    )


def _told(row: ImportRow, items: Any) -> list[FaultOfRowOut]:  # noqa: ANN401 - JSON as it was kept
    language = languages.spoken()
    return [
        FaultOfRowOut(
            row=row.row_number,
            column=item["column"],
            code=item["code"],
            detail=rules.explain(item["code"], item["figures"], language=language),
            figures=item["figures"],
        )
        for item in items
    ]
