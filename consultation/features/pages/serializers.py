"""What the pages about the site list: its own pages, the steps of publication, the editions of the charter."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from consultation.domain.moderation.charter import ChangedPassage, Edition, changes_between
from consultation.domain.privacy.publication import MINIMUM_FOR_ORDER, TABLE, Steps
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import charter
from consultation.infrastructure.web.grounds import TEMPLATES
from consultation.infrastructure.web.language import said_day


@dataclass(frozen=True)
class Link:
    """A link of the sitemap; `language` is that of its words."""

    label: str
    url: str
    language: str | None = None


@dataclass(frozen=True)
class PublicationStep:
    """What is published of a college that has this many ballots."""

    ballots: str
    published: str


def site_links() -> list[Link]:
    """The pages about the site that all may read."""
    return [
        Link(_("Home page"), url_for("pages.home")),
        Link(_("Consultations"), url_for("consultations.index")),
        Link(_("Charter of the debate"), url_for("pages.charter")),
        Link(_("Method"), url_for("pages.method")),
        Link(_("The log of what is done"), url_for("pages.log")),
        Link(_("Help"), url_for("pages.help")),
        Link(_("Contact"), url_for("pages.contact")),
        Link(_("Accessibility"), url_for("pages.accessibility")),
        Link(_("Personal data"), url_for("pages.privacy")),
        Link(_("Legal notice"), url_for("pages.legal")),
    ]


def account_links() -> list[Link]:
    """The pages of one's own account."""
    return [
        Link(_("Sign in"), url_for("authentication.sign_in")),
        Link(_("Create an account"), url_for("authentication.register")),
        Link(_("Forgotten passphrase"), url_for("authentication.forgot")),
        Link(_("Your account"), url_for("accounts.home")),
    ]


def consultation_links(consultations: Sequence[Consultation]) -> list[Link]:
    """The page of each consultation."""
    return [Link(one.title, url_for("recommendations.index", slug=one.slug), one.language) for one in consultations]


def verification_links(consultations: Sequence[Consultation]) -> list[Link]:
    """Where each consultation that has opened can be checked."""
    return [
        Link(_("Check “%(title)s” yourself", title=one.title), url_for("ballots.verify", slug=one.slug))
        for one in consultations
    ]


def publication_steps() -> list[PublicationStep]:
    """The thresholds of publication in words, from the table that the program applies."""
    fewest = min(steps.minimum_ballots for steps in TABLE)
    found = [
        PublicationStep(
            _("fewer than %(number)s", number=MINIMUM_FOR_ORDER),
            _("the number of ballots alone: too few to publish anything else"),
        ),
        PublicationStep(
            _("%(low)s to %(high)s", low=MINIMUM_FOR_ORDER, high=fewest - 1),
            _("also the order, with the interval of each rank; no percentage"),
        ),
    ]
    highest = None
    for steps in TABLE:
        found.insert(2, PublicationStep(_range(steps.minimum_ballots, highest), _duels(steps)))
        highest = steps.minimum_ballots - 1
    return found


def _duels(steps: Steps) -> str:
    return str(
        _(
            "also the duels, to the nearest %(step)s %%; under %(low)s %% and over %(high)s %%, that bound alone",
            step=steps.step,
            low=steps.low,
            high=steps.high,
        )
    )


def _range(low: int, high: int | None) -> str:
    return str(_("%(number)s or more", number=low) if high is None else _("%(low)s to %(high)s", low=low, high=high))


def changes_of(number: int, language: str) -> list[ChangedPassage]:
    """What an edition of the charter changed in the one before it; nothing of the first."""
    before = [other for other in charter.numbers() if other < number]
    return changes_between(charter.edition(before[-1], language), charter.edition(number, language)) if before else []


def edition_links(shown: int) -> list[Link]:
    """The other editions of the charter, the latest first."""
    others = [number for number in reversed(charter.numbers()) if number != shown]
    return [Link(_edition_title(number), url_for("pages.charter_edition", number=number)) for number in others]


def charter_in_full(number: int, language: str) -> dict[str, object]:
    """The charter for programs; `strongest_measure` is keep where a ground is heard and never enough for a measure."""
    edition = charter.edition(number, language)
    return {
        "edition": edition.number,
        "editions": list(charter.numbers()),
        "since": edition.since.isoformat(),
        "language": language,
        "lead": edition.lead,
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "paragraphs": list(section.paragraphs),
                "points": list(section.points),
            }
            for section in edition.sections
        ],
        "articles": _articles_of(edition),
    }


def _articles_of(edition: Edition) -> list[dict[str, object]]:
    return [
        {
            "article": article.ground.article,
            "ground": article.ground.value,
            "title": article.title,
            "words": article.words,
            "strongest_measure": article.ground.measure.value,
            "template": str(TEMPLATES[article.ground]) if article.ground in TEMPLATES else None,
        }
        for article in edition.articles
    ]


def _edition_title(number: int) -> str:
    since = charter.edition(number, "en").since
    return str(_("Edition %(number)s, in force from %(day)s", number=number, day=said_day(since)))
