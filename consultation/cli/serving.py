"""Commands that serve, work, migrate and check."""

import json
import os
import signal
import sys
import threading

import click
from alembic import command as alembic
from alembic.config import Config

from consultation.app import from_environment
from consultation.cli.listening import listen
from consultation.cli.refusing import with_application
from consultation.features.audit.jobs import begin_sealing
from consultation.features.ballots.services import begin_missing_chains
from consultation.infrastructure import jobs
from consultation.infrastructure.database import db, session
from consultation.infrastructure.schema import migrating
from consultation.settings import PREFIX, ROOT, Settings, SettingsError

IDLE_SECONDS = 1.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=os.cpu_count() or 1, show_default=True)
def serve(host: str, port: int, workers: int) -> None:
    """Serve the web pages."""
    settings = Settings.from_environment(os.environ)
    if settings.is_demo and host not in ("127.0.0.1", "localhost", "::1"):
        raise click.UsageError("the demonstration never listens beyond this machine")
    if not settings.is_demo:
        from_environment()  # refused here in one line, not by each server in turn
    listen("consultation", from_environment, host, port, workers=workers)


@click.command()
def worker() -> None:
    """Do the jobs that wait, until told to stop."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    app = from_environment()
    with app.app_context():
        begin_sealing()
        session.commit()
    while not stopped.is_set():
        with app.app_context():
            done = jobs.run_all()
        if not done:
            stopped.wait(IDLE_SECONDS)


@click.group()
def database() -> None:
    """The database's schema."""


@database.command()
@with_application
def upgrade() -> None:
    """Bring the schema to the newest revision."""
    session.remove()
    with migrating(db.engine) as connection:
        configuration = Config(attributes={"connection": connection})
        configuration.set_main_option("script_location", str(ROOT / "migrations"))
        alembic.upgrade(configuration, "head")
    begin_missing_chains()


@database.command()
@click.argument("message")
@with_application
def migration(message: str) -> None:
    """Write the migration that leads from the present schema to the models: read it before you keep it."""
    session.remove()
    with migrating(db.engine) as connection:
        configuration = Config(attributes={"connection": connection})
        configuration.set_main_option("script_location", str(ROOT / "migrations"))
        number = f"{len(list((ROOT / 'migrations' / 'versions').glob('*.py'))) + 1:04}"
        alembic.revision(configuration, message, autogenerate=True, rev_id=number)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def check(as_json: bool) -> None:
    """List the settings with their state, and say what a start would refuse."""
    try:
        from_environment()
        refused = ""
    except SettingsError as error:
        refused = str(error)
    names = [f"{PREFIX}{name.upper()}" for name in Settings.__dataclass_fields__ if name != "testing"]
    state = {name: name in os.environ for name in names}
    if as_json:
        click.echo(json.dumps({"settings": state, "refused": refused}))
    else:
        for name, is_set in state.items():
            click.echo(f"{name}: {'set' if is_set else 'not set'}")
        click.echo(f"Refused: {refused}" if refused else "A start is possible.")
    sys.exit(bool(refused))
