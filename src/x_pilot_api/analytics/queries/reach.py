"""What is asked about, and what of it an actor may see: written once, for sums and for rows alike."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from x_pilot_api.core.actors import Actor
from x_pilot_api.identity.models import Role

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})


@dataclass(frozen=True)
class Asked:
    """What is asked about: all of it, or what fits; months by their first days, both of them inside."""

    college_id: UUID | None = None
    programme_id: UUID | None = None
    certificate_id: UUID | None = None
    certificate_level_id: UUID | None = None
    organisation_id: UUID | None = None
    month_from: date | None = None
    month_to: date | None = None

    @property
    def knows_certificate(self) -> bool:
        """Tell whether something is asked that what stands as of now knows nothing of."""
        return bool(self.certificate_id or self.certificate_level_id or self.organisation_id)


# What is as of now has no month, and is asked for whatever the months.
FITS = """
(CAST(:college_id AS uuid) IS NULL OR placed.college_id = :college_id)
AND (CAST(:programme_id AS uuid) IS NULL OR placed.programme_id = :programme_id)
AND (CAST(:certificate_level_id AS uuid) IS NULL OR placed.level_id = :certificate_level_id)
AND (CAST(:certificate_id AS uuid) IS NULL OR level.certificate_id = :certificate_id)
AND (CAST(:organisation_id AS uuid) IS NULL OR certificate.organisation_id = :organisation_id)
AND (CAST(:month_from AS date) IS NULL OR placed.period_on IS NULL OR placed.period_on >= :month_from)
AND (CAST(:month_to AS date) IS NULL OR placed.period_on IS NULL OR placed.period_on <= :month_to)
AND (CAST(:sees_all AS boolean) OR placed.college_id = ANY(CAST(:own_colleges AS uuid[]))
    OR placed.programme_id = ANY(CAST(:own_programmes AS uuid[])))
"""

NAMED = """
LEFT JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = placed.college_id
LEFT JOIN programmes AS programme ON programme.institution_id = :institution_id AND programme.id = placed.programme_id
LEFT JOIN certificate_levels AS level ON level.id = placed.level_id
LEFT JOIN certificates AS certificate ON certificate.id = level.certificate_id
LEFT JOIN organisations AS organisation ON organisation.id = certificate.organisation_id
"""


def values_of(actor: Actor, asked: Asked) -> dict[str, Any]:
    """Bind what is asked, within what the actor may see: an office and an auditor all, others what they act for."""
    return {
        "institution_id": actor.institution_id,
        "college_id": asked.college_id,
        "programme_id": asked.programme_id,
        "certificate_id": asked.certificate_id,
        "certificate_level_id": asked.certificate_level_id,
        "organisation_id": asked.organisation_id,
        "month_from": asked.month_from,
        "month_to": asked.month_to,
        "sees_all": bool(actor.roles & _SEE_ALL),
        "own_colleges": sorted(actor.college_ids),
        "own_programmes": sorted(actor.programme_ids),
    }
