"""What a document number must be, and how it is shown: GB 11643 for identity cards, a plain form for the others."""

import re
from datetime import date
from typing import NamedTuple

from stdnum.iso7064 import mod_11_2

from x_pilot_api.core.languages import Both
from x_pilot_api.registry.models import DocumentKind
from x_pilot_api.registry.rules import grounds

_RESIDENT = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_OTHER = re.compile(r"[A-Z0-9]{5,30}", re.ASCII)
_SHOWN_FIRST, _SHOWN_LAST = 6, 4


class Document(NamedTuple):
    """A document number as it is kept, and the code of what is wrong with it."""

    number: str
    fault: str | None


grounds.know(
    "identity_number_malformed",
    Both("居民身份证号码不是 18 位（17 位数字加校验码）。", "An identity number is 17 digits and a check character."),
    Both("核对身份证件；不要让表格软件把它当作数字。", "Check the document, and keep the cell a text, not a number."),
)
grounds.know(
    "identity_number_birth_date",
    Both("居民身份证号码中的出生日期不存在。", "The birth date in the identity number does not exist."),
    Both("核对身份证件上的第 7 至 14 位。", "Check digits 7 to 14 against the document."),
)
grounds.know(
    "identity_number_check",
    Both("居民身份证号码的校验码不正确。", "The check character of the identity number does not hold."),
    Both("对照身份证件逐位核对；通常是抄错了一位。", "Compare it with the document: a digit was miscopied."),
)
grounds.know(
    "document_number_malformed",
    Both("证件号码应为 5 至 30 位字母或数字。", "A document number is 5 to 30 letters or digits."),
    Both("核对证件号码，去掉空格和标点。", "Check the number, and leave out spaces and punctuation."),
)


def read(kind: str, number: str) -> Document:
    """Read a document number; letters are capitals, and an identity number's date and check character must hold."""
    kept = number.strip().upper()
    if kind == DocumentKind.RESIDENT_IDENTITY_CARD:
        return Document(kept, _fault_of_resident(kept))
    return Document(kept, None if _OTHER.fullmatch(kept) else "document_number_malformed")


def _fault_of_resident(number: str) -> str | None:
    # The library's own module for these numbers also asks that the region is in its list, which lacks former ones.
    if _RESIDENT.fullmatch(number) is None:
        return "identity_number_malformed"
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "identity_number_birth_date"
    return None if mod_11_2.is_valid(number) else "identity_number_check"


def mask(number: str) -> str:
    """Show enough of a number to know it again, and too little to use it."""
    if len(number) <= _SHOWN_FIRST + _SHOWN_LAST:
        return f"{number[:1]}{'*' * (len(number) - 2)}{number[-1:]}"
    return f"{number[:_SHOWN_FIRST]}{'*' * (len(number) - _SHOWN_FIRST - _SHOWN_LAST)}{number[-_SHOWN_LAST:]}"


def mask_name(name: str) -> str:
    """Keep the first character of a name, so that its holder can recognise it and nobody else can read it."""
    return name[:1] + "*" * max(len(name) - 1, 1)
