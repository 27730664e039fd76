"""Installations with ballots cast in them, and processes that close them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from features.ballots import worlds
from features.ballots.worlds import Closer, World

from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.verifiability import merkle
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import OBSERVER
from consultation.features.ballots.models import CONSENT_VERSION, Sheet
from consultation.features.ballots.services import add_day_line, cast_ballot, save_draft
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.database import db, session
from consultation.settings import Settings

ORDERS = [WeakOrder.from_tiers(tiers) for tiers in ([[3], [1, 7]], [[7]], [[1, 3, 6, 7]], [[6], [3], [7], [1]])]


@pytest.fixture(scope="session")
def closer() -> Iterator[Closer]:
    """What runs `consultation consultation close` in processes of their own."""
    with worlds.closer() as process:
        yield process


@pytest.fixture
def cast_root(open_consultation: Consultation, people) -> str:
    """Five ballots cast, a draft, the line of a day and an observer; the root over the receipts, hexadecimal."""
    voters = [people.citizen() for _ in range(4)] + [people.physician()]
    receipts = [
        cast_ballot(voter, open_consultation, ORDERS[number % len(ORDERS)], CONSENT_VERSION)
        for number, voter in enumerate(voters)
    ]
    save_draft(people.citizen(), open_consultation, Sheet.of(ORDERS[0]))
    accounts.grant_role(people.citizen(), open_consultation.id, OBSERVER)
    add_day_line(open_consultation)
    session.commit()
    return merkle.root(sorted(receipt.commitment for receipt in receipts)).hex()


@pytest.fixture
def world(cast_root: str, settings: Settings, tmp_path: Path, worker_id: str) -> Iterator[World]:
    """An installation of its own in which these ballots are cast; the ceremony has not begun."""
    session.remove()
    db.engine.dispose()
    (tmp_path / "cast").mkdir()
    (tmp_path / "cast" / "keys").symlink_to(settings.key_directory)
    original = World(settings.database_url, tmp_path / "cast", clock.now())
    made = original.copied("first")
    yield made
    worlds.drop(made)


@pytest.fixture
def copy(world: World) -> Iterator[Callable[..., World]]:
    """Make copies of worlds: `copy(world, "name")`, or `copy(world, "name", has_disks=False)` to share its disks."""
    made = []

    def copied(original: World, name: str, *, has_disks: bool = True) -> World:
        made.append(original.copied(name, has_disks=has_disks))
        return made[-1]

    yield copied
    for one in made:
        worlds.drop(one)
