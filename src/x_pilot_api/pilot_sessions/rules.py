"""What may be done with a session, whom it is for, and what is counted."""

from datetime import date

from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.pilot_sessions.errors import PilotParticipantsUnfit, PilotSessionAhead, PilotSessionOver
from x_pilot_api.pilot_sessions.models import PilotSession, PilotSessionAudience, PilotSessionState

AUDIT_KIND = "pilot_session"

_S = PilotSessionState
_P = Permission
_FIRST_MONTH = 9

WORKFLOW = Workflow(
    name="pilot session",
    initial=_S.PLANNED,
    deeds={
        "change": Deed(frozenset({_S.PLANNED}), _S.PLANNED, _P.PILOT_SESSIONS_RUN),
        "hold": Deed(frozenset({_S.PLANNED}), _S.HELD, _P.PILOT_SESSIONS_RUN),
        "cancel": Deed(frozenset({_S.PLANNED}), _S.CANCELLED, _P.PILOT_SESSIONS_RUN),
        "record": Deed(frozenset({_S.PLANNED, _S.HELD}), _S.HELD, _P.PILOT_SESSIONS_RUN),
    },
)


def check_held(it: PilotSession, *, today: date) -> None:
    """Refuse to call held what is still to come."""
    if it.held_on > today:
        raise PilotSessionAhead(held_on=it.held_on.isoformat(), today=today.isoformat())


def check_records(it: PilotSession) -> None:
    """Refuse participants of a cancelled session."""
    if it.state == PilotSessionState.CANCELLED:
        raise PilotSessionOver


def check_audience_of(it: PilotSession, audience: PilotSessionAudience, *, students: int, teachers: int) -> None:
    """Refuse to turn a session away from those who are recorded as taking part."""
    if audience != it.audience:
        _check(audience, students=students, teachers=teachers, unknown=0)


def check_audience(it: PilotSession, *, students: int, teachers: int, unknown: int) -> None:
    """Refuse who is not known, and who a session is not for."""
    _check(it.audience, students=students, teachers=teachers, unknown=unknown)


def _check(audience: str, *, students: int, teachers: int, unknown: int) -> None:
    unfit = students if audience == PilotSessionAudience.TEACHERS else 0
    unfit += teachers if audience == PilotSessionAudience.STUDENTS else 0
    if unknown or unfit:
        raise PilotParticipantsUnfit(unknown=unknown, unfit=unfit)


def days_of(academic_year: str) -> tuple[date, date]:
    """Tell the first and the last day of an academic year."""
    first = int(academic_year[:4])
    return date(first, _FIRST_MONTH, 1), date(first + 1, _FIRST_MONTH - 1, 31)


def percent(reached: int, of: int) -> str | None:
    """Tell a share in percent with two places; of nobody there is none."""
    if of == 0:
        return None
    hundredths = (reached * 20_000 + of) // (2 * of)
    return f"{hundredths // 100}.{hundredths % 100:02d}"
