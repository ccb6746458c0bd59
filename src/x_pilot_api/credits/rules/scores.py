"""With which score a certificate was earned: results stand above this area, and say here how they are asked."""

_SCORES: list[str] = []


def tell_scores(query: str) -> None:
    """Say how a certificate's score is found, in hundredths: a query of one value about `{award_id}`."""
    _SCORES[:] = [query]


def score_of(award_id: str) -> str:
    """Write what asks for the score of a certificate; where nobody keeps results, there is none."""
    return f"({_SCORES[0].format(award_id=award_id)})" if _SCORES else "CAST(NULL AS bigint)"
