"""The bodies of periodic reports and of the feed."""

from tests.authz.places.place import Place
from x_pilot_api.reports.schemas import (
    FeedCollectionIn,
    FeedReceiptIn,
    FeedReceiptsIn,
    NarrativeIn,
    ReportAcceptanceIn,
    ReportDefinitionIn,
    ReportNarrativesIn,
    ReportPeriodIn,
    ReportReturnIn,
    ReportSectionIn,
    ReportTypeIn,
)

PLACES = (
    Place("define_report_type", "registrar", ReportTypeIn, "report_types"),
    Place("define_report_type", "registrar", ReportSectionIn, "report_type_versions", within=("sections",)),
    Place("redefine_report_type", "registrar", ReportDefinitionIn, "report_type_versions"),
    Place("redefine_report_type", "registrar", ReportSectionIn, "report_type_versions", within=("sections",)),
    Place("open_reports", "registrar", ReportPeriodIn, "reports"),
    Place("fill_report", "coordinator", ReportNarrativesIn, "reports"),
    Place("fill_report", "coordinator", NarrativeIn, "report_narratives", within=("narratives",)),
    Place("send_back_report", "registrar", ReportReturnIn, "reports"),
    Place("accept_report", "registrar", ReportAcceptanceIn, "reports"),
    Place("collect_feed_records", "registrar", FeedCollectionIn, "feed_records"),
    Place("take_feed_receipts", "registrar", FeedReceiptsIn, "feed_records"),
    Place("take_feed_receipts", "registrar", FeedReceiptIn, "feed_records", within=("receipts",)),
)
