"""The tables of awards."""

from x_pilot_api.awards.models.copies import AwardCopy, AwardPrintChange, AwardReissue, ReissueGround, ReissueState
from x_pilot_api.awards.models.lives import Award, AwardChange, AwardState, PrintState
from x_pilot_api.awards.models.numbers import AwardNumber, NumberClash, NumberPattern, NumberSerial
from x_pilot_api.awards.models.shares import AwardShare, AwardShareView, ClientKind, ShareField

__all__ = [
    "Award",
    "AwardChange",
    "AwardCopy",
    "AwardNumber",
    "AwardPrintChange",
    "AwardReissue",
    "AwardShare",
    "AwardShareView",
    "AwardState",
    "ClientKind",
    "NumberClash",
    "NumberPattern",
    "NumberSerial",
    "PrintState",
    "ReissueGround",
    "ReissueState",
    "ShareField",
]
