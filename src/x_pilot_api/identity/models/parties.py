"""Tables of institutions and evaluation organisations."""

from sqlalchemy import CheckConstraint, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, SharedRow, about


class Institution(SharedRow, Base):
    """One institution: a tenant, known nationally by its ten digits."""

    __tablename__ = "institutions"
    __table_args__ = (
        CheckConstraint("code ~ '^[0-9]{10}$'", name="code_digits"),
        UniqueConstraint("id", "is_test"),
        about(Reach.SHARED),
    )

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    province: Mapped[str]
    is_test: Mapped[bool] = mapped_column(server_default=false())


class Organisation(SharedRow, Base):
    """One evaluation organisation, which works across institutions."""

    __tablename__ = "organisations"
    __table_args__ = (
        # The check digit is not SQL's to know; a code of another shape than GB 32100-2015 has cannot come in at all.
        CheckConstraint("credit_code ~ '^[0-9A-HJ-NP-RTUWXY]{18}$'", name="credit_code_shape"),
        about(Reach.SHARED),
    )

    name: Mapped[str] = mapped_column(unique=True)
    credit_code: Mapped[str | None] = mapped_column(unique=True)
