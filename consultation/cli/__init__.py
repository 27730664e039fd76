"""The console script `consultation`: what scripts and operators rely on."""

import click

from consultation.cli.commands import Commands

main = Commands(
    {
        "serve": "consultation.cli.serving:serve",
        "worker": "consultation.cli.serving:worker",
        "db": "consultation.cli.serving:database",
        "check": "consultation.cli.serving:check",
        "users": "consultation.cli.team:users",
        "recommendations": "consultation.cli.consultations:recommendations",
        "consultation": "consultation.cli.consultations:moves",
        "export": "consultation.cli.consultations:export",
        "demonstration": "consultation.cli.demonstrating:demonstration",
        "retention": "consultation.cli.retention:retention",
        "comments": "consultation.cli.recounting:comments",
        "search": "consultation.cli.searching:search",
        "keys": "consultation.cli.keeping:keys",
        "opinions": "consultation.cli.opinions.command:opinions",
        "tally": "consultation.cli.tally.command:tally",
        "audit": "consultation.cli.auditing:audit",
        "audit-log": "consultation.cli.logbook:audit_log",
    },
    name="consultation",
    help="Public consultation and ranked voting.",
)
main = click.version_option(package_name="consultation")(main)
