"""Why a table is absent, or a cell is not what was counted."""

TOO_FEW_BALLOTS = "too_few_ballots"
UNDEFINED = "undefined"
AT_MOST = "at_most"
AT_LEAST = "at_least"
