"""Two ways to the same thing, timed by turns: what else the machine does then weighs on both."""

import resource
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

# A measurement is long enough for the clock, and rounds are as many as patience allows.
SHORTEST = 0.02
MOST_ROUNDS, FEWEST_ROUNDS = 7, 3
PATIENCE = 10.0

Work = Callable[[], object]


@dataclass(frozen=True)
class Comparison:
    """CPU seconds of one run of ours and of theirs (medians), and the median of theirs / ours over the rounds."""

    ours: float
    theirs: float
    ratio: float


def by_turns(ours: Work, theirs: Work) -> Comparison:
    """Run A B A B; the first runs of each, which fill caches and compile, only say how often to run."""
    our_runs, their_runs = _runs(ours), _runs(theirs)
    spent = our_runs.expected + their_runs.expected
    rounds = max(FEWEST_ROUNDS, min(MOST_ROUNDS, int(PATIENCE / spent)))
    pairs = [(_seconds(ours, our_runs.times), _seconds(theirs, their_runs.times)) for _ in range(rounds)]
    return Comparison(
        median(a for a, _ in pairs),
        median(b for _, b in pairs),
        median(b / a for a, b in pairs),
    )


@dataclass(frozen=True)
class _Runs:
    times: int
    expected: float


def _runs(work: Work) -> _Runs:
    once = _seconds(work, 1)
    if once < 1:
        once = _seconds(work, 1)
    times = max(1, round(SHORTEST / max(once, 1e-6)))
    return _Runs(times, times * once)


def _seconds(work: Work, times: int) -> float:
    start = _cpu_seconds()
    for _ in range(times):
        work()
    return (_cpu_seconds() - start) / times


def _cpu_seconds() -> float:
    """What this process has used of the processors, and the commands that it has run."""
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
