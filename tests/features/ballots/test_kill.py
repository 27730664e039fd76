"""A ceremony that is killed (SIGKILL) before each of its writes and taken up again ends as if nothing had happened."""

import json
from collections import Counter
from collections.abc import Callable

from features.ballots.worlds import Closer, World

from consultation.infrastructure import audits

SECRETS = ("ballot", "draft", "day_list")
FORGET = 5


def killed_before_every_write(closer: Closer, world: World) -> list[tuple[int, str]]:
    """Kill the ceremony before its first write, then the next, until it ends; say after which steps and before what.

    When a step has been committed nothing is spared any more: whatever is left to write is reached from there.
    """
    deaths: list[tuple[int, str]] = []
    spared: Counter[str] = Counter()
    while (outcome := closer.close(world, spared=spared)).was_killed:
        steps = world.steps()
        assert_nothing_is_lost(world, steps)
        if deaths and len(steps) > deaths[-1][0]:
            spared.clear()
        else:
            spared[outcome.act] += 1
        deaths.append((len(steps), outcome.act))
    assert outcome.status == 0, outcome.said
    return deaths


def assert_nothing_is_lost(world: World, steps: list[int]) -> None:
    """Steps stand in order; ballots are readable, or sealed and deposited."""
    assert steps == list(range(1, len(steps) + 1))
    if len(steps) < FORGET - 1:
        assert world.count("ballot") == 5
        assert world.has_key()
    else:
        assert world.count("sealed_ballot") == 5
        assert audits.faults_of(world.bundle) == []


def assert_over(world: World, root: str) -> None:
    """The ceremony is over, and what it had to destroy is not there any more."""
    assert world.steps() == [1, 2, 3, 4, 5, 6]
    assert [json.loads(line)["root"] for line in world.final_lines()] == [root]
    assert [world.count(table) for table in SECRETS] == [0, 0, 0]
    assert not world.has_key()
    assert world.rows("SELECT phase FROM consultation") == [("closed",)]


def test_a_ceremony_killed_before_each_write_ends_with_the_same_root_line_and_bundle(
    world: World, cast_root: str, closer: Closer, copy: Callable[..., World]
) -> None:
    unbroken = copy(world, "unbroken")
    assert closer.close(unbroken).status == 0
    deaths = killed_before_every_write(closer, world)
    for one in (unbroken, world):
        assert_over(one, cast_root)
    assert world.final_lines() == unbroken.final_lines()
    assert world.bundle.read_bytes() == unbroken.bundle.read_bytes()
    assert world.count("outgoing_mail") == unbroken.count("outgoing_mail")
    for step in range(6):
        assert (step, "COMMIT") in deaths, f"never killed at the end of step {step + 1}"
    acts = " / ".join(act for _step, act in deaths)
    for act in ("INSERT INTO sealed_ballot", "os.rename", "DELETE FROM ballot", "os.remove", "VACUUM", "CHECKPOINT"):
        assert act.lower() in acts.lower(), f"never killed before: {act}"
