"""How scores compare, and with which a certificate was earned: results stand above this area, and say here how."""

_SCORES: list[str] = []


def tell_scores(query: str) -> None:
    """Say how a certificate's score is found, in hundredths: a query of one value about `{award_id}`."""
    _SCORES[:] = [query]


def score_of(award_id: str) -> str:
    """Write what asks for the score of a certificate; where nobody keeps results, there is none."""
    return f"({_SCORES[0].format(award_id=award_id)})" if _SCORES else "CAST(NULL AS bigint)"


# Grades compare within one scale: scores with scores, and the five words with each other; any other word with itself.
_SCALE = "ARRAY['不及格', '及格', '中等', '良好', '优秀']"
_MEETS = f"""
CASE
    WHEN {{least}} ~ '^[0-9]{{{{1,3}}}}([.][0-9]{{{{1,2}}}})?$'
        THEN {{grade}}.score_hundredths >= CAST({{least}} AS numeric) * 100
    WHEN {{grade}}.grade_word = {{least}} THEN true
    ELSE array_position({_SCALE}, {{grade}}.grade_word) >= array_position({_SCALE}, {{least}})
END
"""


def meets(grade: str, least: str) -> str:
    """Write whether a grade reaches the least that is asked for; null where the two are not of one scale."""
    return _MEETS.format(grade=grade, least=least)
