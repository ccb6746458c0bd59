"""Every table of the service, for migrations, grants and the tests that walk them."""

from x_pilot_api.awards import models as awards
from x_pilot_api.certificates import models as certificates
from x_pilot_api.charges import models as charges
from x_pilot_api.core import audit, health, idempotency, jobs
from x_pilot_api.core.db import Base
from x_pilot_api.credits import models as credits_
from x_pilot_api.exam_days import models as exam_days
from x_pilot_api.exams import models as exams
from x_pilot_api.fees import models as fees
from x_pilot_api.governance import models as governance
from x_pilot_api.guidance import models as guidance
from x_pilot_api.identity import models as identity
from x_pilot_api.imports import models as imports
from x_pilot_api.inbox import models as inbox
from x_pilot_api.ledger import models as ledger
from x_pilot_api.mappings import models as mappings
from x_pilot_api.outbox import models as outbox
from x_pilot_api.oversight import models as oversight
from x_pilot_api.participations import models as participations
from x_pilot_api.partners import models as partners
from x_pilot_api.pilot_sessions import models as pilot_sessions
from x_pilot_api.posts import models as posts
from x_pilot_api.programme_data import models as programme_data
from x_pilot_api.publications import models as publications
from x_pilot_api.qualifications import models as qualifications
from x_pilot_api.registry import models as registry
from x_pilot_api.reports import models as reports
from x_pilot_api.settlements import models as settlements
from x_pilot_api.sites import models as sites
from x_pilot_api.social_training import models as social_training
from x_pilot_api.student_space import models as student_space
from x_pilot_api.supervision import models as supervision
from x_pilot_api.tallies import models as tallies
from x_pilot_api.training import models as training

AREAS = (
    audit,
    health,
    idempotency,
    jobs,
    identity,
    tallies,
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
    guidance,
    posts,
    pilot_sessions,
    training,
    qualifications,
    credits_,
    charges,
    exams,
    exam_days,
    social_training,
    settlements,
    governance,
    partners,
    programme_data,
    reports,
    supervision,
    publications,
    oversight,
    imports,
    student_space,
)

metadata = Base.metadata
