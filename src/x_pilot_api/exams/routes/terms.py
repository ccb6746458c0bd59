"""When a deed on registrations is done, and by which settings."""

from typing import Annotated

from fastapi import Depends

from x_pilot_api.core.service import CurrentService
from x_pilot_api.exams import commands
from x_pilot_api.exams.rules.registration_life import Terms


def get_terms(service: CurrentService) -> Terms:
    """Tell by what a deed is judged that is done now."""
    return commands.terms_now(service.settings)


CurrentTerms = Annotated[Terms, Depends(get_terms)]
