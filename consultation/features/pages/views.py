"""Pages about the site: what it is, its rules, its method, and what machines ask of it."""

from flask import Blueprint, Response, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from consultation.domain.errors import Missing
from consultation.domain.phases import Phase
from consultation.features.audit.queries import published_heads, stamp_of_heads
from consultation.features.consultations.queries import public_consultations, stamp_of_consultations
from consultation.features.consultations.serializers import cards_of
from consultation.features.pages.datasets import DATA_MAP
from consultation.features.pages.queries import database_answers
from consultation.features.pages.serializers import (
    account_links,
    changes_of,
    charter_in_full,
    consultation_links,
    edition_links,
    publication_steps,
    site_links,
    verification_links,
)
from consultation.infrastructure import charter as editions
from consultation.infrastructure import mail
from consultation.infrastructure.web.access import open_to_all
from consultation.infrastructure.web.caching import kept, unchanging
from consultation.infrastructure.web.language import current_language

blueprint = Blueprint("pages", __name__)
PUBLISHED_ON_HOME = 3
HEADS_SHOWN = 31


@blueprint.get("/")
@open_to_all
@kept(stamp_of_consultations)
def home() -> ResponseReturnValue:
    """What this is, what is open, what was published lately."""
    consultations = public_consultations()
    published = [one for one in consultations if one.phase == Phase.PUBLISHED]
    published.sort(key=lambda one: one.published_at or one.closes_at, reverse=True)
    return render_template(
        "pages/home.html",
        open_cards=[card for card in cards_of(consultations) if card.is_open],
        published_cards=cards_of(published[:PUBLISHED_ON_HOME]),
    )


@blueprint.get("/charter")
@open_to_all
@kept(unchanging)
def charter() -> ResponseReturnValue:
    """The rules of the debate, in the edition that is in force."""
    return _charter_page(editions.in_force())


@blueprint.get("/charter/editions/<int:number>/")
@open_to_all
@kept(unchanging)
def charter_edition(number: int) -> ResponseReturnValue:
    """An edition of the charter, with what it changed in the one before."""
    if number not in editions.numbers():
        raise Missing()
    return _charter_page(number)


@blueprint.get("/charter.json")
@open_to_all
@kept(unchanging)
def charter_json() -> ResponseReturnValue:
    """The charter in force for programs: its articles, the strongest measure and the template sentence of each."""
    return jsonify(charter_in_full(editions.in_force(), current_language()))


@blueprint.get("/log")
@open_to_all
@kept(stamp_of_heads)
def log() -> ResponseReturnValue:
    """How the log of what is done is sealed, and the ends of its chain, day by day, for all to keep."""
    return render_template("pages/log.html", heads=published_heads(HEADS_SHOWN))


@blueprint.get("/log.json")
@open_to_all
@kept(stamp_of_heads)
def log_json() -> ResponseReturnValue:
    """Every end of the chain that was published, the latest day first."""
    heads = [{"day": one.day.isoformat(), "number": one.number, "digest": one.digest} for one in published_heads()]
    return jsonify(heads=heads)


@blueprint.get("/method")
@open_to_all
@kept(unchanging)
def method() -> ResponseReturnValue:
    """How ballots are kept and counted, what is published, what is guaranteed and what is not."""
    return render_template("pages/method.html", steps=publication_steps())


@blueprint.get("/accessibility")
@open_to_all
@kept(unchanging)
def accessibility() -> ResponseReturnValue:
    """The accessibility statement: not compliant until an audit has been made."""
    return render_template("pages/accessibility.html", contact=_contact())


@blueprint.get("/privacy")
@open_to_all
@kept(unchanging)
def privacy() -> ResponseReturnValue:
    """Which personal data are kept, why, for how long, and one's rights (Regulation (EU) 2016/679, article 13)."""
    return render_template("pages/privacy.html", records=DATA_MAP, contact=_contact())


@blueprint.get("/legal")
@open_to_all
@kept(unchanging)
def legal() -> ResponseReturnValue:
    """Who publishes and hosts this site (law of 21 June 2004 on confidence in the digital economy)."""
    return render_template("pages/legal.html", contact=_contact(), notice=current_app.config["LEGAL_NOTICE"])


@blueprint.get("/help")
@open_to_all
@kept(unchanging)
def help() -> ResponseReturnValue:
    """How to take part, moderate and organise."""
    return render_template("pages/help.html")


@blueprint.get("/contact")
@open_to_all
@kept(unchanging)
def contact() -> ResponseReturnValue:
    """How to reach a person (Regulation (EU) 2022/2065, article 12)."""
    return render_template("pages/contact.html", contact=_contact())


@blueprint.get("/sitemap")
@open_to_all
@kept(stamp_of_consultations)
def sitemap() -> ResponseReturnValue:
    """Every page and every consultation."""
    consultations = public_consultations()
    return render_template(
        "pages/sitemap.html",
        site=site_links(),
        account=account_links(),
        consultations=consultation_links(consultations),
        verification=verification_links(consultations),
    )


@blueprint.get("/demo/mails")
@open_to_all
def demo_mails() -> ResponseReturnValue:
    """The mails of the demonstration, which leave the house nowhere else."""
    if not current_app.config["DEMONSTRATION"]:
        raise Missing()
    response = Response(render_template("pages/demo_mails.html", mails=mail.shelf()))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/healthz")
@open_to_all
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return _plain("ok", 200)


@blueprint.get("/readyz")
@open_to_all
def readyz() -> ResponseReturnValue:
    """Say whether the process can serve: its database answers."""
    return _plain("ok", 200) if database_answers() else _plain("database unavailable", 503)


def _plain(words: str, status: int) -> Response:
    response = Response(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def _charter_page(number: int) -> str:
    language = current_language()
    return render_template(
        "pages/charter.html",
        edition=editions.edition(number, language),
        changes=changes_of(number, language),
        editions=edition_links(number),
        is_in_force=number == editions.in_force(),
        contact=_contact(),
    )


def _contact() -> str:
    return str(current_app.config["MAIL_SENDER"])
