"""The contracts between modules hold, and each of them catches a wrong import."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WRONG_IMPORTS = {
    "floors": ("settings.py", "from consultation.infrastructure import clock"),
    "life": ("features/accounts/queries.py", "from consultation.features.comments import models"),
    "slice": ("features/accounts/events.py", "from consultation.features.accounts import services"),
    "pure": ("domain/phases.py", "import sqlalchemy"),
    "thin": ("features/accounts/views.py", "import sqlalchemy"),
    "deaf": ("features/accounts/services.py", "import flask"),
    "doors": ("wiring.py", "from consultation.features.accounts import views"),
    "acyclic": ("infrastructure/clock.py", "from consultation.infrastructure import jobs"),
}


def contracts_of(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run every contract on the package in this folder."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", folder / "pyproject.toml", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def copied(folder: Path) -> Path:
    """A copy of the package and its contracts."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "consultation", folder / "consultation", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_every_contract_is_kept(tmp_path: Path) -> None:
    outcome = contracts_of(copied(tmp_path))
    assert outcome.returncode == 0, outcome.stdout[-3000:]
    assert outcome.stdout.count(" KEPT") == len(WRONG_IMPORTS), "a contract without a wrong import that tries it"


@pytest.mark.parametrize("contract", WRONG_IMPORTS)
def test_a_wrong_import_breaks_the_contract_that_forbids_it(contract: str, tmp_path: Path) -> None:
    module, statement = WRONG_IMPORTS[contract]
    path = copied(tmp_path) / "consultation" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{statement}  # noqa\n", encoding="utf-8")
    outcome = contracts_of(tmp_path)
    broken = [line for line in outcome.stdout.splitlines() if " BROKEN" in line]
    assert any(line.startswith(f"{contract}:") for line in broken), outcome.stdout[-2000:]


def test_a_feature_nobody_placed_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path) / "consultation" / "features" / "surprise"
    folder.mkdir()
    (folder / "__init__.py").touch()
    assert "ignores those after BROKEN" in contracts_of(tmp_path).stdout
