"""One comment, ready to be shown."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from flask import url_for
from flask_babel import ngettext
from markupsafe import Markup

from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.deliberation.texts import host_of
from consultation.domain.identifiers import LENGTH
from consultation.domain.moderation.grounds import Ground
from consultation.features.accounts.models import Account
from consultation.features.comments.models import Comment, CommentReaction, PenName, State
from consultation.features.comments.policies import may_edit, may_react, may_withdraw
from consultation.features.comments.queries import Branch, reactions_of
from consultation.features.comments.serializers.card import Act, ReactionCount, ShownComment, SourceLink
from consultation.features.comments.serializers.official import Spokesperson
from consultation.features.comments.serializers.words import Words
from consultation.features.consultations.models import Consultation
from consultation.infrastructure import clock
from consultation.infrastructure.web.grounds import ground_in_words
from consultation.infrastructure.web.language import said_day

_ANY = "0" * LENGTH

Address = Callable[[str], str]


class Scribe:
    """Prepares the comments of one page, for one person."""

    def __init__(self, actor: Account | None, consultation: Consultation, mine: Mapping[str, CommentReaction]) -> None:
        """`mine` holds the person's own reactions, by comment."""
        self._actor = actor
        self._consultation = consultation
        self._mine = mine
        self._takes_part = consultation.takes_part_at(clock.now())
        self._words = Words.of_this_page()
        self._day = cache(said_day)
        self._spokesperson = Spokesperson(actor, consultation, self._day)
        slug = consultation.slug
        self._permalink, self._react, self._reply, self._replies, self._edit, self._history, self._withdraw = (
            _address(url_for(f"comments.{view}", slug=slug, comment_id=_ANY))
            for view in ("comment", "react", "reply", "replies", "edit", "history", "withdraw")
        )
        self._follow = _address(url_for("notifications.follow_thread", slug=slug, comment_id=_ANY))
        self._notify = _address(url_for("moderation.notify", comment=_ANY))

    @property
    def explains_reactions(self) -> bool:
        """Whether the person may react, and has not yet done so on this page: the buttons are new to them."""
        return self._takes_part and self._actor is not None and not self._mine

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
            interests=self._interests(comment.pen_name) if is_public else "",
            answers=self._answers(comment),
            college=comment.college,
            alignment=comment.alignment,
            day=self._day(comment.posted_on),
            url=self._permalink(comment.id),
            edited=self._edited(comment, name) if is_public else None,
            html=Markup(comment.html if is_public else ""),  # noqa: S704 - sanitised at writing
            sources=[SourceLink(one.title, one.url, host_of(one.url)) for one in comment.sources] if is_public else [],
            reactions=self._reactions(comment),
            earlier=self._earlier(comment),
            revision=comment.revision,
            react_url=self._react(comment.id) if may_react(self._actor, comment, self._consultation) else "",
            react_sentence=self._words.react % {"name": name},
            acts=self._acts(comment, name) if is_public else [],
            replies=[self.shown(reply) for reply in replies or ()],
            more=None if replies is None else self._more(comment, len(replies)),
            answer=self._spokesperson.answer_to(comment),
            in_report=self._spokesperson.in_report(comment),
        )

    def _answers(self, comment: Comment) -> str:
        answered = comment.answered
        if answered is None or not answered.is_public:
            return ""
        return self._words.answers % {"name": self._name(answered.pen_name)}

    def _name(self, pen_name: PenName) -> str:
        return self._words.forgotten if pen_name.is_forgotten else pen_name.name

    def _interests(self, pen_name: PenName) -> str:
        return self._words.interests % {"interests": pen_name.interests} if pen_name.interests else ""

    def _edited(self, comment: Comment, name: str) -> Act | None:
        if comment.edited_on is None:
            return None
        word, sentence = self._words.edited
        day = self._day(comment.edited_on)
        return Act(word % {"day": day}, sentence % {"name": name, "day": day}, self._history(comment.id))

    def _earlier(self, comment: Comment) -> str:
        """How many reactions, one's own perhaps among them, were given to another text than the one shown."""
        if not comment.earlier:
            return ""
        mine = self._mine.get(comment.id)
        is_mine = mine is not None and mine.revision < comment.revision
        told = ngettext(
            "%(num)s reaction to an earlier text.", "%(num)s reactions to an earlier text.", comment.earlier
        )
        return f"{told} {self._words.yours_is_earlier}" if is_mine else told

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
        given = self._mine.get(comment.id)
        mine = given.kind if given and given.revision == comment.revision else None
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
        if comment.parent_id is None:
            acts.append((self._words.follow, self._follow))
        if may_edit(self._actor, comment, self._consultation):
            acts.append((self._words.edit, self._edit))
        is_ones_own = may_withdraw(self._actor, comment)
        acts.append((self._words.withdraw, self._withdraw) if is_ones_own else (self._words.notify, self._notify))
        addressed = [(words, address(comment.id)) for words, address in acts]
        if official := self._spokesperson.act(comment):
            addressed.append(official)
        return [Act(word, sentence % {"name": name}, url) for (word, sentence), url in addressed]

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
