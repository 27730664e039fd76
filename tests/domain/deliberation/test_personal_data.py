"""Personal data is pointed out where it is, and ordinary sentences of a debate are left alone."""

import re
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.deliberation.personal_data import Finders, Kind, people, places, pointers_in, shapes
from consultation.domain.deliberation.texts import TEXT_MAXIMUM
from consultation.infrastructure.personal_data import FINDERS

# Each sentence, what it must be told to be, and the very words that are marked. The telephone numbers belong to blocks
# that are kept for fiction.
POINTED = [
    ("Appelez-moi au 06 39 98 12 34 après 18 h.", Kind.PHONE, "06 39 98 12 34"),
    ("Mon numéro : 0639981234.", Kind.PHONE, "0639981234"),
    ("Secrétariat 01.99.00.12.34, le matin", Kind.PHONE, "01.99.00.12.34"),
    ("tél. 01-99-00-12-34", Kind.PHONE, "01-99-00-12-34"),
    ("Joignable au +33 6 39 98 12 34", Kind.PHONE, "+33 6 39 98 12 34"),
    ("Joignable au +33 (0)6 39 98 12 34", Kind.PHONE, "+33 (0)6 39 98 12 34"),
    ("ou au 0033 6 39 98 12 34", Kind.PHONE, "0033 6 39 98 12 34"),
    ("À La Réunion : 0692 12 34 56", Kind.PHONE, "0692 12 34 56"),
    ("À La Réunion : +262 692 12 34 56", Kind.PHONE, "+262 692 12 34 56"),
    ("En Guadeloupe, 0590 12 34 56", Kind.PHONE, "0590 12 34 56"),
    ("En Martinique, 0696 12 34 56", Kind.PHONE, "0696 12 34 56"),
    ("Call me on +44 20 7946 0958 any day", Kind.PHONE, "+44 20 7946 0958"),
    ("Call +1 202-555-0143", Kind.PHONE, "+1 202-555-0143"),
    ("Écrire à marie.durand@example.org svp", Kind.EMAIL, "marie.durand@example.org"),
    ("Mail : camille+avis@cabinet.example.fr.", Kind.EMAIL, "camille+avis@cabinet.example.fr"),
    ("marie at exemple dot fr", Kind.EMAIL, "marie at exemple dot fr"),
    ("marie.durand (at) exemple (point) fr", Kind.EMAIL, "marie.durand (at) exemple (point) fr"),
    ("marie [at] exemple.fr", Kind.EMAIL, "marie [at] exemple.fr"),
    ("marie(at)exemple.fr", Kind.EMAIL, "marie(at)exemple.fr"),
    ("marie arobase exemple point fr", Kind.EMAIL, "marie arobase exemple point fr"),
    ("Write to JOHN.SMITH@EXAMPLE.CO.UK today", Kind.EMAIL, "JOHN.SMITH@EXAMPLE.CO.UK"),
    ("Son numéro est le 1 84 12 76 451 089 46.", Kind.NIR, "1 84 12 76 451 089 46"),
    ("NIR 184127645108946", Kind.NIR, "184127645108946"),
    ("NIR 2 69 05 2A 588 157 17", Kind.NIR, "2 69 05 2A 588 157 17"),
    ("NIR 1 55 08 2B 033 025 53", Kind.NIR, "1 55 08 2B 033 025 53"),
    ("n° 2.95.10.99.126.111.93", Kind.NIR, "2.95.10.99.126.111.93"),
    ("Virement : FR76 3000 6000 0112 3456 7890 189", Kind.IBAN, "FR76 3000 6000 0112 3456 7890 189"),
    ("IBAN GB82WEST12345698765432", Kind.IBAN, "GB82WEST12345698765432"),
    ("Mon RPPS est 10003456786.", Kind.RPPS, "10003456786"),
    ("RPPS : 1000 3456 786", Kind.RPPS, "1000 3456 786"),
    ("né le 12/03/1961 à Lyon", Kind.BIRTH, "né le 12/03/1961"),
    ("Elle est née le 3 mars 1961.", Kind.BIRTH, "née le 3 mars 1961"),
    ("Je suis né à Lyon le 3 mars 1956.", Kind.BIRTH, "né à Lyon le 3 mars 1956"),
    ("née à Saint-Denis, le 3 mars 1956", Kind.BIRTH, "née à Saint-Denis, le 3 mars 1956"),
    ("She was born in New York on March 3, 1961", Kind.BIRTH, "born in New York on March 3, 1961"),
    ("née le 1er avril 1980", Kind.BIRTH, "née le 1er avril 1980"),
    ("né(e) le 12.03.61", Kind.BIRTH, "né(e) le 12.03.61"),
    ("DDN : 12/03/1961", Kind.BIRTH, "DDN : 12/03/1961"),
    ("date de naissance : 1961-03-12", Kind.BIRTH, "date de naissance : 1961-03-12"),
    ("He was born on 3 March 1961 in Leeds", Kind.BIRTH, "born on 3 March 1961"),
    ("She was born on March 3, 1961", Kind.BIRTH, "born on March 3, 1961"),
    ("born the 3rd of March 1961", Kind.BIRTH, "born the 3rd of March 1961"),
    ("DOB 03/12/1961", Kind.BIRTH, "DOB 03/12/1961"),
    ("date of birth: 1961-03-12", Kind.BIRTH, "date of birth: 1961-03-12"),
    ("J’ai vu ma patiente Mme Durand hier.", Kind.PATIENT, "ma patiente Mme Durand"),
    ("mon patient M. X a refusé", Kind.PATIENT, "patient M. X"),
    ("Mon patient, M. Jean de La Tour, a refusé", Kind.PATIENT, "patient, M. Jean de La Tour"),
    ("Ma patiente Jeanne ne voulait plus.", Kind.PATIENT, "Ma patiente Jeanne"),
    ("une patiente nommée Jeanne Durand", Kind.PATIENT, "une patiente nommée Jeanne Durand"),
    ("Monsieur B., 62 ans, demandait à partir", Kind.PATIENT, "Monsieur B., 62 ans"),
    ("Mme Durand, 45 ans, a été reçue", Kind.PATIENT, "Mme Durand, 45 ans"),
    ("Mme D. âgée de 81 ans", Kind.PATIENT, "Mme D. âgée de 81 ans"),
    ("Jean Durand, 78 ans, est parti en Suisse", Kind.PATIENT, "Jean Durand, 78 ans"),
    ("my patient John Smith asked for it", Kind.PATIENT, "my patient John Smith"),
    ("My patient, Mrs Smith, asked for it", Kind.PATIENT, "My patient, Mrs Smith"),
    ("Mrs Smith, aged 62, asked for it", Kind.PATIENT, "Mrs Smith, aged 62"),
    ("Mr B., 62 years old", Kind.PATIENT, "Mr B., 62 years old"),
    ("John Smith, 62-year-old", Kind.PATIENT, "John Smith, 62-year-old"),
    ("M. Dupont, mon patient depuis 2010", Kind.PATIENT, "M. Dupont, mon patient"),
    ("Mme Durand était ma patiente.", Kind.PATIENT, "Mme Durand était ma patiente"),
    ("Mr. Jones is my patient", Kind.PATIENT, "Mr. Jones is my patient"),
    ("Ma grand-mère de 87 ans, Mme Lefèvre, attend", Kind.PATIENT, "Ma grand-mère de 87 ans, Mme Lefèvre"),
    ("une patiente de 62 ans, Mme D.", Kind.PATIENT, "une patiente de 62 ans, Mme D."),
    ("le patient Jean Durand", Kind.PATIENT, "patient Jean Durand"),
    ("ma mère Jeanne Durand souffrait", Kind.PATIENT, "ma mère Jeanne Durand"),
    ("Mon père, Monsieur Durand, est parti", Kind.PATIENT, "Mon père, Monsieur Durand"),
    ("our neighbour Jane Smith", Kind.PATIENT, "our neighbour Jane Smith"),
    ("Madame Durand est décédée chez nous", Kind.PATIENT, "Madame Durand est décéd"),
    ("Mme Durand a été hospitalisée trois fois", Kind.PATIENT, "Mme Durand a été hospitalis"),
    ("Mr Smith was diagnosed in May", Kind.PATIENT, "Mr Smith was diagnos"),
    ("Elle habite 12 rue des Lilas, 75011 Paris.", Kind.POSTAL, "12 rue des Lilas, 75011 Paris"),
    ("au 3 bis avenue de la République", Kind.POSTAL, "3 bis avenue de la République"),
    ("12, rue Victor Hugo", Kind.POSTAL, "12, rue Victor Hugo"),
    ("5 impasse du moulin", Kind.POSTAL, "5 impasse du moulin"),
    ("17 place d’Armes 69003 Lyon", Kind.POSTAL, "17 place d’Armes 69003 Lyon"),
    ("8 bd Saint-Michel", Kind.POSTAL, "8 bd Saint-Michel"),
    ("She lives at 221 Baker Street", Kind.POSTAL, "221 Baker Street"),
    ("10 Old Mill Lane, Leeds", Kind.POSTAL, "10 Old Mill Lane"),
]

