"""Reading the audit and the logs, and verifying logs and books."""

from x_pilot_api.oversight.queries.audit import Event, Search, list_events
from x_pilot_api.oversight.queries.batches import BatchFinding, BatchReport, verify_batches
from x_pilot_api.oversight.queries.books import BookReport, verify_book
from x_pilot_api.oversight.queries.logs import Sealed, find_seal, hashes_of, list_logs, list_seals, list_unsealed
from x_pilot_api.oversight.queries.proofs import Proof, get_seal, prove_consistency, prove_inclusion
from x_pilot_api.oversight.queries.verification import Finding, Report, verify_log

__all__ = [
    "BatchFinding",
    "BatchReport",
    "BookReport",
    "Event",
    "Finding",
    "Proof",
    "Report",
    "Sealed",
    "Search",
    "find_seal",
    "get_seal",
    "hashes_of",
    "list_events",
    "list_logs",
    "list_seals",
    "list_unsealed",
    "prove_consistency",
    "prove_inclusion",
    "verify_batches",
    "verify_book",
    "verify_log",
]
