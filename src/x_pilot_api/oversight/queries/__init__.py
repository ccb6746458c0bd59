"""Reading the audit and the logs."""

from x_pilot_api.oversight.queries.logs import Sealed, find_seal, hashes_of, list_logs, list_seals, list_unsealed
from x_pilot_api.oversight.queries.verification import Finding, Report, verify_log

__all__ = [
    "Finding",
    "Report",
    "Sealed",
    "find_seal",
    "hashes_of",
    "list_logs",
    "list_seals",
    "list_unsealed",
    "verify_log",
]
