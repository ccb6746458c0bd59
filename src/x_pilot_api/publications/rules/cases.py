"""What may be done with a typical case, and what must not stand in one."""

import re
import unicodedata
from collections.abc import Mapping

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.publications.errors import PersonalDataFound
from x_pilot_api.publications.models import TypicalCase, TypicalCaseState

CASE_KIND = "typical_case"

_S = TypicalCaseState
_P = Permission
_WRITABLE = frozenset({_S.DRAFT, _S.RETURNED})
_SUBMITTED = frozenset({_S.SUBMITTED})

CASE = Workflow(
    name="typical case",
    initial=_S.DRAFT,
    deeds={
        "change": Deed(_WRITABLE, _S.DRAFT, _P.TYPICAL_CASES_SUBMIT),
        "submit": Deed(_WRITABLE, _S.SUBMITTED, _P.TYPICAL_CASES_SUBMIT),
        "assess": Deed(_SUBMITTED, _S.SUBMITTED, _P.TYPICAL_CASES_ASSESS),
        "send_back": Deed(_SUBMITTED, _S.RETURNED, _P.TYPICAL_CASES_DECIDE),
        "accept": Deed(_SUBMITTED, _S.ACCEPTED, _P.TYPICAL_CASES_DECIDE),
        # What was taken down is published again as it was, or not at all.
        "publish": Deed(frozenset({_S.ACCEPTED, _S.TAKEN_DOWN}), _S.PUBLISHED, _P.TYPICAL_CASES_DECIDE),
        "take_down": Deed(frozenset({_S.PUBLISHED}), _S.TAKEN_DOWN, _P.TYPICAL_CASES_DECIDE),
    },
)

_COLLEGES_OWN = frozenset({"change", "submit"})

_PERSONAL: Mapping[str, re.Pattern[str]] = {
    "identity number": re.compile(r"(?<!\d)\d{17}[\dx](?![\dx])"),
    "phone number": re.compile(r"(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)"),
    "mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
}
_WITHIN_NUMBERS = re.compile(r"(?<=\d)[ \-‐–—.·](?=[\dx])")


def allowed_deeds(actor: Actor, case: TypicalCase, *, has_assessed: bool) -> list[str]:
    """List what an actor may do with a case next: a college does what is its own, a reviewer says one thing once."""
    return [
        deed
        for deed in CASE.allowed_deeds(actor, state=case.state)
        if (deed not in _COLLEGES_OWN or case.college_id in actor.college_ids)
        and (deed != "assess" or not has_assessed)
    ]


def check_no_person(**texts: str) -> None:
    """Refuse what everybody is to read if it holds a person's number or address; name the line, not what it is."""
    faults: list[Fault] = [
        Fault(pointer=f"/{name}", detail=f"line {number}: {kind}", blocking=True)
        for name, text in texts.items()
        for number, line in enumerate(text.split("\n"), start=1)
        for kind in personal_in(line)
    ]
    if faults:
        raise PersonalDataFound(faults=faults, places=len(faults))


def personal_in(line: str) -> list[str]:
    """Name the kinds of personal data a line holds, however wide or spaced its digits are written."""
    plain = unicodedata.normalize("NFKC", line).casefold()
    joined = _WITHIN_NUMBERS.sub("", plain)
    return [kind for kind, pattern in _PERSONAL.items() if pattern.search(plain if kind == "mail address" else joined)]
