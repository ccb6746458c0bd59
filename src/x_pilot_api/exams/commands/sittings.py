"""Arranging sittings: rooms of an approved site, examiners, and nobody and nothing twice at one time."""

from collections.abc import Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, text, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, clock, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault, NotFound
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.errors import (
    ExaminerTaken,
    LevelNotInPlan,
    RoomTaken,
    RoomUnfit,
    SiteNotApproved,
    SittingCodeTaken,
)
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel, ExamSitting, SittingExaminer, SittingRoom
from x_pilot_api.exams.rules import SITTING_KIND, SITTING_WORKFLOW
from x_pilot_api.exams.schemas import SittingChange, SittingExaminerIn, SittingIn, SittingRoomIn
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.registry.models import Teacher
from x_pilot_api.sites import queries as sites
from x_pilot_api.sites.models import Room
