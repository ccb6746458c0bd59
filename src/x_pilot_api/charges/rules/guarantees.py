"""What becomes of a guaranteed attempt, as SQL: one row for each attempt that changes, for one and for ten thousand.

A decision reads `wish` (registration_id, student_id, and what the deed says beside), the locked attempt as `held`, and
`former`: the last thing that became of this attempt through this very registration. It gives deed, state,
registration_id (who holds the attempt afterwards) and absences.
"""

_FORMER = """
LEFT JOIN LATERAL (
    SELECT event.deed FROM guarantee_events AS event
    WHERE event.institution_id = :institution_id AND event.guarantee_id = held.id
        AND event.registration_id = wish.registration_id
    ORDER BY event.number DESC LIMIT 1) AS former ON true
"""

_PAIRED = f"FROM wish JOIN held ON held.student_id = wish.student_id {_FORMER}"

RESERVE = """
SELECT DISTINCT ON (held.id) held.id, 'reserve' AS deed, CAST(:cause AS text) AS cause, 'reserved' AS state,
    wish.registration_id, wish.registration_id AS about_id, held.absences
FROM wish JOIN held ON held.student_id = wish.student_id
WHERE held.state = 'available' ORDER BY held.id, wish.registration_id
"""
"""Of two registrations at once the earlier one has it."""

RELEASE = """
SELECT held.id, 'release' AS deed, CAST(:cause AS text) AS cause, 'available' AS state,
    CAST(NULL AS uuid) AS registration_id, wish.registration_id AS about_id, held.absences
FROM wish JOIN held ON held.student_id = wish.student_id
WHERE held.state = 'reserved' AND held.registration_id = wish.registration_id
"""

_COUNTED = "coalesce(former.deed IN ('warn', 'forfeit'), false)"
"""This registration's absence counts against the attempt."""
_MINE = "coalesce(held.registration_id = wish.registration_id, false)"
_BACK = f"({_MINE} OR {_COUNTED} AND held.state = 'forfeited')"
"""It is free again: it was held by this registration, or the absence that is taken back had used it up."""
_CAUSE = "CASE WHEN former.deed IN ('use', 'warn', 'forfeit') THEN 'correction' ELSE '{cause}' END"

# What was restored by cause is not used by a sitting that came to nothing, whatever the list of results says.
_ATTENDED = f"""
SELECT held.id, CASE WHEN held.state = 'used' THEN 'correct' ELSE 'use' END AS deed,
    {_CAUSE.format(cause="attendance")} AS cause, 'used' AS state,
    CASE WHEN held.state = 'used' THEN held.registration_id ELSE wish.registration_id END AS registration_id,
    wish.registration_id AS about_id, held.absences - CASE WHEN {_COUNTED} THEN 1 ELSE 0 END AS absences
{_PAIRED}
WHERE wish.activity IN ('present', 'breach') AND (
    {_COUNTED}
    OR held.state = 'available' AND former.deed IS DISTINCT FROM 'restore'
    OR held.state = 'reserved' AND {_MINE})
"""

_ABSENT = f"""
SELECT held.id, CASE WHEN held.absences = 0 THEN 'warn' ELSE 'forfeit' END AS deed,
    {_CAUSE.format(cause="absence")} AS cause,
    CASE WHEN held.absences = 0 THEN 'available' ELSE 'forfeited' END AS state,
    CASE WHEN held.absences > 0 THEN wish.registration_id END AS registration_id,
    wish.registration_id AS about_id, held.absences + 1 AS absences
{_PAIRED}
WHERE wish.activity = 'absent' AND held.state IN ('reserved', 'used') AND {_MINE}
"""

_EXCUSED = f"""
SELECT held.id, CASE WHEN {_MINE} THEN 'release' ELSE 'correct' END AS deed,
    {_CAUSE.format(cause="excused")} AS cause,
    CASE WHEN {_BACK} THEN 'available' ELSE held.state END AS state,
    CASE WHEN NOT {_BACK} THEN held.registration_id END AS registration_id,
    wish.registration_id AS about_id, held.absences - CASE WHEN {_COUNTED} THEN 1 ELSE 0 END AS absences
{_PAIRED}
WHERE wish.activity = 'excused' AND ({_MINE} OR {_COUNTED})
"""

ATTEND = f"{_ATTENDED} UNION ALL {_ABSENT} UNION ALL {_EXCUSED}"
"""Being there uses the attempt; the first unexcused absence warns and gives it back, the second uses it up.

What is said otherwise later is corrected: what an absence counted is taken back, what attendance used is given back.
"""

RESTORE = f"""
SELECT held.id, 'restore' AS deed, CAST(:cause AS text) AS cause,
    CASE WHEN {_BACK} THEN 'available' ELSE held.state END AS state,
    CASE WHEN NOT {_BACK} THEN held.registration_id END AS registration_id,
    wish.registration_id AS about_id, held.absences - CASE WHEN {_COUNTED} THEN 1 ELSE 0 END AS absences
{_PAIRED}
WHERE {_MINE} OR {_COUNTED}
"""
"""By cause it comes back from whatever became of it through this registration."""

IS_PILOT = """(programme.is_pilot OR EXISTS (
    SELECT FROM participations AS part
    WHERE part.institution_id = programme.institution_id AND part.state = 'approved'
        AND part.college_id = programme.college_id
        AND (part.programme_id IS NULL OR part.programme_id = programme.id)))"""
"""Whether a programme is one of the pilot: by its own mark, or by a part that was approved for it or its college."""
