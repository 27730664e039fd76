"""Names that would pass for somebody who speaks with authority: the team, an institution, a badge."""

import re

from consultation.domain.names.keys import key_of

_BETWEEN_WORDS = re.compile(r"[\s\-‐'’ʼʻ.·・]+")


def _keys(words: str) -> frozenset[str]:
    return frozenset(key_of(word) for word in words.split())


def _phrases(*phrases: str) -> tuple[str, ...]:
    return tuple(key_of(phrase) for phrase in phrases)


_TEAM_WORDS = _keys(
    "admin assistance contact docteur docteure doctor dr dre équipe hotline official officiel officielle organisation "
    "pr professeur professeure professor rapporteur rapporteure rapporteuse root secrétariat staff support sysadmin "
    "system système team webmaster webmestre"
)
_TEAM_ANYWHERE = _phrases(
    "administrateur", "administratrice", "administrator", "docteur", "modérateur", "modératrice", "modération",
    "moderator", "moderation", "organisateur", "organisatrice", "organiser", "organizer", "ancien participant",
    "former participant",
)  # fmt: skip
_TEAM_WHOLE = _phrases(
    "l’auteur", "l’autrice", "auteur", "the author", "author", "anonyme", "anonymous", "vous", "you", "moi", "me",
    "consultation", "le site", "the site", "null", "undefined", "none", "compte supprimé", "deleted account",
)  # fmt: skip
_INSTITUTION_WORDS = _keys(
    "ccne cdom cnil cnom crom cnrs élysée gouvernement government inserm matignon minister ministère ministre ministry "
    "ordre préfecture préfet sénat"
)
_INSTITUTION_ANYWHERE = _phrases(
    "agence régionale de santé", "assemblée nationale", "caisse nationale", "comité consultatif",
    "conseil constitutionnel",
    "conseil d’État", "conseil départemental", "conseil national", "conseil régional", "cour de cassation",
    "défenseur des droits", "haute autorité", "medical council", "ordre des médecins", "ordre national",
    "parlement européen", "premier ministre", "prime minister", "santé publique france", "secrétaire d’État",
)  # fmt: skip
_COLLEGE_WORDS = _keys(
    "badge certified certifié certifiée authentifié authentifiée docteurs md médecin médecins physician physicians "
    "rpps verified vérifié vérifiée"
)
_COLLEGE_WHOLE = _phrases("citoyen", "citoyenne", "citoyens", "citizen", "citizens", "collège", "college")


def is_of_team(name: str) -> bool:
    """Whether a name could be taken for a role, or for a word that the pages use in the place of a name."""
    key = key_of(name)
    return key in _TEAM_WHOLE or not _TEAM_WORDS.isdisjoint(_words(name)) or _holds(key, _TEAM_ANYWHERE)


def is_of_institution(name: str) -> bool:
    """Whether a name could be taken for that of the Order, a ministry or another public body."""
    return not _INSTITUTION_WORDS.isdisjoint(_words(name)) or _holds(key_of(name), _INSTITUTION_ANYWHERE)


def is_of_college(name: str) -> bool:
    """Whether a name could be taken for the badge of a college, or for a verification."""
    return key_of(name) in _COLLEGE_WHOLE or not _COLLEGE_WORDS.isdisjoint(_words(name))


def _holds(key: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in key for phrase in phrases)


def _words(name: str) -> set[str]:
    """The keys of its words, and of the whole, with dots as gaps and as nothing: Dr.House, and D.R. House."""
    spellings = (name, name.replace(".", ""))
    parts = {key_of(part) for spelling in spellings for part in _BETWEEN_WORDS.split(spelling)}
    return parts | {key_of(name)}
