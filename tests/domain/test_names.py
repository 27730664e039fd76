import unicodedata

import pytest
from confusable_homoglyphs.confusables import confusables_data
from hypothesis import given
from hypothesis import strategies as st

from consultation.domain.errors import NameRefused
from consultation.domain.names import MAXIMUM, accepted, key_of

REASONS = {
    *("too_short", "too_long", "hidden_characters", "character", "marks", "mixed_scripts", "alphabet"),
    *("reserved", "institution", "college", "organiser"),
}


def refusal_of(name: str, organiser: str = "") -> object:
    with pytest.raises(NameRefused) as refused:
        accepted(name, organiser)
    return refused.value.values["reason"]


# A hundred and more names as people write them, in the scripts of some twenty languages.
REAL_NAMES = [
    *("Sauge", "Hélène", "Vent d’autan", "Jean-Paul 2", "M. Thé", "François-Xavier", "Maëlys", "Anaïs D.", "Zoé"),
    *("Cœur de Lyon", "Lætitia", "Ñandú", "José María", "Íñigo", "Núria Paral·lel", "João", "Conceição", "Ângela"),
    *("Müller", "Jürgen Groß", "Straßenbahn", "Åse", "Søren", "Bjørn", "Þórður", "Guðrún", "Ægir", "Sigrún"),
    *("Łukasz", "Małgorzata", "Żaneta", "Świętosław", "Jiří", "Řehoř", "Ľudovít", "Ágnes", "Győző", "Őrs"),
    *("Ștefan", "Țuțea", "Ioana", "Đorđe", "Željko", "Šárka", "Mindaugė", "Jānis", "Ķekava", "Õnne", "Seán O’Neill"),
    *("Siân", "Ŵyn", "Fañch", "Nolwenn", "Eñaut", "Ġorġ", "Gülşen", "İbrahim", "Işıl", "Çağla", "Əli", "Aygün"),
    *("Nguyễn Thị Huệ", "Trần Văn Đức", "Phạm Quỳnh", "Đặng Ngọc Ánh", "Ọlọ́run", "Adébáyọ̀", "Ŋgũgĩ", "Aïssatou"),
    *("Kɔfi", "Ɛsi", "Ɓalla", "Kahurangi", "Kealiʻi", "Hawaiʻi", "Tāne", "Siti Aminah", "Wanjikũ"),
    *("Ольга", "Юрий", "Наталья", "Дмитрий", "Її", "Олександр", "Стойчо", "Ђорђе", "Айгүл", "Әлия"),
    *("Ελένη", "Γιώργος", "Χρήστος", "Αθηνά", "Անահիտ", "Գրիգոր", "თამარ", "გიორგი"),
    *("שָׁלוֹם", "רחל", "משה", "צ׳רלי", "فاطمة", "محمد", "عبد الرحمن", "مريم", "زهرا", "کاوه", "پروین", "شہناز"),
    *("田中さくら", "佐々木", "ユーザー", "マリ・デュポン", "ひかり", "王小明", "李娜", "陳大文", "김철수", "이영희"),
    *("अनिता", "राजेश", "প্রিয়া", "ਹਰਪ੍ਰੀਤ", "પ્રિયા", "கவிதா", "లక్ష్మి", "ಕಾವ್ಯ", "മീര", "සුනිල්"),
    *("สมชาย", "ນາງ ແກ້ວ", "အောင်ဆန်း", "សុខា", "བསྟན་འཛིན", "ሰላም", "ⵜⴰⵏⵉⵔⵜ", "ⴰⵎⴰⵣⵉⵖ"),
]  # fmt: skip


@pytest.mark.parametrize("name", REAL_NAMES)
def test_names_of_many_alphabets_are_accepted_as_they_are(name: str) -> None:
    assert accepted(name) == unicodedata.normalize("NFKC", name)


