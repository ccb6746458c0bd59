"""What figures of a scorecard come to."""

_PERCENT = 100
_THOUSAND = 1000
_HUNDREDTHS = 100


def share(numerator: int, denominator: int, *, of: int) -> int | None:
    """Divide to the nearest hundredth, of a hundred or of a thousand; of nothing there is no share."""
    if denominator == 0:
        return None
    return (2 * numerator * of * _HUNDREDTHS + denominator) // (2 * denominator)


def percent(numerator: int, denominator: int) -> int | None:
    """Tell a share in hundredths of a percent."""
    return share(numerator, denominator, of=_PERCENT)


def per_thousand(numerator: int, denominator: int) -> int | None:
    """Tell a share in hundredths of one in a thousand."""
    return share(numerator, denominator, of=_THOUSAND)


def mean(total: int, count: int) -> int | None:
    """Average whole figures to the nearest hundredth; of none there is no average."""
    return share(total, count, of=1)
