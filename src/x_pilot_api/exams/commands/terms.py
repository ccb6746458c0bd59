"""When a deed on registrations is done, and by which settings."""

from x_pilot_api.core import clock
from x_pilot_api.core.settings import Settings
from x_pilot_api.exams.rules.registration_life import Terms


def terms_now(settings: Settings) -> Terms:
    """Tell by what a deed is judged that is done now."""
    return Terms(at=clock.now(), timezone=settings.timezone, offer_hours=settings.offer_hours)
