"""Reading imports: who sees which, what their rows would do, and what has become of those rows since."""

from x_pilot_api.imports.queries.finding import (
    KINDS,
    Import,
    blocked_rows,
    first_blocked,
    get_import,
    get_import_of_job,
    kind_of,
    list_imports,
    list_rows,
    lock_import,
)
from x_pilot_api.imports.queries.since import count_changed, count_dependent, image_columns, what_goes
from x_pilot_api.imports.queries.telling import describe, describe_kind, describe_row

__all__ = [
    "KINDS",
    "Import",
    "blocked_rows",
    "count_changed",
    "count_dependent",
    "describe",
    "describe_kind",
    "describe_row",
    "first_blocked",
    "get_import",
    "get_import_of_job",
    "image_columns",
    "kind_of",
    "list_imports",
    "list_rows",
    "lock_import",
    "what_goes",
]
