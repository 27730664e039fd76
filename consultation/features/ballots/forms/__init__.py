"""Forms of the ballot."""

from consultation.features.ballots.forms.casting import CastForm, WithdrawForm, as_text, cast_form
from consultation.features.ballots.forms.paper import Move, SheetForm, sheet_form

__all__ = ["CastForm", "Move", "SheetForm", "WithdrawForm", "as_text", "cast_form", "sheet_form"]
