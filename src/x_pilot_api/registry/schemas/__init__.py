"""What is asked and told of the register."""

from x_pilot_api.registry.schemas.documents import IdentityDocumentOut, RevealIn
from x_pilot_api.registry.schemas.programmes import CollegeOut, CourseOut, ProgrammeOut, ProgrammeWithCoursesOut

__all__ = ["CollegeOut", "CourseOut", "IdentityDocumentOut", "ProgrammeOut", "ProgrammeWithCoursesOut", "RevealIn"]
