"""Whose levels compete: those of one certificate, and of certificates that policy counts as similar on a day."""


def family_of(certificate_id: str, earned_on: str) -> str:
    """Write what names a certificate's family on the day it was earned; columns are given as they are spelt.

    Without a limit that makes it similar to others a certificate is a family of its own.
    """
    return f"""coalesce((
        SELECT kin.family FROM policy_limits AS kin
        WHERE kin.institution_id = :institution_id AND kin.code = 'highest_level' AND kin.withdrawn_at IS NULL
            AND kin.certificate_id = {certificate_id} AND kin.effective_from <= {earned_on}
            AND (kin.effective_to IS NULL OR kin.effective_to > {earned_on})
    ), CAST({certificate_id} AS text))"""


KINDRED = """
SELECT kin.certificate_id FROM policy_limits AS kin
WHERE kin.institution_id = :institution_id AND kin.code = 'highest_level' AND kin.withdrawn_at IS NULL
"""
"""Every certificate that is similar to another one, or will be: no other one has a family but its own."""


KIN = """
SELECT CAST(:certificate_id AS uuid)
UNION
SELECT other.certificate_id
FROM policy_limits AS own
JOIN policy_limits AS other ON other.institution_id = own.institution_id AND other.family = own.family
WHERE own.institution_id = :institution_id AND own.certificate_id = :certificate_id
    AND own.withdrawn_at IS NULL AND other.withdrawn_at IS NULL
"""
"""Every certificate that was ever of the same family: a decision tells the days apart by itself."""
