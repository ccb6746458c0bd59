"""The deeds of the exam day."""

from x_pilot_api.exam_days.commands.check_ins import settle_attendance, take_check_ins, take_list
from x_pilot_api.exam_days.commands.incidents import confirm_incident, reject_incident, report_incident
from x_pilot_api.exam_days.commands.papers import fetch_papers, forget_papers, make_papers, print_papers
from x_pilot_api.exam_days.commands.seating import arrange_seats, rearrange_seats

__all__ = [
    "arrange_seats",
    "confirm_incident",
    "fetch_papers",
    "forget_papers",
    "make_papers",
    "print_papers",
    "rearrange_seats",
    "reject_incident",
    "report_incident",
    "settle_attendance",
    "take_check_ins",
    "take_list",
]
