"""What stands in the events of an exam's day."""

from uuid import UUID

from x_pilot_api.outbox.schemas.parts import Count, Data


class _ExamIncident(Data):
    sitting_id: UUID
    category: str
    consequence: str
    minutes: Count | None
    state: str
    registrations: Count


class ExamIncidentReported(_ExamIncident):
    """Something went wrong at a sitting; the object is the incident, and nothing follows before it is decided."""


class ExamIncidentDecided(_ExamIncident):
    """A second person confirmed or rejected an incident, which is the object; so many registrations are concerned."""
