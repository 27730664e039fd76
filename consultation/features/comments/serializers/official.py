"""What the organiser answered to a comment, and whether its report cites it, as they stand under the comment."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from consultation.domain.identifiers import LENGTH
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.policies import may_organise_consultation

_ANY = "0" * LENGTH


@dataclass(frozen=True)
class ShownAnswer:
    """An answer ready to be shown; one that was withdrawn is only the sentence that says so."""

    who: str
    day: str
    html: Markup
    changed: str = ""
    history_url: str = ""
    notice: str = ""


@dataclass(frozen=True)
class InReport:
    """The way from a comment to the lines of the report that cite it."""

    label: str
    url: str


class Spokesperson:
    """Says for the comments of one page what the organiser answered; its sentences are fetched once."""

    def __init__(self, actor: Account | None, consultation: Consultation, day: Callable[[date], str]) -> None:
        """`day` says a day in full."""
        slug = consultation.slug
        self._day = day
        self._who = _("Answer by %(organiser)s", organiser=consultation.organiser_name)
        self._changed, self._withdrawn = _("changed on %(day)s"), _("Answer by %(organiser)s withdrawn on %(day)s.")
        self._organiser = consultation.organiser_name
        self._outdated = _("The comment was changed after this answer.")
        self._history = url_for("comments.answer_history", slug=slug, comment_id=_ANY)
        self._form = url_for("comments.answer", slug=slug, comment_id=_ANY)
        self._has_report = consultation.report_published_on is not None
        self._cited = InReport(_("cited in the report"), url_for("reports.show", slug=slug, _anchor=f"cites-{_ANY}"))
        self._citing = url_for("reports.citing", slug=slug, comment_id=_ANY)
        self._speaks = bool(may_organise_consultation(actor, consultation))
        self._words = {
            False: (_("Official answer"), _("Answer the comment by %(name)s in the organiser’s name")),
            True: (_("Change the answer"), _("Change the official answer to the comment by %(name)s")),
        }

    def answer_to(self, comment: Comment) -> ShownAnswer | None:
        """The answer to a comment; None without one, and where the text that it answers is shown to nobody."""
        reply = comment.official_reply
        if reply is None or not comment.is_public or reply.answers_revision <= comment.closed_through:
            return None
        if reply.withdrawn_on is not None:
            said = self._withdrawn % {"organiser": self._organiser, "day": self._day(reply.withdrawn_on)}
            return ShownAnswer(who="", day="", html=Markup(""), notice=said)
        return ShownAnswer(
            who=self._who,
            day=self._day(reply.given_on),
            html=Markup(reply.html),  # noqa: S704 - sanitised at writing
            changed=self._changed % {"day": self._day(reply.changed_on)} if reply.changed_on else "",
            history_url=self._history.replace(_ANY, comment.id),
            notice=self._outdated if reply.answers_revision < comment.revision else "",
        )

    def in_report(self, comment: Comment) -> InReport | None:
        """Where the public report cites a comment: the one line, or the list of those that do; None where none does."""
        if not (self._has_report and comment.cited and comment.is_public):
            return None
        if comment.cited == 1:
            return replace(self._cited, url=self._cited.url.replace(_ANY, comment.id))
        several = ngettext("cited by %(num)s line of the report", "cited by %(num)s lines of the report", comment.cited)
        return InReport(several, self._citing.replace(_ANY, comment.id))

    def act(self, comment: Comment) -> tuple[tuple[str, str], str] | None:
        """The words and the address of the link by which an organiser answers; None for anybody else."""
        if not self._speaks:
            return None
        reply = comment.official_reply
        return self._words[reply is not None and reply.is_shown], self._form.replace(_ANY, comment.id)
