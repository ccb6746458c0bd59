"""What may be done with projects, enrolments, trainings elsewhere and completions."""

from datetime import date

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.training.models import (
    EnrolmentState,
    OutsideState,
    OutsideTraining,
    TrainingEnrolment,
    TrainingProject,
    TrainingProjectState,
    TrainingResult,
)

_P = Permission
_T = TrainingProjectState
_E = EnrolmentState
_O = OutsideState

PROJECT = Workflow(
    name="training project",
    initial=_T.DRAFT,
    deeds={
        "change": Deed(frozenset({_T.DRAFT}), _T.DRAFT, _P.TRAINING_RUN),
        "publish": Deed(frozenset({_T.DRAFT}), _T.PUBLISHED, _P.TRAINING_RUN),
        "enrol": Deed(frozenset({_T.PUBLISHED}), _T.PUBLISHED, _P.TRAINING_ENROL),
        "change_places": Deed(frozenset({_T.PUBLISHED}), _T.PUBLISHED, _P.TRAINING_RUN),
        "record": Deed(frozenset({_T.PUBLISHED}), _T.PUBLISHED, _P.TRAINING_RUN),
        "close": Deed(frozenset({_T.PUBLISHED}), _T.CLOSED, _P.TRAINING_RUN),
        "cancel": Deed(frozenset({_T.DRAFT, _T.PUBLISHED}), _T.CANCELLED, _P.TRAINING_RUN),
        "resume": Deed(frozenset({_T.PUBLISHED, _T.CLOSED}), _T.PUBLISHED, _P.TRAINING_RUN),
    },
)

ENROLMENT = Workflow(
    name="training enrolment",
    initial=_E.WAITING,
    deeds={
        "place": Deed(frozenset({_E.WAITING}), _E.ENROLLED, _P.TRAINING_RUN),
        "withdraw": Deed(frozenset({_E.WAITING, _E.ENROLLED}), _E.WITHDRAWN, _P.TRAINING_ENROL),
        "conclude": Deed(frozenset({_E.ENROLLED}), _E.CONCLUDED, _P.TRAINING_RUN),
        "reopen": Deed(frozenset({_E.CONCLUDED}), _E.ENROLLED, _P.TRAINING_RUN),
        "answer_survey": Deed(frozenset({_E.CONCLUDED}), _E.CONCLUDED, _P.TRAINING_ANSWER),
    },
)

OUTSIDE = Workflow(
    name="outside training",
    initial=_O.RECORDED,
    deeds={
        "confirm": Deed(frozenset({_O.RECORDED}), _O.CONFIRMED, _P.TRAINING_RUN),
        "refuse": Deed(frozenset({_O.RECORDED}), _O.REFUSED, _P.TRAINING_RUN),
        "reverse": Deed(frozenset({_O.CONFIRMED}), _O.REVERSED, _P.TRAINING_RUN),
    },
)

COUNTS, REVERSED = "counts", "reversed"

COMPLETION = Workflow(
    name="training completion",
    initial=COUNTS,
    deeds={"reverse": Deed(frozenset({COUNTS}), REVERSED, _P.TRAINING_RUN)},
)

_BY_ITSELF = frozenset({"resume", "place"})
"""Nobody asks for these: reopening a result does the one, a place that comes free the other."""


def deeds_on_project(
    actor: Actor, project: TrainingProject, *, today: date, concluded: int, open_: int, is_in_line: bool
) -> list[str]:
    """List what an actor may do with a project next, by its state, the day and how far its participants are."""
    now = {
        "enrol": today <= project.enrols_until and not is_in_line,
        "change_places": today < project.starts_on,
        "record": today >= project.starts_on and open_ > 0,
        "close": today >= project.ends_on and open_ == 0,
        "cancel": concluded == 0,
    }
    deeds = PROJECT.allowed_deeds(actor, state=project.state)
    return [deed for deed in deeds if deed not in _BY_ITSELF and now.get(deed, True)]


def deeds_on_enrolment(
    actor: Actor,
    enrolment: TrainingEnrolment,
    *,
    today: date,
    starts_on: date,
    ends_on: date,
    is_own: bool,
    has_answered: bool,
) -> list[str]:
    """List what an actor may do with an enrolment next; only a participant says how it was, and once."""
    now = {
        "withdraw": enrolment.state == _E.WAITING or today < starts_on,
        "conclude": today >= ends_on,
        "answer_survey": is_own and not has_answered and enrolment.result != TrainingResult.ABSENT,
    }
    deeds = ENROLMENT.allowed_deeds(actor, state=enrolment.state)
    return [deed for deed in deeds if deed not in _BY_ITSELF and now.get(deed, True)]


def deeds_on_outside(actor: Actor, outside: OutsideTraining, *, is_own: bool) -> list[str]:
    """List what an actor may do with a training elsewhere; it takes a second person."""
    if is_own or outside.recorded_by == actor.id:
        return []
    return [deed for deed in OUTSIDE.allowed_deeds(actor, state=outside.state) if deed != "reverse"]