def test_no_two_real_names_look_the_same() -> None:
    assert len(REAL_NAMES) > 130
    assert len({key_of(name) for name in REAL_NAMES}) == len(REAL_NAMES)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "too_short"),
        ("   ", "too_short"),
        ("\u3000\u00a0", "too_short"),
        ("a", "too_short"),
        ("a1", "too_short"),
        ("x" * (MAXIMUM + 1), "too_long"),
        ("ﷺ" * 3, "too_long"),
        ("x" * 100_000, "too_long"),
        ("Sau\u202ege", "hidden_characters"),
        ("Sau\u2067ge", "hidden_characters"),
        ("Sau\u200bge", "hidden_characters"),
        ("\u200dSauge", "hidden_characters"),
        ("Sau\u00adge", "hidden_characters"),
        ("Sauge\U000e0041\U000e0042", "hidden_characters"),
        ("Sauge\ufe0f", "hidden_characters"),
        ("Sau\u3164ge", "hidden_characters"),
        ("Sau\x00ge", "hidden_characters"),
        ("Sau\r\nBcc: x", "hidden_characters"),
        ("\ud800ab", "hidden_characters"),
        ("=cmd|calc", "character"),
        ("+33 Sauge", "character"),
        ("-Sauge", "character"),
        ("@SUM", "character"),
        ("＝1 Sauge", "character"),
        ("<b>Sauge</b>", "character"),
        ("Sauge 🌿", "character"),
        ("Sauge\u20dd", "character"),
        ("Sauge ٣", "character"),
        ("\u0301Sauge", "character"),
        ("Sauge" + "\u0301" * 20, "marks"),
        ("e" + "\u0323\u0302\u0301\u0309" + "lle", "marks"),
        ("\u0430dele", "mixed_scripts"),
        ("Sαuge", "mixed_scripts"),
        ("Modérateur", "reserved"),
        ("le modérateur", "reserved"),
        ("Les Modératrices", "reserved"),
        ("m0dérateur", "reserved"),
        ("m.o.d.é.r.a.t.e.u.r", "reserved"),
        ("ｍｏｄｅｒａｔｅｕｒ", "reserved"),
        ("Équipe du site", "reserved"),
        ("CNOM", "institution"),
        ("C.N.O.M.", "institution"),
        ("Ordre des médecins", "institution"),
        ("Dr House", "reserved"),
        ("Dr. House", "reserved"),
        ("Dr.House", "reserved"),
        ("D.R. House", "reserved"),
        ("Docteure Martin", "reserved"),
        ("Pr Martin", "reserved"),
        ("Admin", "reserved"),
        ("\u0430\u0501\u043c\u0456\u043f", "reserved"),
        ("Support", "reserved"),
        ("The team", "reserved"),
        ("Rapporteure", "reserved"),
        ("Moderation", "reserved"),
        ("Ancien participant", "reserved"),
        ("former participant", "reserved"),
        ("L’auteur", "reserved"),
        ("Anonyme", "reserved"),
        ("Ѕүѕтем", "reserved"),
        ("MODÉRATI0N", "reserved"),
        ("Conseil de l’Ordre", "institution"),
        ("Conseil national", "institution"),
        ("Ministère de la Santé", "institution"),
        ("Mme la Ministre", "institution"),
        ("Premier ministre", "institution"),
        ("Haute Autorité de santé", "institution"),
        ("Assemblée nationale", "institution"),
        ("General Medical Council", "institution"),
        ("Préfet", "institution"),
        ("СпОМ", "institution"),
        ("Médecin vérifié", "college"),
        ("Physicien vérifiée", "college"),
        ("Verified", "college"),
        ("verified physician", "college"),
        ("Médecin de campagne", "college"),
        ("Jane Smith M.D.", "college"),
        ("Citoyen", "college"),
        ("CITIZENS", "college"),
        ("Cit0yen", "college"),
        ("ᴀᴅᴍɪɴ", "alphabet"),
        ("ᴍᴏᴅᴇʀᴀᴛᴇᴜʀ", "alphabet"),
        ("ɹoʇɐɹǝpoɯ", "alphabet"),
        ("Ꭰꮮꭲ", "alphabet"),
        ("ꓮꓓꓟꓲꓠ", "alphabet"),
        ("𐌀𐌃𐌌𐌉𐌍", "alphabet"),
        ("ᗩᗪᗰᓰᑎ", "alphabet"),
        ("ꜱauge", "alphabet"),
        ("ǀǁǃ", "alphabet"),
        ("S̶a̶u̶g̶e̶", "marks"),
        ("Sau̸ge", "marks"),
        ("b̀́b̀́b̀́", "marks"),
        ("Sauge‮", "hidden_characters"),
        ("Sau\u180ege", "hidden_characters"),
        ("Sau\u2060ge", "hidden_characters"),
        ("Sau\ufeffge", "hidden_characters"),
        ("Sau\u2028ge", "hidden_characters"),
        ("Sauge™ Ольга", "mixed_scripts"),
        ("Sauge ✓", "character"),
        ("Sauge ⚕", "character"),
        ("Sauge ●", "character"),
        ("https://example.org", "character"),
        ("a@example.org", "character"),
        ("Ольгa", "mixed_scripts"),
        ("Tама", "mixed_scripts"),
        ("Sauge中", "mixed_scripts"),
    ],
)
def test_a_name_is_refused_with_its_reason(name: str, reason: str) -> None:
    assert refusal_of(name) == reason


def test_three_marks_on_a_letter_are_accepted_and_four_are_not() -> None:
    three, four = "e\u0328\u0323\u0302lle", "e\u0328\u0323\u0302\u0304lle"
    assert accepted(three) == unicodedata.normalize("NFC", three)
    assert refusal_of(four) == "marks"


