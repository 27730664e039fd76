"""One comment, ready to be shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.deliberation.texts import host_of
from consultation.domain.identifiers import LENGTH
from consultation.domain.moderation.grounds import Ground
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, PenName, State
from consultation.features.comments.policies import may_react, may_withdraw
from consultation.features.comments.queries import Branch, reactions_of
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.web.grounds import ground_in_words
from consultation.infrastructure.web.language import said_day

_ANY = "0" * LENGTH

Address = Callable[[str], str]


@dataclass(frozen=True)
class SourceLink:
    """A source, with the host that its link leads to."""

    title: str
    url: str
    host: str


@dataclass(frozen=True)
class ReactionCount:
    """A reaction with its count; its button sends the reaction, or nothing to take back one's own."""

    label: str
    sends: str
    is_mine: bool


@dataclass(frozen=True)
class Act:
    """A link about one comment: the word that is seen, and the whole sentence for those who hear it."""

    label: str
    sentence: str
    url: str


@dataclass(frozen=True)
class ShownComment:
    """A comment ready to be shown; where there is a placeholder, it stands for all but the replies."""

    anchor: str
    placeholder: str
    name: str
    answers: str
    college: str
    alignment: str
    day: str
    url: str
    html: Markup
    sources: Sequence[SourceLink]
    reactions: Sequence[ReactionCount]
    react_url: str
    react_sentence: str
    acts: Sequence[Act]
    replies: Sequence["ShownComment"] = ()
    more: Act | None = None


@dataclass(frozen=True)
class Words:
    """The texts that comments share, fetched once a page; those with a name in them are filled in for each comment."""

    reactions: Mapping[Reaction, str]
    answers: str
    react: str
    reply: tuple[str, str]
    notify: tuple[str, str]
    withdraw: tuple[str, str]
    withheld: str
    withdrawn: str
    forgotten: str

    @classmethod
    def of_this_page(cls) -> "Words":
        """The texts in the language of the page."""
        return cls(
            reactions={
                Reaction.AGREE: _("Agree"),
                Reaction.DISAGREE: _("Disagree"),
                Reaction.PASS: _("No view"),
            },
            answers=_("in answer to %(name)s"),
            react=_("Your reaction to the comment by %(name)s"),
            reply=(_("Reply"), _("Reply to %(name)s")),
            notify=(_("Report it"), _("Report the comment by %(name)s")),
            withdraw=(_("Withdraw"), _("Withdraw your comment")),
            withheld=_("Comment withheld by moderation on %(day)s — ground: %(ground)s."),
            withdrawn=_("Comment withdrawn by its author."),
            forgotten=_("Former participant"),
        )


class Scribe:
    """Prepares the comments of one page, for one person."""

    def __init__(self, actor: Account | None, consultation: Consultation, mine: Mapping[str, str]) -> None:
        """`mine` holds the person's own reactions, by comment."""
        self._actor = actor
        self._consultation = consultation
        self._mine = mine
        self._takes_part = consultation.takes_part_at(clock.now())
        self._words = Words.of_this_page()
        self._day = cache(said_day)
        slug = consultation.slug
        self._permalink, self._react, self._reply, self._replies, self._withdraw = (
            _address(url_for(f"comments.{view}", slug=slug, comment_id=_ANY))
            for view in ("comment", "react", "reply", "replies", "withdraw")
        )
        self._notify = _address(url_for("moderation.notify", comment=_ANY))

    def branches(self, branches: Sequence[Branch]) -> list[ShownComment]:
        """Comments, each with the first of its replies."""
        return [self.shown(branch.root, branch.replies) for branch in branches]

    def shown(self, comment: Comment, replies: Sequence[Comment] | None = None) -> ShownComment:
        """One comment with the first of its replies and the way to the others; with None, the comment by itself."""
        is_public = comment.is_public
        name = self._name(comment.pen_name) if is_public else ""
        return ShownComment(
            anchor=f"c-{comment.id}",
            placeholder="" if is_public else self._placeholder(comment),
            name=name,
            answers=self._answers(comment),
            college=comment.college,
            alignment=comment.alignment,
            day=self._day(comment.posted_on),
            url=self._permalink(comment.id),
            html=Markup(comment.html if is_public else ""),  # noqa: S704 - sanitised at writing
            sources=[SourceLink(one.title, one.url, host_of(one.url)) for one in comment.sources] if is_public else [],
            reactions=self._reactions(comment),
            react_url=self._react(comment.id) if may_react(self._actor, comment, self._consultation) else "",
            react_sentence=self._words.react % {"name": name},
            acts=self._acts(comment, name) if is_public else [],
            replies=[self.shown(reply) for reply in replies or ()],
            more=None if replies is None else self._more(comment, len(replies)),
        )

    def _answers(self, comment: Comment) -> str:
        answered = comment.answered
        if answered is None or not answered.is_public:
            return ""
        return self._words.answers % {"name": self._name(answered.pen_name)}

    def _name(self, pen_name: PenName) -> str:
        return self._words.forgotten if pen_name.is_forgotten else pen_name.name

    def _placeholder(self, comment: Comment) -> str:
        if comment.state == State.WITHDRAWN or comment.withheld_on is None:
            return self._words.withdrawn
        ground = ground_in_words(comment.withheld_ground or Ground.OTHER)
        return self._words.withheld % {"day": self._day(comment.withheld_on), "ground": ground}

    def _reactions(self, comment: Comment) -> list[ReactionCount]:
        counts = {
            Reaction.AGREE: comment.agrees,
            Reaction.DISAGREE: comment.disagrees,
            Reaction.PASS: comment.passes,
        }
        mine = self._mine.get(comment.id)
        return [
            ReactionCount(
                label=f"{self._words.reactions[kind]} · {count}",
                sends="" if kind == mine else kind.value,
                is_mine=kind == mine,
            )
            for kind, count in counts.items()
        ]

    def _acts(self, comment: Comment, name: str) -> list[Act]:
        acts = [(self._words.reply, self._reply)] if self._takes_part else []
        is_ones_own = may_withdraw(self._actor, comment)
        acts.append((self._words.withdraw, self._withdraw) if is_ones_own else (self._words.notify, self._notify))
        return [Act(word, sentence % {"name": name}, address(comment.id)) for (word, sentence), address in acts]

    def _more(self, comment: Comment, shown: int) -> Act | None:
        if comment.replies <= shown:
            return None
        label = ngettext("Read the only reply", "Read all %(num)s replies", comment.replies)
        return Act(label, label, self._replies(comment.id))


def scribe_for(actor: Account | None, consultation: Consultation, comments: Sequence[Comment]) -> Scribe:
    """A scribe who knows what this person said of these comments."""
    mine = reactions_of(actor.id, [comment.id for comment in comments]) if actor else {}
    return Scribe(actor, consultation, mine)


def _address(url: str) -> Address:
    """The address of any comment, from that of one: routing is asked once a page, not once a comment."""
    before, after = url.split(_ANY)
    return lambda comment_id: f"{before}{comment_id}{after}"
