"""The deeds on the logs and on the audit."""

from x_pilot_api.oversight.commands.exporting import Format, export_events
from x_pilot_api.oversight.commands.reading import note_reading
from x_pilot_api.oversight.commands.sealing import seal_log, seal_logs, signer_of
from x_pilot_api.oversight.commands.verifying import VERIFICATION_FAILED, verify_logs

__all__ = [
    "VERIFICATION_FAILED",
    "Format",
    "export_events",
    "note_reading",
    "seal_log",
    "seal_logs",
    "signer_of",
    "verify_logs",
]
