"""Refusals that concern consultations, their recommendations and results, as sentences."""

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "not_an_organiser": _l("Only the organisers of this consultation may do this."),
    "unlawful_move": _l("A consultation cannot pass from “%(current)s” to “%(target)s”."),
    "opening_refused": _l("The consultation cannot open yet. Missing: %(missing)s."),
    "recommendations_frozen": _l("The recommendations no longer change: the consultation has opened."),
    "not_open": _l("This consultation takes no contribution and no ballot at this time."),
    "not_published": _l("The results are not published yet. Nobody can see them before, organisers included."),
    "already_published": _l("The results of this consultation are published already."),
    "correction_refused": _l("The results are not published again."),
    "correction_refused.no_reason": _l("A correction says why it is made: the reason is published beside it."),
    "correction_refused.unchanged": _l("Counted again, the ballots give the same release to the byte."),
    "consultation_refused.slug": _l("An address is made of lower-case letters, digits and single hyphens, 64 at most."),
    "consultation_refused.slug_taken": _l("Another consultation has this address."),
    "consultation_refused.words": _l("A consultation needs a title, the name of its organiser and a summary."),
    "consultation_refused.dates": _l("A consultation opens, then closes, then publishes: please check the dates."),
    "import_refused": _l("Nothing was imported: %(faults)s."),
    "entry_refused.none": _l("the file holds no list of recommendations"),
    "entry_refused.shape": _l("entry %(entry)s is not made of named fields"),
    "entry_refused.number": _l("entry %(entry)s needs a number from 1 to 9999"),
    "entry_refused.repeated": _l("entry %(entry)s has the number of an earlier entry"),
    "entry_refused.title": _l("entry %(entry)s needs a title of at most 300 characters"),
    "entry_refused.text": _l("entry %(entry)s needs a text of at most 10,000 characters"),
    "entry_refused.theme": _l("the theme of entry %(entry)s is not a text of at most 100 characters"),
    "entry_refused.introduction": _l("the introduction of entry %(entry)s is not a text of at most 1,000 characters"),
}
