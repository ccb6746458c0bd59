"""The deeds on report types and reports."""

from x_pilot_api.reports.commands.answering import accept_report, send_back
from x_pilot_api.reports.commands.defining import define_type, redefine_type, retire_type, revive_type
from x_pilot_api.reports.commands.exporting import export_report, print_report
from x_pilot_api.reports.commands.feeding import ask_to_send, collect_records, send_records, take_receipts
from x_pilot_api.reports.commands.filling import fill_report, submit_report
from x_pilot_api.reports.commands.opening import open_period
from x_pilot_api.reports.commands.reminding import remind

__all__ = [
    "accept_report",
    "ask_to_send",
    "collect_records",
    "define_type",
    "export_report",
    "fill_report",
    "open_period",
    "print_report",
    "redefine_type",
    "remind",
    "retire_type",
    "revive_type",
    "send_back",
    "send_records",
    "submit_report",
    "take_receipts",
]
