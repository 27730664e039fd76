"""`consultation audit-log`: the chain of the log computed again, entry by entry, and compared with published heads."""

import re

import click
from flask_babel import gettext as _

from consultation.cli.refusing import Report, reporting
from consultation.domain.errors import LogFaulty
from consultation.domain.verifiability.log import first_fault
from consultation.features.audit.queries import (
    digest_of_seal,
    last_seal,
    published_heads,
    sealed_entries,
    unsealed_count,
)

_HEAD = re.compile(r"([1-9]\d{0,9}):([0-9a-f]{64})", re.ASCII)


@click.command("audit-log")
@click.option("--head", "heads", multiple=True, metavar="NUMBER:DIGEST", help="a head that you kept; may be repeated")
@reporting
def audit_log(heads: tuple[str, ...]) -> Report:
    """Verify the log of what is done: that no entry was altered, dropped, added or moved since it was sealed.

    The heads that were published, and those that you give, must still be in the chain.
    """
    kept = [_read(head) for head in heads]
    if fault := first_fault(None, sealed_entries()):
        raise LogFaulty(reason=fault.kind, number=fault.number)
    published = [(head.number, head.digest) for head in published_heads()]
    for number, digest in [*published, *kept]:
        if digest_of_seal(number) != digest:
            raise LogFaulty(reason="head", number=number)
    return _report(len(published), len(kept))


def _read(head: str) -> tuple[int, str]:
    match = _HEAD.fullmatch(head.strip())
    if match is None:
        raise click.UsageError(
            str(_("A head is a number, a colon and 64 hexadecimal digits, as the log page shows it."))
        )
    return int(match[1]), match[2]


def _report(published: int, kept: int) -> Report:
    last, waiting = last_seal(), unsealed_count()
    facts = {
        "entries": last.number if last else 0,
        "head": f"{last.number}:{last.digest}" if last else None,
        "waiting": waiting,
        "published_heads": published,
        "kept_heads": kept,
    }
    if last is None:
        return Report(_("No entry is sealed yet; %(waiting)s wait: a worker seals them every hour.", **facts), facts)
    line = _(
        "The log holds: %(entries)s entries are as they were sealed, %(waiting)s wait for their seal. Published heads "
        "found: %(published_heads)s; heads of yours: %(kept_heads)s. End of the chain: %(head)s",
        **facts,
    )
    return Report(line, facts)