LEFT_ALONE = [
    "Les soins palliatifs manquent dans 26 départements.",
    "La loi n° 2002-303 du 4 mars 2002 le prévoit.",
    "Les articles L1110-4 et R4127-38 du code de la santé publique",
    "Le budget est de 2 500 000 000 euros, dont 123 456 789 euros ici.",
    "En 2018, 2019 et 2020, 12 345 personnes ont répondu.",
    "Appelez le 15, le 112 ou le 3114.",
    "Le numéro vert 0 800 130 000 répond gratuitement.",
    "ISBN 978-2-1234-5680-3",
    "doi 10.1016/S0140-6736(02)07283-5",
    "du 01/02/2018 au 03/04/2018",
    "Le débat du 30 janvier 2018 à Paris",
    "le 12/03/1961, la loi changeait",
    "Une patiente de 62 ans demandait de l’aide.",
    "Mon patient ne voulait plus de soins.",
    "Ma patiente, atteinte d’un cancer, est morte chez elle.",
    "M. le ministre a répondu.",
    "Mme la ministre et M. le président",
    "Mme Buzyn a pris position.",
    "Comme l’écrit M. Leonetti, la sédation suffit.",
    "Durand et al. (2012) montrent le contraire.",
    "Le professeur Sicard l’a dit en 2012.",
    "Vincent Humbert et Chantal Sébire ont changé le débat.",
    "M. Leonetti est mon député.",
    "Mme Buzyn, ma ministre, a tranché.",
    "Ma mère de 90 ans, très entourée, vit seule.",
    "Je suis né à Lyon en 1956.",
    "Né en 1961 à Lyon, le projet date du 3 mars 1980.",
    "Le 3919 et le 0 800 840 800 répondent jour et nuit.",
    "L’étude de 2017 (n = 1 234 567) couvre 06 départements.",
    "Version 1.2.3.4 du 01-02-2018, page 12-34.",
    "Le patient Alzheimer est le plus exposé.",
    "Un patient Français sur deux l’ignore.",
    "Mon père est mort il y a dix ans.",
    "Ma mère, 90 ans, vit en EHPAD.",
    "la rue et la place publique",
    "un cours de 12 heures, 3 places par service",
    "Il y a 12 routes possibles et 5 passages obligés.",
    "3 cours d’éthique suffisent",
    "1 place en maison de retraite",
    "See you at the dot of nine.",
    "Look at example.org for the figures.",
    "@ministere n’a pas répondu",
    "2 @ 3 euros",
    "NIR 1 84 12 76 451 089 45 avec une clé fausse",
    "Le numéro de dossier 10003456785",
    "La somme de 10003456786,50 euros",
    "FR76 3000 6000 0112 3456 7890 188",
    "My patient died at home.",
    "The patient He knew was another.",
    "Mr Speaker, the house agrees.",
    "Three patients, 62 years of practice.",
    "I was born in 1961 and saw it all.",
    "née de la loi du 4 mars 2002",
    "Recommandation 12, avenue ouverte à d’autres",
    "",
]


