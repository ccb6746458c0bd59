"""Assessment sites and what is wanted of them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.participations.schemas import AcademicYear
from x_pilot_api.sites import commands, queries
from x_pilot_api.sites.answers import written
from x_pilot_api.sites.models import AssessmentSite, SiteLevelState
from x_pilot_api.sites.schemas import (
    ApplicationIn,
    ProlongationIn,
    RegionalDemandOut,
    RoomIn,
    SiteApprovalIn,
    SiteChange,
    SiteDemandOut,
    SiteIn,
    SiteLevelIn,
    SiteOut,
    SiteReasonIn,
)