@pytest.mark.parametrize(
    "name",
    [
        *("Andromède", "Cadre", "Ordralfabétix", "Équipage", "Organza", "Prune", "Steam", "Désordre", "Administré"),
        *("Médecine douce", "Citoyen 75", "Citoyenne du Sud", "Prémodéré", "Sénateur des prés", "Vérification"),
        *("Rosa Bonheur", "Amélie", "Auteuil", "Conseil d’ami", "Collégienne", "Orne"),
    ],
)
def test_a_name_that_only_resembles_a_reserved_word_is_accepted(name: str) -> None:
    assert accepted(name) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sauge", "SAUGE"),
        ("Sauge", "  sauge "),
        ("Sauge", "Saugé"),
        ("Sauge", "Ｓauge"),
        ("Jean-Paul", "Jean Paul"),
        ("Bouton-d’or", "Bouton d'or"),
        ("Oseille", "0seille"),
        ("Lilas", "lIlas"),
        ("Iris", "lris"),
        ("Romarin", "Rornarin"),
        ("Watson", "VVatson"),
        ("сосо", "coco"),
        ("НАТА", "HATA"),
        ("ΝΙΝΑ", "NINA"),
        ("Straße", "STRASSE"),
        ("Łukasz", "Lukasz"),
        ("Lætitia", "Laetitia"),
        ("Ѕаԁіе", "Sadie"),
        ("սոսգս", "unuqu"),
        ("کاوه", "كاوه"),
        ("علی", "علي"),
        ("ســلام", "سلام"),
        ("カエ", "力工"),
        ("Кеаӏі", "Keali"),
        ("Kealiʻi", "Kealii"),
        ("Paral·lel", "Parallel"),
    ],
)
def test_names_that_look_the_same_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Sauge", "Saule"), ("Romarin", "Romain"), ("Thym", "Thyms"), ("Ольга", "Olga")]
)
def test_names_that_look_different_have_different_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


@pytest.mark.parametrize("name", ["Équipe d’essai", "equipe d'essai", "L’équipe d’essai", "EQUIPE DESSAI", "Essai"])
def test_nobody_is_named_after_the_organiser(name: str) -> None:
    assert refusal_of(name, "Essai") in ("organiser", "reserved")


def test_a_short_name_of_an_organiser_is_reserved_by_itself_alone() -> None:
    assert refusal_of("ARS", "ARS") == "organiser"
    assert accepted("Marsouin", "ARS") == "Marsouin"
    assert accepted("Sauge", "") == "Sauge"


# The capitals decide: Ν is N and Υ is Y, though ν alone looks like v and υ like u; Σ is nothing of Latin's.
_BY_THEIR_CAPITALS = "νυσ"


def test_every_letter_that_unicode_lists_beside_a_latin_one_shares_its_key() -> None:
    """The list of the library is that of Unicode Technical Standard 39, chapter 4; only letters of names are asked."""
    astray = []
    for letter, likes in confusables_data.items():
        if len(letter) != 1 or letter in _BY_THEIR_CAPITALS or not _may_be_in_a_name(letter):
            continue
        latin = [one["c"] for one in likes if one["c"].isascii() and one["c"].isalnum()]
        if latin and key_of(letter) not in {key_of(one) for one in latin}:
            astray.append(f"{letter} {latin}")
    assert astray == []


def _may_be_in_a_name(letter: str) -> bool:
    try:
        return accepted(letter * 2) == letter * 2
    except NameRefused:
        return False


@given(st.sampled_from(REAL_NAMES))
def test_case_accents_and_compatibility_forms_change_no_key(name: str) -> None:
    for other in (name.upper(), name.lower(), name.title(), name.swapcase()):
        assert key_of(other) == key_of(name)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert key_of(unicodedata.normalize(form, name)) == key_of(name)
    assert key_of(key_of(name)) == key_of(name)


@given(st.text(max_size=40))
def test_a_key_is_the_same_for_every_way_to_write_the_same_characters(text: str) -> None:
    assert key_of(unicodedata.normalize("NFKC", text)) == key_of(text)
    assert key_of(unicodedata.normalize("NFD", text)) == key_of(text)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_accepted_or_refused_with_a_reason_and_what_is_accepted_stays(text: str) -> None:
    try:
        name = accepted(text)
    except NameRefused as refused:
        reason = refused.values["reason"]
    else:
        reason = None
        assert accepted(name) == name
        assert 2 <= len(name) <= MAXIMUM
        assert key_of(name)
    assert reason is None or reason in REASONS


def test_long_hostile_names_are_refused_quickly() -> None:
    assert refusal_of("\u0301" * 500_000) == "too_long"