@pytest.mark.parametrize(("text", "kind", "words"), POINTED, ids=[words for _, _, words in POINTED])
def test_what_seems_to_identify_somebody_is_pointed_out(text: str, kind: Kind, words: str) -> None:
    assert [(one.kind, text[one.start : one.end]) for one in pointers_in(text, FINDERS)] == [(kind, words)]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_an_ordinary_sentence_is_left_alone(text: str) -> None:
    assert [text[one.start : one.end] for one in pointers_in(text, FINDERS)] == []


def test_several_passages_of_one_text_are_pointed_out_in_their_order() -> None:
    text = "Ma patiente Mme Durand, née le 3 mars 1961, habite 12 rue des Lilas et répond au 06 39 98 12 34."
    assert [one.kind for one in pointers_in(text, FINDERS)] == [Kind.PATIENT, Kind.BIRTH, Kind.POSTAL, Kind.PHONE]


_ALPHABET = "09126 .-+()@/’,;:aéAÉMrme\n\u00a0\u202f"


@given(st.one_of(st.text(max_size=300), st.text(_ALPHABET, max_size=300)))
def test_whatever_is_written_pointers_lie_inside_the_text_and_apart(text: str) -> None:
    found = pointers_in(text, FINDERS)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(
    st.lists(st.sampled_from([text for text, _, _ in POINTED] + LEFT_ALONE), min_size=1, max_size=6).map("\n\n".join)
)
def test_a_passage_is_found_wherever_it_stands(text: str) -> None:
    found = {text[one.start : one.end] for one in pointers_in(text, FINDERS)}
    for _, _, words in [known for known in POINTED if known[0] in text.split("\n\n")]:
        assert any(words in one for one in found)


