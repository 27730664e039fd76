"""A count as JSON: integers, names, and fractions as text, never a float."""

from __future__ import annotations

import json
from typing import Any

from consultation.cli.tally.counted import Counted
from consultation.domain.social_choice.borda import BordaCount
from consultation.domain.social_choice.copeland import CopelandCount
from consultation.domain.social_choice.irv import InstantRunoffCount
from consultation.domain.social_choice.kemeny import KemenyCount
from consultation.domain.social_choice.methods import Count


def as_json(counted: Counted) -> str:
    """Return the count on one line."""
    tally = counted.tally
    winner = tally.condorcet_winner
    return json.dumps(
        {
            "ballots": tally.ballots,
            "blank": counted.file.blank,
            "alternatives": counted.file.names,
            "pairwise": tally.matrix.counts.tolist(),
            "unranked": tally.matrix.unranked,
            "methods": {name: _count(counted, count) for name, count in tally.counts.items()},
            "condorcet_winner": None if winner is None else counted.name(winner),
            "smith_set": counted.names(tally.smith_set),
            "intervals": {counted.name(number): [i.low, i.high] for number, i in tally.intervals.items()},
            **_resamples(counted),
        },
        ensure_ascii=False,
    )


def _count(counted: Counted, count: Count) -> dict[str, Any]:
    order = {"order": counted.tiers(count.order)}
    match count:
        case KemenyCount():
            return order | {"exact": count.exact, "sole": count.sole, "cost": count.cost}
        case BordaCount():
            return order | {"scores": {counted.name(number): str(score) for number, score in count.scores.items()}}
        case CopelandCount():
            return order | {"duels": {counted.name(number): vars(duels) for number, duels in count.duels.items()}}
        case InstantRunoffCount():
            return order | _runoff(counted, count)
    return order


def _runoff(counted: Counted, count: InstantRunoffCount) -> dict[str, Any]:
    rounds = [
        {
            "votes": {counted.name(number): str(votes) for number, votes in finished.votes.items()},
            "exhausted": finished.exhausted,
            "eliminated": counted.names(finished.eliminated),
        }
        for finished in count.rounds
    ]
    return {"winner": None if count.winner is None else counted.name(count.winner), "rounds": rounds}


def _resamples(counted: Counted) -> dict[str, Any]:
    bootstrap = counted.tally.bootstrap
    if bootstrap is None or counted.seed is None:
        return {}
    chances = {counted.name(number): str(chance) for number, chance in bootstrap.chance_of_top(1).items()}
    return {"chance_of_first": chances, "bootstrap": {"resamples": len(bootstrap.best), "seed": counted.seed.hex()}}
