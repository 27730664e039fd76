"""The grounds of the charter in words: one table for notices, decisions, mails and the place of a withheld comment."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from consultation.domain.moderation.grounds import Ground

NAMES = {
    Ground.DANGER_TO_LIFE: _l("Danger to life"),
    Ground.INSULT: _l("Insult or personal attack"),
    Ground.HATE: _l("Hate or discrimination"),
    Ground.IDENTIFIES_A_PERSON: _l("Identifying a patient or somebody else"),
    Ground.OWN_HEALTH_DATA: _l("One’s own health told by mistake"),
    Ground.HEALTH_ADVICE: _l("Health advice to one person"),
    Ground.FALSE_STATEMENT: _l("A false statement presented as established"),
    Ground.ADVERTISING: _l("Advertising"),
    Ground.OFF_TOPIC: _l("Off topic"),
    Ground.REPEATED: _l("Repeated or coordinated posting"),
    Ground.IMPERSONATION: _l("Impersonation"),
    Ground.UNLAWFUL: _l("Unlawful content"),
    Ground.COPYRIGHT: _l("Copyright"),
    Ground.OTHER: _l("Something else"),
}

# A sentence that a moderator may start from when writing to the author; never enough as facts.
TEMPLATES = {
    Ground.DANGER_TO_LIFE: _l("Your comment may put somebody’s life in danger."),
    Ground.INSULT: _l("Your comment attacks a person rather than what the person says."),
    Ground.HATE: _l("Your comment demeans people for what they are."),
    Ground.IDENTIFIES_A_PERSON: _l("Your comment gives details by which a person can be recognised."),
    Ground.OWN_HEALTH_DATA: _l("Your comment tells more of your own health than you may have meant to make public."),
    Ground.HEALTH_ADVICE: _l("Your comment advises one person on their health, which only their physician should do."),
    Ground.FALSE_STATEMENT: _l("Your comment presents as established a fact that is contradicted by what is known."),
    Ground.ADVERTISING: _l("Your comment promotes a product or a service."),
    Ground.OFF_TOPIC: _l("Your comment does not bear on this recommendation."),
    Ground.REPEATED: _l("Your comment repeats one that has been posted already."),
    Ground.IMPERSONATION: _l("Your comment speaks in the name of somebody that you are not."),
    Ground.UNLAWFUL: _l("Your comment contains what the law forbids to publish."),
    Ground.COPYRIGHT: _l("Your comment reproduces a text that belongs to somebody else."),
}


def ground_in_words(code: str) -> str:
    """The name of a ground; ValueError for a code that the charter does not know."""
    return str(NAMES[Ground(code)])


def ground_with_article(code: str) -> str:
    """The name of a ground with the article of the charter that states it, where one does."""
    ground = Ground(code)
    if ground.article is None:
        return str(NAMES[ground])
    return _("Art. %(number)s — %(ground)s", number=ground.article, ground=NAMES[ground])


def ready_made_sentences() -> set[str]:
    """The sentences offered to moderators, in the language of the page."""
    return {str(sentence) for sentence in TEMPLATES.values()}
