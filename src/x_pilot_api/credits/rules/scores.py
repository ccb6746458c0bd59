"""With which score a certificate was earned: results stand above this area, and say here how they are asked."""

_SCORES: list[str] = []
_UNKNOWN = "SELECT CAST(NULL AS uuid) AS award_id, CAST(NULL AS bigint) AS score WHERE false"


def tell_scores(query: str) -> None:
    """Say how scores of certificates are found: a query of award_id and score in hundredths, of :institution_id."""
    _SCORES[:] = [query]


def scores() -> str:
    """Write the query of the scores that certificates were earned with; nobody who keeps results, no score."""
    return _SCORES[0] if _SCORES else _UNKNOWN
