"""Marks in every text of the ground, whose they are, and who may be told them.

An owner is written short: `s1` is the first institution, `s1p0` its first college's programme, `s1p0n3` the fourth
student of that programme, `s1x` a social candidate there, `s1o2` what the second organisation does there, `s1p0o2` a
rule between that programme and that organisation, `s1p0q` its college's part in the pilot year, `s1p0e2` a site
its college offers that organisation, `s1p0h2` a site of its college and what happens there on the day of that
organisation's exam, `s1j` the
institution's jobs, `s1i0` its first college's imports, `o2` the organisation's part of the catalogue, `w2` its
webhooks, and `all` what everybody shares. An award's number ends in `c`: who is shown a certificate's code is told its
number, but not its holder's name. `s1v0` is a review at the first college, `s1v0q` what somebody voted in it, `s1f0`
feedback of that college, `s1f0d` feedback not sent yet; `s1v0o2` and `s1f0o2` are of the second organisation. `s1d` is
a draft of the policy library, `s1y0` a case of the first college, `s1b0` its bulletin, `s1b0d` a draft of one; what
ends in `p` is public.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

_MARK = re.compile(r"zq-([a-z0-9_]+)-qz")

Told = frozenset[str]

CATALOGUE = frozenset({"o1", "o2"})


def mark(owner: str) -> str:
    """Write a mark that nothing else can be mistaken for."""
    return f"zq-{owner}-qz"


def owners_in(text: str) -> set[str]:
    """Find whose marks a text holds."""
    return set(_MARK.findall(text))


@dataclass(frozen=True)
class Leak:
    """Something a caller was told that is not theirs to know."""

    owner: str
    shown: str

    def __str__(self) -> str:
        return f"{self.shown} of {self.owner}"


def leaks(answer: str, *, asked: str, told: Told, hinted: Told, ids: Mapping[str, str]) -> list[Leak]:
    """List what an answer gives away.

    `told` are the owners whose texts the caller may read, `hinted` those of whom they may see ids alone, `ids` whose
    each id, code or document number is. What the caller wrote into the request is no news to them.
    """
    texts = owners_in(answer) - owners_in(asked) - told
    known = {found for found in ids if found in answer and found not in asked}
    return [
        *(Leak(owner, "a text") for owner in sorted(texts)),
        *(Leak(ids[found], f"the id {found}") for found in sorted(known) if ids[found] not in told | hinted),
    ]


def _with_certificates(students: Iterable[str]) -> Told:
    return frozenset(owner for student in students for owner in (student, f"{student}c"))


def _students(school: str, *programmes: str) -> Told:
    return _with_certificates(f"{school}{programme}n{index}" for programme in programmes for index in range(10))


def _college(programme: str) -> Told:
    sites = {f"s1{programme}{kind}{organisation}" for kind in "eh" for organisation in (1, 2)}
    return _HOUSE | _students("s1", programme) | CATALOGUE | {"all", f"s1{programme}q"} | sites


def _governed(*colleges: int) -> Told:
    """Give the reviews and the feedback of colleges of the first institution, and what only an office sees of them."""
    both = {f"s1{kind}{college}{of}" for kind in "vf" for college in colleges for of in ("", "o2")}
    return frozenset(both | {f"{owner}d" for owner in both})


_VOTES: Told = frozenset(f"{owner}q" for owner in ("s1v0", "s1v1", "s1v0o2"))
_HOUSE: Told = frozenset(
    {"s1", "s1p0", "s1p1", "s1p2", "s1o1", "s1o2", "s1p0o1", "s1p1o1", "s1p0o2", "s1j", "s1k1", "s1k2"}
)
_IMPORTS: Told = frozenset({"s1i0", "s1i1"})
_OFFICE = _college("p0") | _college("p1") | _with_certificates(["s1x"]) | _IMPORTS | _governed(0, 1) | _VOTES
_ROLES = ("registrar", "coordinator", "sibling_coordinator", "expert", "teacher", "auditor", "student")
_COLLEAGUES = frozenset(f"me_{role}" for role in _ROLES)
_OTHERS = frozenset(
    f"me_{who}" for who in ("operator", "security_admin", "platform_auditor", "org_staff", "org_staff_2")
)
_EVERYBODY = _COLLEAGUES | {f"{who}_2" for who in _COLLEAGUES} | _OTHERS
_HOLDERS = _with_certificates(f"{school}{who}" for school in ("s1", "s2") for who in ("p0n0", "p1n0", "x"))
_SYSTEMS: Told = frozenset({"me_machine", "me_test_machine"})
_ORGANISATION = CATALOGUE | {"s1", "s2", "s1o1", "s2o1", "s1k1", "s2k1", "s1f0", "s1f1", "s2f0"}


def _known(*colleges: int) -> Told:
    """Give the cases and bulletins of colleges of the first institution, with their drafts."""
    return frozenset(f"s1{kind}{college}{of}" for kind in "yb" for college in colleges for of in ("", "d"))


_PUBLIC: Told = frozenset(f"s{school}{kind}{college}p" for school in (1, 2) for kind in "yb" for college in (0, 1))
_TELLING = _known(0, 1) | {"s1d"}

TOLD: Mapping[str, Told] = {
    "operator": CATALOGUE | {"all"} | {f"s{school}{kind}" for school in (1, 2) for kind in ("j", "k1", "k2")},
    "security_admin": _EVERYBODY | _SYSTEMS | {f"{found}_2" for found in _SYSTEMS},
    "platform_auditor": CATALOGUE | _SYSTEMS | {f"{found}_2" for found in _SYSTEMS} | {"all"},
    "auditor": _OFFICE | _COLLEAGUES | _TELLING,
    "registrar": _OFFICE | _COLLEAGUES | _TELLING,
    # The social candidate is registered through the first college; problems and what is agreed have an owner's name.
    # Whoever tells something is told who has read it.
    "coordinator": _college("p0") | _governed(0) | {"s1i0", "s1x"} | _COLLEAGUES | _known(0),
    "sibling_coordinator": _college("p1") | _governed(1) | {"s1i1"} | _COLLEAGUES | _known(1),
    "expert": CATALOGUE | {"s1", "s1p0", "s1p1", "s1p2", "s1v0", "s1y0", "s1y1", "s1b0", "s1b1"},
    "teacher": CATALOGUE
    | _HOUSE - {"s1o1", "s1o2"}
    # Whoever is to put a finding right is told who raised it.
    | {"me_registrar"}
    # Who examines has the list of the sitting, with its admission numbers.
    | {"s1p0n8", "s1p0h1", "s1p0n0", "s1o1", "s1b0", "s1b1"},
    # An explanation names the programme and the published rule that the student's credits rest on, and an admission
    # number begins with the plan's code.
    "student": CATALOGUE | _with_certificates(["s1p0n0"]) | {"s1", "s1p0", "s1p0o1", "s1o1", "s1p0h1", "s1b0"},
    "org_staff": _ORGANISATION
    | _HOLDERS
    | _SYSTEMS
    | {"all", "w1"}
    | {f"{college}{kind}1" for college in ("s1p0", "s1p1", "s2p0") for kind in "eh"}
    # Registrations for the organisation's plans name their candidates.
    | {f"{school}{who}" for school in ("s1", "s2") for who in ("p0n1", "p0n7", "p0n8", "p1n1", "p1n2", "p1n8")}
    # Who examines for its certificates is named.
    | {"s1p1n7"}
    # Rules name their programme and courses, so those without a rule for the organisation stay unknown to it.
    | {f"{school}{owner}" for school in ("s1", "s2") for owner in ("p0", "p1", "p0o1", "p1o1")},
    "machine": _ORGANISATION | {f"{school}{who}" for school in ("s1", "s2") for who in ("p0n0", "p0n1", "p1n0", "x")},
    # Everything lies in live institutions, so to a test client there is nothing but the catalogue.
    "test_machine": CATALOGUE,
    "anonymous": frozenset(),
}
"""Whose texts each caller may be told; whatever is not here is foreign to them."""

HINTED: Mapping[str, Told] = {
    # A person's roles say where each is held.
    "security_admin": frozenset({"s1", "s2", "o1", "o2", "s1p0n0", "s2p0n0"}),
    # A joint exam of a programme names the plan that it is held in.
    "teacher": frozenset({"s1o2"}),
    # The operator sees whose jobs they are.
    "operator": frozenset({"s1", "s2"}),
    # Whoever audits sees who did what to what, by their ids.
    "auditor": frozenset({"me_machine", "me_machine_2"}),
    "platform_auditor": frozenset({"w1", "w2"}),
    # A student's certificate and credits name the institution and the rule they rest on, their grades the course, their
    # results the plan.
    "student": frozenset({"s1", "s1p0", "s1p0o1", "s1o1"}),
}
"""Of whom a caller may see ids, and nothing else."""


def told_to(caller: str) -> Told:
    """Tell whose texts a caller may read; everybody is told their own name."""
    return TOLD[caller] | _PUBLIC | {f"me_{caller}"}


def hinted_to(caller: str) -> Told:
    """Tell of whom a caller may see ids alone."""
    return HINTED.get(caller, frozenset())


def owned(owners: Mapping[UUID, str]) -> dict[str, str]:
    """Write ids as answers do."""
    return {str(found): owner for found, owner in owners.items()}
