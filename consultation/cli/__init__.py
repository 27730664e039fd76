"""The console script `consultation`: what scripts and operators rely on."""

import click

from consultation.cli.consultations import export, moves, recommendations
from consultation.cli.demonstrating import demonstration
from consultation.cli.refusing import OneLine
from consultation.cli.serving import check, database, serve, worker
from consultation.cli.team import users


@click.group(cls=OneLine)
@click.version_option(package_name="consultation")
def main() -> None:
    """Public consultation and ranked voting."""


for name, command in {
    "serve": serve,
    "worker": worker,
    "db": database,
    "check": check,
    "users": users,
    "recommendations": recommendations,
    "consultation": moves,
    "export": export,
    "demonstration": demonstration,
}.items():
    main.add_command(command, name)
