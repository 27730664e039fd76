"""`consultation audit`: the stand-alone audit under the name of the house, without a database or settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click

from consultation.cli.commands import Commands
from consultation.domain.verifiability import audit as program
from consultation.domain.verifiability.audit import Report

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PLACE = "consultation.cli.auditing"


class Audits(Commands):
    """The commands of the audit; a first word that is none of their names is the bundle to audit."""

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or take all the words as those of the audit of a bundle."""
        if arguments[0] in self.list_commands(context):
            return super().resolve_command(context, arguments)
        return bundle_audit.name, bundle_audit, arguments


def _reporting(check: Callable[..., Report]) -> Callable[..., None]:
    """Print what a check reports; where it found a fault, say so in one line on standard error, and end with 1."""

    @click.option("--json", "as_json", is_flag=True, help="print JSON")
    @click.option("--lang", type=click.Choice(["fr", "en"]), help="French where LANG says so, else English")
    def run(as_json: bool, lang: str | None, **files: Any) -> None:
        report, language = check(**files), lang or program.language_of_terminal()
        click.echo(report.as_json(language) if as_json else report.as_text(language), nl=False)
        if report.faults:
            raise click.ClickException(report.conclusion(language))

    return update_wrapper(run, check)


audit = Audits(
    {
        "bundle": "consultation.cli.auditors:bundle",
        "receipt": f"{PLACE}:receipt",
        "compare": f"{PLACE}:compare",
    },
    name="audit",
    help="Audit a BUNDLE, or do one of the commands. The same program stands alone: domain/verifiability/audit.py.",
    subcommand_metavar="BUNDLE | COMMAND [ARGS]...",
    # Options may stand before the bundle: they are those of its audit.
    context_settings={"ignore_unknown_options": True},
)


@click.command("audit")
@click.argument("bundle", type=FILE)
@_reporting
def bundle_audit(bundle: Path) -> Report:
    """Audit a bundle: is the published result what the sealed ballots give?"""
    return program.bundle_file(bundle)


@click.command()
@click.argument("receipt", type=FILE)
@click.option("--list", "listed", type=FILE, help="the list of commitments, commitments.txt")
@click.option("--roots", type=FILE, help="the chain, roots.jsonl")
@click.option("--bundle", type=FILE, help="a bundle, which holds both")
@_reporting
def receipt(receipt: Path, listed: Path | None, roots: Path | None, bundle: Path | None) -> Report:
    """Check a receipt; with the list or the chain, whether its ballot is counted and whose chain it names."""
    return program.receipt_files(receipt, listed, roots, bundle)


@click.command()
@click.argument("first", type=FILE, metavar="A.jsonl")
@click.argument("second", type=FILE, metavar="B.jsonl")
@_reporting
def compare(first: Path, second: Path) -> Report:
    """Compare two chains: were two people shown different ones?"""
    return program.compare_files(first, second)
