"""The bodies of mappings."""

from tests.authz.places.place import Place
from x_pilot_api.mappings.schemas import AgreementIn, FilingIn, MappingCourseIn, MappingIn, PublicationIn, WithdrawalIn

PLACES = (
    Place("propose_mapping", "registrar", MappingIn, "mappings"),
    Place("propose_mapping", "registrar", MappingCourseIn, "mapping_courses", within=("courses",)),
    Place("agree_mapping", "coordinator", AgreementIn, "mappings"),
    Place("file_mapping", "registrar", FilingIn, "mappings"),
    Place("publish_mapping", "registrar", PublicationIn, "mappings"),
    Place("withdraw_mapping", "registrar", WithdrawalIn, "mappings"),
)
