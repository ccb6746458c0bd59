"""The day on which something is asked, where the exams take place."""

from datetime import date
from typing import Annotated

from fastapi import Depends

from x_pilot_api.core import clock
from x_pilot_api.core.service import CurrentService


def _today(service: CurrentService) -> date:
    return clock.today(service.settings.timezone)


Today = Annotated[date, Depends(_today)]
