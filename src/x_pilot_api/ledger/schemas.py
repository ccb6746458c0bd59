"""What the book answers."""

from pydantic import BaseModel, Field


class KindTotalOut(BaseModel):
    """What all accounts of one kind hold together."""

    kind: str
    accounts: int
    balance: int = Field(description="Credited less debited, in the unit's smallest part")
    disagreeing: int = Field(description="Accounts whose stored balance differs from their transfers; always 0")


class UnitTotalOut(BaseModel):
    """One unit's book: the sum over all accounts is always 0."""

    unit: str = Field(examples=["credit"])
    transfers: int
    moved: int = Field(description="Sum of all amounts moved, in hundredths of a credit or a workload hour, or in fen")
    sum: int = Field(description="Sum of all balances; anything but 0 would mean a broken book")
    kinds: list[KindTotalOut]


class LedgerSummaryOut(BaseModel):
    """The sum of all transfers of an institution."""

    units: list[UnitTotalOut]
