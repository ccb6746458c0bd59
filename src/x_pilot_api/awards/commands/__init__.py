"""The deeds on certificates: issuing and revoking, suspending, papers, numbers, and links that show them."""

from x_pilot_api.awards.commands.issuing import issue_awards, revoke_awards
from x_pilot_api.awards.commands.numbering import note_clashes, preview_pattern, set_number_pattern
from x_pilot_api.awards.commands.papers import confirm_reissue, move_papers, propose_reissue, refuse_reissue
from x_pilot_api.awards.commands.shares import Made, note_view, recall_share, share_award
from x_pilot_api.awards.commands.standing import reinstate_award, suspend_award

__all__ = [
    "Made",
    "confirm_reissue",
    "issue_awards",
    "move_papers",
    "note_clashes",
    "note_view",
    "preview_pattern",
    "propose_reissue",
    "recall_share",
    "refuse_reissue",
    "reinstate_award",
    "revoke_awards",
    "set_number_pattern",
    "share_award",
    "suspend_award",
]
