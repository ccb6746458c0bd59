"""What conversion rules and limits of policy look like outside."""

from x_pilot_api.mappings.schemas.limits import LimitWithdrawalIn, PolicyLimitIn, PolicyLimitOut
from x_pilot_api.mappings.schemas.mapping import (
    AgreementIn,
    FilingIn,
    MappingCourseIn,
    MappingCourseOut,
    MappingIn,
    MappingOut,
    PublicationIn,
    WithdrawalIn,
)

__all__ = [
    "AgreementIn",
    "FilingIn",
    "LimitWithdrawalIn",
    "MappingCourseIn",
    "MappingCourseOut",
    "MappingIn",
    "MappingOut",
    "PolicyLimitIn",
    "PolicyLimitOut",
    "PublicationIn",
    "WithdrawalIn",
]
