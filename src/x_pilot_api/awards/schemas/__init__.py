"""What is asked and told of awards."""

from x_pilot_api.awards.schemas.lives import (
    AwardChangeOut,
    AwardOut,
    AwardReasonIn,
    AwardWholeOut,
    PaperOut,
    PrintDeedIn,
    PrintDeedOut,
    PrintStepOut,
    ReissueDecisionIn,
    ReissueIn,
    ReissueOut,
)
from x_pilot_api.awards.schemas.numbers import (
    NumberClashOut,
    NumberPatternIn,
    NumberPatternOut,
    PatternPreviewIn,
    PatternPreviewOut,
)
from x_pilot_api.awards.schemas.shares import AwardShareIn, AwardShareMadeOut, AwardShareOut, AwardShareViewOut

__all__ = [
    "AwardChangeOut",
    "AwardOut",
    "AwardReasonIn",
    "AwardShareIn",
    "AwardShareMadeOut",
    "AwardShareOut",
    "AwardShareViewOut",
    "AwardWholeOut",
    "NumberClashOut",
    "NumberPatternIn",
    "NumberPatternOut",
    "PaperOut",
    "PatternPreviewIn",
    "PatternPreviewOut",
    "PrintDeedIn",
    "PrintDeedOut",
    "PrintStepOut",
    "ReissueDecisionIn",
    "ReissueIn",
    "ReissueOut",
]
