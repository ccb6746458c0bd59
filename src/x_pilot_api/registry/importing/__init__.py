"""The register's tables that can be imported: their columns, and which of the register's deeds takes their rows."""

from x_pilot_api.registry.importing.grades import COURSE_GRADES
from x_pilot_api.registry.importing.people import STUDENTS, TEACHERS
from x_pilot_api.registry.importing.plans import TRAINING_PLANS
from x_pilot_api.registry.importing.programmes import COLLEGES, COURSES, PROGRAMMES
from x_pilot_api.registry.importing.teaching import COURSE_TEACHERS

KINDS = (COLLEGES, PROGRAMMES, COURSES, TRAINING_PLANS, TEACHERS, COURSE_TEACHERS, STUDENTS, COURSE_GRADES)