HOSTILE = [
    piece * (TEXT_MAXIMUM // len(piece))
    for piece in (
        "0", "06 ", "1 ", "1 84 12 ", "a@", "a.", "a at ", "(at)", "a@b.", "x-", "12 rue ", "12 rue de la ", "1 A ",
        "M. ", "M. A", "M. A ", "Mme A. ", "A ", "Aa ", "Aa Aa, ", "ma patiente ", "ma patiente A ", "mon père, ",
        "né ", "né le 1 ", "DDN : 12/", "FR76 ", "FR76 3000 ", "de la ", "d’", "Mr A was ", "10 Old ", "é", "\u0301",
    )
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:12] for text in HOSTILE])
def test_no_text_of_a_comment_keeps_the_search_busy(text: str) -> None:
    """A hundred times what any of them takes, in the time of the processor alone: only a runaway pattern goes past."""
    began = process_time()
    pointers_in(text, FINDERS)
    assert process_time() - began < 3


def test_no_pattern_repeats_what_repeats_without_a_bound() -> None:
    patterns = [value for module in (shapes, places, people) for value in vars(module).values()]
    patterns = [one for value in patterns for one in (value if isinstance(value, list) else [value])]
    compiled = [one.pattern for one in patterns if isinstance(one, re.Pattern)]
    assert len(compiled) > 8
    for pattern in compiled:
        outside = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", pattern)
        assert "*" not in outside
        assert "+" not in outside


def test_numbers_are_only_asked_about_once_they_have_their_shape() -> None:
    asked: list[str] = []

    def never(number: str) -> bool:
        asked.append(number)
        return False

    nothing = Finders(phone_numbers=lambda text: [], is_nir=never, is_iban=never, is_rpps=never)
    assert pointers_in("1 84 12 76 451 089 46 and 2018", nothing) == []
    assert asked == ["184127645108946"]
