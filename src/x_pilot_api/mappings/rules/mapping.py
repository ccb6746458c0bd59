"""What may be done with a conversion rule, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings.errors import RuleAlreadyInForce, RuleInForce
from x_pilot_api.mappings.models import Mapping, MappingState
from x_pilot_api.mappings.rules.notices import Shown, closed_by_notice

AGREE_DEED = "agree_mapping"
AUDIT_KIND = "mapping"

IN_FORCE = frozenset({MappingState.PUBLISHED, MappingState.SUPERSEDED})
"""A superseded version still counts for the days before its successor."""

_S = MappingState
_P = Permission

WORKFLOW = Workflow(
    name="mapping",
    initial=_S.DRAFT,
    deeds={
        # The first of the two parties leaves the rule a draft; the second moves it.
        "agree": Deed(frozenset({_S.DRAFT}), _S.AGREED, _P.MAPPINGS_AGREE),
        # An edit takes back what both agreed to.
        "edit": Deed(frozenset({_S.DRAFT, _S.AGREED}), _S.DRAFT, _P.MAPPINGS_PROPOSE),
        "approve": Deed(frozenset({_S.AGREED}), _S.APPROVED, _P.MAPPINGS_APPROVE),
        "file": Deed(frozenset({_S.APPROVED}), _S.FILED, _P.MAPPINGS_FILE),
        "open_notice": Deed(frozenset({_S.FILED}), _S.FILED, _P.MAPPINGS_PUBLISH),
        "publish": Deed(frozenset({_S.FILED}), _S.PUBLISHED, _P.MAPPINGS_PUBLISH),
        "withdraw": Deed(
            frozenset({_S.DRAFT, _S.AGREED, _S.APPROVED, _S.FILED, _S.PUBLISHED}), _S.WITHDRAWN, _P.MAPPINGS_WITHDRAW
        ),
        "revise": Deed(frozenset({_S.PUBLISHED}), _S.PUBLISHED, _P.MAPPINGS_PROPOSE),
        "supersede": Deed(IN_FORCE, _S.SUPERSEDED, _P.MAPPINGS_PUBLISH),
    },
)

_NEVER_OFFERED = frozenset({"supersede"})
"""Nobody asks for it: publishing the successor does it."""


class Party(StrEnum):
    """Whose agreement a rule needs."""

    COLLEGE = "college"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class Stakes:
    """Whom a rule concerns: the programme and its college, the certificate and its organisation."""

    college_id: UUID
    programme_id: UUID
    certificate_id: UUID
    organisation_id: UUID


def party_of(actor: Actor, *, institution_id: UUID, stakes: Stakes) -> Party | None:
    """Tell for whom an actor agrees; somebody who could speak for both speaks for the college alone."""
    acts_for_it = stakes.college_id in actor.college_ids or stakes.programme_id in actor.programme_ids
    if actor.institution_id == institution_id and acts_for_it:
        return Party.COLLEGE
    return Party.ORGANISATION if actor.organisation_id == stakes.organisation_id else None


def has_agreed(mapping: Mapping, party: Party) -> bool:
    """Tell whether a party agreed to the content as it is."""
    agreed = mapping.college_agreed_hash if party is Party.COLLEGE else mapping.organisation_agreed_hash
    return agreed == mapping.content_hash


def allowed_deeds(
    actor: Actor,
    mapping: Mapping,
    *,
    stakes: Stakes,
    today: date,
    shown: Shown | None = None,
    has_agreed_to_it: bool = False,
) -> list[str]:
    """List what an actor may do with a rule next: of a filed one by its notice, of an agreed one as a second person."""
    party = party_of(actor, institution_id=mapping.institution_id, stakes=stakes)
    closed = set(_NEVER_OFFERED)
    if party is None or has_agreed(mapping, party):
        closed.add("agree")
    if party is not Party.COLLEGE and Role.REGISTRAR not in actor.roles:
        closed.update(("edit", "revise"))
    if actor.institution_id != mapping.institution_id:
        # A registrar's powers end at their institution, even if they see more as staff of an organisation.
        closed.update(WORKFLOW.deeds.keys() - {"agree"})
    if has_taken_effect(mapping, today=today):
        closed.add("withdraw")
    if has_agreed_to_it:
        closed.add("approve")
    if shown is not None:
        closed.update(closed_by_notice(shown, today=today))
    return [deed for deed in WORKFLOW.allowed_deeds(actor, state=mapping.state) if deed not in closed]


def has_taken_effect(mapping: Mapping, *, today: date) -> bool:
    """Tell whether a rule was published and its first day has come."""
    return mapping.state in IN_FORCE and mapping.effective_from is not None and mapping.effective_from <= today


def check_withdrawable(mapping: Mapping, *, today: date) -> None:
    """Refuse to withdraw a rule on which credits may rest already."""
    if has_taken_effect(mapping, today=today):
        raise RuleAlreadyInForce(effective_from=str(mapping.effective_from), today=str(today))


def rules_giving_way(
    mapping: Mapping, others: Sequence[Mapping], *, effective_from: date, effective_to: date | None
) -> list[Mapping]:
    """Choose the versions that end when this one starts; refuse if one of them cannot."""
    giving_way = [
        other
        for other in others
        if other.id != mapping.id
        and other.state in IN_FORCE
        and other.entry_year_from <= mapping.entry_year_to
        and mapping.entry_year_from <= other.entry_year_to
        and _days_overlap(other, effective_from, effective_to)
    ]
    for other in giving_way:
        covered = mapping.entry_year_from <= other.entry_year_from and other.entry_year_to <= mapping.entry_year_to
        if not covered or other.effective_from is None or other.effective_from >= effective_from:
            raise RuleInForce(
                mapping_id=str(other.id),
                version=other.version,
                effective_from=str(other.effective_from),
                effective_to=str(other.effective_to or "-"),
                entry_year_from=other.entry_year_from,
                entry_year_to=other.entry_year_to,
            )
    return giving_way


def _days_overlap(rule: Mapping, first: date, end: date | None) -> bool:
    starts_in_time = end is None or (rule.effective_from is not None and rule.effective_from < end)
    return starts_in_time and (rule.effective_to is None or first < rule.effective_to)


def are_versions_of_one(one: Mapping, other: Mapping) -> bool:
    """Tell whether two rules are for the same programme, level and direction."""
    return (one.institution_id, one.programme_id, one.certificate_level_id, one.direction) == (
        other.institution_id,
        other.programme_id,
        other.certificate_level_id,
        other.direction,
    )
