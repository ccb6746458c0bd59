"""The bodies of credits."""

from tests.authz.places.place import Place
from x_pilot_api.credits.schemas import (
    AccountDeedIn,
    BankAnswerIn,
    CatchUpConfirmIn,
    CatchUpIn,
    CohortIn,
    ConversionCourseIn,
    ConversionDecisionsIn,
    ConversionPolicyIn,
    ConversionRefusalIn,
    ConversionsIn,
    ConversionWish,
    ConversionWithdrawalIn,
    OffsetsIn,
    OffsetWish,
    SettlementIn,
    SimulationIn,
)

PLACES = (
    Place("open_credit_accounts", "registrar", CohortIn, "credit_accounts"),
    Place("request_conversions", "coordinator", ConversionsIn, "conversions"),
    Place("request_conversions", "coordinator", ConversionWish, "conversions", within=("wishes",)),
    Place("request_conversions", "coordinator", ConversionCourseIn, "conversion_courses", within=("wishes", "courses")),
    Place("request_offsets", "coordinator", OffsetsIn, "conversions"),
    Place("request_offsets", "coordinator", OffsetWish, "conversions", within=("wishes",)),
    Place("agree_conversions", "coordinator", ConversionDecisionsIn, "conversions"),
    Place("approve_conversions", "registrar", ConversionDecisionsIn, "conversions"),
    Place("confirm_conversions", "org_staff", ConversionDecisionsIn, "conversions"),
    Place("record_bank_answer", "registrar", BankAnswerIn, "conversions"),
    Place("refuse_conversions", "coordinator", ConversionRefusalIn, "conversions"),
    Place("withdraw_conversions", "student", ConversionWithdrawalIn, "conversions"),
    Place("settle_conversions", "registrar", SettlementIn, "conversions"),
    Place("load_conversion_policy", "registrar", ConversionPolicyIn, "conversion_policies"),
    Place("freeze_credit_account", "registrar", AccountDeedIn, "credit_accounts"),
    Place("unfreeze_credit_account", "registrar", AccountDeedIn, "credit_accounts"),
    Place("close_credit_account", "registrar", AccountDeedIn, "credit_accounts"),
    Place("preview_catch_up", "registrar", CatchUpIn, "learning_outcomes"),
    Place("confirm_catch_up", "registrar", CatchUpConfirmIn, "learning_outcomes"),
    Place("simulate_mapping", "registrar", SimulationIn, "simulations"),
)
