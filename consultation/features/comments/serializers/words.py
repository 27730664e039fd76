"""The texts that comments share."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from consultation.domain.deliberation.reactions import Reaction


@dataclass(frozen=True)
class Words:
    """The texts that comments share, fetched once a page; those with a name in them are filled in for each comment."""

    reactions: Mapping[Reaction, str]
    answers: str
    interests: str
    edited: tuple[str, str]
    react: str
    yours_is_earlier: str
    reply: tuple[str, str]
    follow: tuple[str, str]
    notify: tuple[str, str]
    edit: tuple[str, str]
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
            interests=_("Declared interests: %(interests)s"),
            edited=(_("changed on %(day)s"), _("What the comment by %(name)s said before it was changed on %(day)s")),
            react=_("Your reaction to the comment by %(name)s"),
            yours_is_earlier=_("You reacted to the earlier text: you can react again."),
            reply=(_("Reply"), _("Reply to %(name)s")),
            follow=(_("Follow"), _("Follow the replies to %(name)s")),
            notify=(_("Report it"), _("Report the comment by %(name)s")),
            edit=(_("Edit"), _("Edit your comment")),
            withdraw=(_("Withdraw"), _("Withdraw your comment")),
            withheld=_("Comment withheld by moderation on %(day)s — ground: %(ground)s."),
            withdrawn=_("Comment withdrawn by its author."),
            forgotten=_("Former participant"),
        )
