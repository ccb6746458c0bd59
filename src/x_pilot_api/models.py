"""Every table of the service, for migrations, grants and the tests that walk them."""

from x_pilot_api.awards import models as awards
from x_pilot_api.certificates import models as certificates
from x_pilot_api.core import audit, health, idempotency, jobs
from x_pilot_api.core.db import Base
from x_pilot_api.credits import models as credits_
from x_pilot_api.exam_days import models as exam_days
from x_pilot_api.exams import models as exams
from x_pilot_api.fees import models as fees
from x_pilot_api.governance import models as governance
from x_pilot_api.identity import models as identity
from x_pilot_api.imports import models as imports
from x_pilot_api.inbox import models as inbox
from x_pilot_api.ledger import models as ledger
from x_pilot_api.mappings import models as mappings
from x_pilot_api.outbox import models as outbox
from x_pilot_api.oversight import models as oversight
from x_pilot_api.participations import models as participations
from x_pilot_api.partners import models as partners
from x_pilot_api.programme_data import models as programme_data
from x_pilot_api.registry import models as registry
from x_pilot_api.sites import models as sites
from x_pilot_api.student_space import models as student_space

AREAS = (
    audit,
    health,
    idempotency,
    jobs,
    identity,
    registry,
    ledger,
    outbox,
    inbox,
    certificates,
    participations,
    mappings,
    awards,
    fees,
    sites,
    credits_,
    exams,
    exam_days,
    governance,
    partners,
    programme_data,
    oversight,
    imports,
    student_space,
)

metadata = Base.metadata
