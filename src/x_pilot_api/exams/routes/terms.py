"""When a deed on registrations is done, and by which settings."""

from typing import Annotated

from fastapi import Depends

from x_pilot_api.core import clock
from x_pilot_api.core.service import CurrentService
from x_pilot_api.exams.rules.registration_life import Terms


def get_terms(service: CurrentService) -> Terms:
    """Tell the moment, and what the settings say of it."""
    settings = service.settings
    return Terms(at=clock.now(), timezone=settings.timezone, offer_hours=settings.offer_hours)


CurrentTerms = Annotated[Terms, Depends(get_terms)]
