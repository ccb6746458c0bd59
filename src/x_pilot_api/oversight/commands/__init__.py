"""The deeds on the logs."""

from x_pilot_api.oversight.commands.sealing import seal_log, seal_logs

__all__ = ["seal_log", "seal_logs"]
