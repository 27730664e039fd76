"""A replica: the ceremony waits until it has followed; promoted halfway, it takes the ceremony to its end."""

import json
from collections.abc import Callable

import pytest
from features.ballots.worlds import Closer, World

from consultation.infrastructure import audits

SECRETS = ("ballot", "draft", "day_list")


def test_the_ceremony_waits_for_a_replica_that_is_behind(
    world: World, cast_root: str, closer: Closer, copy: Callable[..., World]
) -> None:
    behind = copy(world, "behind")
    outcome = closer.close(world, DATABASE_REPLICA_URL=behind.url)
    assert outcome.status == 1
    assert world.steps() == [1, 2, 3]
    assert world.refusals() == ["ceremony_refused.replica"]
    assert world.count("ballot") == 5
    assert world.has_key()
    assert not world.bundle.exists()
    followed = copy(world, "followed")
    assert closer.close(world, DATABASE_REPLICA_URL=followed.url).status == 0
    assert world.steps() == [1, 2, 3, 4, 5, 6]
    assert json.loads(world.final_lines()[0])["root"] == cast_root


def test_a_replica_that_cannot_be_reached_stops_the_ceremony_before_anything_is_destroyed(
    world: World, closer: Closer
) -> None:
    unreachable = (
        "postgresql+psycopg://nobody@127.0.0.1:1/nothing"
        if world.url.startswith("postgresql")
        else f"sqlite:///{world.folder / 'absent' / 'replica.sqlite'}"
    )
    assert closer.close(world, DATABASE_REPLICA_URL=unreachable).status == 1
    assert world.steps() == [1, 2, 3]
    assert world.count("ballot") == 5
    assert world.has_key()
    assert closer.close(world).status == 0


@pytest.mark.parametrize("act", ["open .test.zip.unfinished", "DELETE FROM ballot"], ids=["after seal", "after copy"])
def test_a_replica_promoted_before_the_key_is_gone_reaches_the_same_root_and_forgets(
    act: str, world: World, cast_root: str, closer: Closer, copy: Callable[..., World]
) -> None:
    closer.close_until(world, act)
    promoted = copy(world, "promoted", has_disks=False)
    assert closer.close(promoted).status == 0
    assert_over(promoted, cast_root)
    bundle = promoted.bundle.read_bytes()
    assert audits.faults_of(promoted.bundle) == []
    # The former primary comes back with its boxes, and without a key that opens them.
    assert world.count("ballot") == 5
    assert closer.close(world).status == 0
    assert_over(world, cast_root)
    assert world.final_lines() == promoted.final_lines()
    assert world.bundle.read_bytes() == bundle


def assert_over(world: World, root: str) -> None:
    """The ceremony is over there, with this root, and has forgotten."""
    assert world.steps() == [1, 2, 3, 4, 5, 6]
    assert [json.loads(line)["root"] for line in world.final_lines()] == [root]
    assert [world.count(table) for table in SECRETS] == [0, 0, 0]
    assert not world.has_key()
