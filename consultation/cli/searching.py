"""Commands of the search: its index follows by itself all that is published; this repairs it."""

import click
from flask_babel import gettext as _
from rich.console import Console
from rich.progress import Progress

from consultation.cli.refusing import Report, reporting
from consultation.features.search.queries import comment_count, entry_count
from consultation.features.search.services import BATCH, index_comments_again, index_texts_again
from consultation.infrastructure.database import session


@click.group()
def search() -> None:
    """The search."""


@search.command()
@reporting
def rebuild() -> Report:
    """Enter all that is public anew, batch by batch: an interruption leaves each batch whole or untouched."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(str(_("Entering what is public")), total=comment_count())
        index_texts_again()
        session.commit()
        last: str | None = ""
        while last is not None:
            last = index_comments_again(last)
            session.commit()
            progress.advance(task, BATCH)
    entries = entry_count()
    return Report(_("Entries in the index of the search: %(entries)s.", entries=entries), {"entries": entries})
