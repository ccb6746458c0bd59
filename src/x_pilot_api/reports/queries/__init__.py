"""Finding report types and reports, telling them, and comparing their figures."""

from x_pilot_api.reports.queries.comparing import basis_of, compute, figures_of, list_rows, list_submitted
from x_pilot_api.reports.queries.feed import list_lines, list_records, list_unwritten, lock_waiting
from x_pilot_api.reports.queries.reports import (
    find_previous,
    get_report,
    last_submission,
    list_narratives,
    list_reports,
    visible_reports,
)
from x_pilot_api.reports.queries.telling import describe_reports, describe_types, list_history, tell_detail
from x_pilot_api.reports.queries.types import get_type, get_version, list_types, visible_types

__all__ = [
    "basis_of",
    "compute",
    "describe_reports",
    "describe_types",
    "figures_of",
    "find_previous",
    "get_report",
    "get_type",
    "get_version",
    "last_submission",
    "list_history",
    "list_lines",
    "list_narratives",
    "list_records",
    "list_reports",
    "list_rows",
    "list_submitted",
    "list_types",
    "list_unwritten",
    "lock_waiting",
    "tell_detail",
    "visible_reports",
    "visible_types",
]
