"""Pure decisions: who gets the places there are, and what is refused by its day or its figures."""

from datetime import date

from x_pilot_api.training.errors import (
    EnrolmentEnded,
    TrainingBegun,
    TrainingHasResults,
    TrainingHoursExceeded,
    TrainingInFuture,
    TrainingNotYet,
    TrainingPlacesTaken,
    TrainingResultsMissing,
)
from x_pilot_api.training.models import EnrolmentState, TrainingProject

PROJECT_KIND = "training_project"
ENROLMENT_KIND = "training_enrolment"
CYCLE_KIND = "training_cycle"
REQUIREMENT_KIND = "training_requirement"
OUTSIDE_KIND = "outside_training"
COMPLETION_KIND = "training_completion"
CERTIFICATE_KIND = "teacher_certificate"


def states_in_line(wishes: int, *, places: int, taken: int) -> list[EnrolmentState]:
    """Give the places that are left to the first, and let the others wait."""
    left = max(0, places - taken)
    return [EnrolmentState.ENROLLED if nth < left else EnrolmentState.WAITING for nth in range(wishes)]


def check_enrolling(project: TrainingProject, *, today: date) -> None:
    """Refuse to enrol after the deadline."""
    if today > project.enrols_until:
        raise EnrolmentEnded(enrols_until=project.enrols_until.isoformat(), today=today.isoformat())


def check_withdrawing(project: TrainingProject, *, state: str, today: date) -> None:
    """Refuse to give a place back that nobody can use any more."""
    if state == EnrolmentState.ENROLLED and today >= project.starts_on:
        raise TrainingBegun(starts_on=project.starts_on.isoformat())


def check_places(project: TrainingProject, places: int, *, today: date) -> None:
    """Refuse fewer places than are held, and any change once the training has begun."""
    if today >= project.starts_on:
        raise TrainingBegun(starts_on=project.starts_on.isoformat())
    if places < project.taken:
        raise TrainingPlacesTaken(places=places, taken=project.taken)


def check_recording(project: TrainingProject, *, hours: int, has_results: bool, today: date) -> None:
    """Refuse attendance before the first day, results before the last, and more hours than there are."""
    earliest = project.ends_on if has_results else project.starts_on
    if today < earliest:
        raise TrainingNotYet(earliest=earliest.isoformat(), today=today.isoformat())
    if hours > project.hours:
        raise TrainingHoursExceeded(hours=project.hours, attended=hours)


def check_closing(project: TrainingProject, *, open_: int, today: date) -> None:
    """Refuse to close what is not over, or whose participants have no result."""
    if today < project.ends_on:
        raise TrainingNotYet(earliest=project.ends_on.isoformat(), today=today.isoformat())
    if open_:
        raise TrainingResultsMissing(count=open_)


def check_cancelling(*, concluded: int) -> None:
    """Refuse to cancel what took place."""
    if concluded:
        raise TrainingHasResults(count=concluded)


def check_done(*, completed_on: date, today: date) -> None:
    """Refuse what is still to come."""
    if completed_on > today:
        raise TrainingInFuture(completed_on=completed_on.isoformat(), today=today.isoformat())


def percent(part: int, whole: int) -> int | None:
    """Give a share in hundredths of a percent, rounded half up; of nothing there is none."""
    return (part * 20_000 + whole) // (2 * whole) if whole else None


def mean(total: int, number: int) -> int | None:
    """Give a mean in hundredths, rounded half up; of nothing there is none."""
    return (total * 200 + number) // (2 * number) if number else None
