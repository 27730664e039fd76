"""What is done to ballots: drafted, cast, withdrawn, sealed."""

from consultation.features.ballots.services.casting import cast_ballot, withdraw_ballot
from consultation.features.ballots.services.ceremony import begin_closing, close, run
from consultation.features.ballots.services.drafting import save_draft
from consultation.features.ballots.services.opening import make_key

__all__ = ["begin_closing", "cast_ballot", "close", "make_key", "run", "save_draft", "withdraw_ballot"]
