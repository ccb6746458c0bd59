"""What to warn of before a sitting: who examines it, and whether they may."""

from collections.abc import Sequence

from x_pilot_api.exams.models import CoverageWarning, ExaminerDuty, SittingState

EXAMINING = frozenset({ExaminerDuty.CHIEF, ExaminerDuty.ASSESSOR})
"""Whose duty is to examine; an invigilator keeps order, and needs no qualification for the level."""

_AHEAD = frozenset({SittingState.ARRANGED, SittingState.UNDER_WAY})

Standing = tuple[ExaminerDuty, bool | None]
"""An examiner's duty, and whether they are qualified; None is not on the register."""


def coverage_warnings(examiners: Sequence[Standing], *, state: SittingState) -> list[CoverageWarning]:
    """Name what a sitting lacks that is still to be held.

    How many examiners it takes is not known, only that none are too few. What somebody from outside may examine is not
    on the register, so nothing is said against them, and they do not count.
    """
    if state not in _AHEAD:
        return []
    warnings: list[CoverageWarning] = []
    if not any(is_qualified for _, is_qualified in examiners):
        warnings.append(CoverageWarning.NO_QUALIFIED_EXAMINER)
    if any(is_qualified is False and duty in EXAMINING for duty, is_qualified in examiners):
        warnings.append(CoverageWarning.EXAMINER_NOT_QUALIFIED)
    return warnings
