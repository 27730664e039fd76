"""The stand-alone audit, run as anybody would run it: another process, the standard library alone."""

import json
import subprocess
import sys
from pathlib import Path

from consultation.settings import PACKAGE

PROGRAM = PACKAGE / "domain" / "verifiability" / "audit.py"


def faults_of(bundle: Path) -> list[str]:
    """The codes of what the audit finds wrong with a bundle; empty when it accepts it."""
    # Isolated mode: neither the environment nor the folder of this package can lend it anything.
    outcome = subprocess.run(  # noqa: S603 - our own file, by our own interpreter
        [sys.executable, "-I", str(PROGRAM), str(bundle), "--json"], capture_output=True, check=False
    )
    try:
        faults = [str(fault["code"]) for fault in json.loads(outcome.stdout)["faults"]]
    except (ValueError, KeyError, TypeError):
        return ["unreadable"]
    return faults if faults or outcome.returncode == 0 else ["unexplained"]
