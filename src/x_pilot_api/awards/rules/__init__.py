"""The rules of awards."""

from x_pilot_api.awards.number_patterns import (
    OURS,
    Occasion,
    names_institution,
    number_of,
    refuse_pattern,
    serial_digits,
    stem_of,
)
from x_pilot_api.awards.rules.lives import (
    AWARD_WORKFLOW,
    PAPER_WORKFLOW,
    REISSUE_WORKFLOW,
    allowed_deeds,
    reissue_deeds,
)
from x_pilot_api.awards.rules.shares import LIFE_MAX, OPEN_MAX, client_kind, is_open
from x_pilot_api.awards.rules.tallied import AWARDS

__all__ = [
    "AWARDS",
    "AWARD_WORKFLOW",
    "LIFE_MAX",
    "OPEN_MAX",
    "OURS",
    "PAPER_WORKFLOW",
    "REISSUE_WORKFLOW",
    "Occasion",
    "allowed_deeds",
    "client_kind",
    "is_open",
    "names_institution",
    "number_of",
    "refuse_pattern",
    "reissue_deeds",
    "serial_digits",
    "stem_of",
]
