"""Personal data is pointed out before a text is public, and its author decides about exactly these words."""

import pytest
from flask_babel import force_locale

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.errors import NameRefused
from consultation.features.comments.models import Comment, State
from consultation.features.comments.services import choose_name
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session
from consultation.infrastructure.web.refusals import sentence_of

THREAD = "/consultations/test/recommendations/6/"
FORM = "form.panel"
PHONE = "Appelez-moi au 06 39 98 12 34."
FIELDS = {"alignment": "for", "body": PHONE, "display_name": "Sauge"}
AS_IS, READ_FIRST, PREVIEW = ("act", "as_is"), ("act", "read_first"), ("act", "preview")


@pytest.fixture
def client(browse, people, open_consultation: Consultation):
    """Somebody signed in, who reads English."""
    return browse(people.citizen(), language="en")


def comments() -> list[Comment]:
    session.rollback()
    return list(session.query(Comment).order_by(Comment.id))


def pointed(client, fields=FIELDS, **options):
    return client.submit(client.get(THREAD), FORM, fields, status=422, path=THREAD, **options)


class TestPosting:
    def test_nothing_is_recorded_before_the_author_has_read_the_marked_words_again(self, client) -> None:
        page = pointed(client)
        assert comments() == []
        assert [mark.get_text() for mark in page.find_all("mark")] == ["06 39 98 12 34"]
        assert "[telephone number]" in page.text
        assert "anybody could call it" in page.text
        assert page.find("textarea").get_text().strip() == PHONE
        assert [button.get_text() for button in page.find_all(f"{FORM} button")] == [
            "Publish", "Have it read first", "Publish it as it is", "Preview",
        ]  # fmt: skip

    def test_the_enter_key_presses_the_button_that_looks_again(self, client) -> None:
        assert not pointed(client).find_all(f"{FORM} button")[0].has_attr("name")

    def test_words_that_were_confirmed_are_public_as_they_are(self, client) -> None:
        client.submit(pointed(client), FORM, button=AS_IS, path=THREAD)
        assert [(one.state, one.body) for one in comments()] == [(State.PUBLISHED, PHONE)]

    def test_words_that_were_rewritten_are_public_at_once(self, client) -> None:
        client.submit(pointed(client), FORM, {"body": "Écrivez-moi ici."}, path=THREAD)
        assert [(one.state, one.body) for one in comments()] == [(State.PUBLISHED, "Écrivez-moi ici.")]

    @pytest.mark.parametrize("button", [AS_IS, None])
    def test_a_confirmation_holds_for_no_other_words(self, client, button) -> None:
        other = {"body": "Appelez-moi au 06 39 98 56 78."}
        page = client.submit(pointed(client), FORM, other, button=button, status=422, path=THREAD)
        assert comments() == []
        assert [mark.get_text() for mark in page.find_all("mark")] == ["06 39 98 56 78"]

    def test_a_confirmation_that_was_never_shown_is_none(self, client) -> None:
        pointed(client, {**FIELDS, "act": "as_is", "confirmed": "0" * 64})
        assert comments() == []

    def test_somebody_may_ask_for_a_reading_instead(self, client) -> None:
        page = client.follow(client.submit(pointed(client), FORM, button=READ_FIRST, path=THREAD))
        assert page.find("h1").get_text() == "Not public yet: reading asked for"
        assert [one.state for one in comments()] == [State.HELD]

    def test_a_choice_that_does_not_exist_publishes_nothing_that_is_pointed_out(self, client) -> None:
        pointed(client, {**FIELDS, "act": "anything"})
        assert comments() == []

    def test_sources_are_looked_through_and_numbers_in_web_addresses_are_not(self, client) -> None:
        source = {"source_title_1": "Écrire à marie@example.org", "source_url_1": "https://example.org/0639981234"}
        page = pointed(client, {**FIELDS, "body": "Un avis.", **source})
        assert [mark.get_text() for mark in page.find_all("mark")] == ["marie@example.org"]

    def test_marked_words_that_hold_markup_stay_words(self, client) -> None:
        page = pointed(client, {**FIELDS, "body": f"<img src=x> <script>1</script> {PHONE}"})
        assert not page.find_all("main img, main script")
        assert "<img src=x>" in page.find("blockquote.as-typed").get_text()

    def test_what_is_to_be_corrected_as_well_is_said_with_it(self, client) -> None:
        page = pointed(client, {"body": PHONE, "display_name": "Sauge"})
        assert page.find(".error-summary")
        assert page.find_all("mark")


class TestPreview:
    def test_a_preview_shows_what_readers_would_see_and_records_nothing(self, client) -> None:
        fields = {**FIELDS, "body": "**Un** avis, [là](https://example.org/)"}
        page = client.submit(client.get(THREAD), FORM, fields, button=PREVIEW, status=200, path=THREAD)
        assert page.find("#preview strong").get_text() == "Un"
        assert page.find("#preview a")["rel"] == ["nofollow", "noopener", "noreferrer", "ugc"]
        assert page.find("textarea").get_text().strip() == fields["body"]
        assert comments() == []
        client.submit(page, FORM, path=THREAD)
        assert len(comments()) == 1

    def test_a_preview_of_nothing_says_so(self, client) -> None:
        page = client.submit(client.get(THREAD), FORM, button=PREVIEW, status=422, path=THREAD)
        assert "There is nothing to show" in page.find("#preview").get_text()

    def test_a_preview_adds_no_element_but_the_few_of_small_markdown(self, client) -> None:
        fields = {
            **FIELDS,
            "body": "<script>alert(1)</script> ![x](https://evil.example/p.png) [x](javascript:alert(1))",
        }
        page = client.submit(client.get(THREAD), FORM, fields, button=PREVIEW, status=200, path=THREAD)
        assert not page.find_all("#preview script, #preview img")
        assert [link["href"] for link in page.find_all("#preview a")] == ["https://evil.example/p.png"]


class TestElsewhere:
    def test_a_reply_is_looked_through(self, client, people, write) -> None:
        target = write(people.citizen())
        way = f"/consultations/test/comments/{target.id}/reply/"
        page = client.submit(client.get(way), FORM, {**FIELDS, "display_name": "Thym"}, status=422, path=way)
        assert page.find("mark").get_text() == "06 39 98 12 34"
        client.submit(page, FORM, button=AS_IS, path=way)
        assert len(comments()) == 2

    def test_a_change_is_looked_through_and_offers_no_reading(self, browse, people, write) -> None:
        author = people.citizen()
        comment = write(author)
        client, way = browse(author, language="en"), f"/consultations/test/comments/{comment.id}/edit/"
        page = client.submit(client.get(way), FORM, {"body": PHONE}, status=422, path=way)
        assert [button.get_text() for button in page.find_all(f"{FORM} button")] == [
            "Save the change", "Publish it as it is", "Preview",
        ]  # fmt: skip
        client.submit(page, FORM, button=READ_FIRST, status=422, path=way)
        assert comments()[0].body == "Un argument."
        client.submit(page, FORM, button=AS_IS, path=way)
        assert comments()[0].body == PHONE

    def test_an_official_answer_is_looked_through(self, browse, people, open_consultation, write) -> None:
        comment = write(people.citizen())
        organiser = browse(people.organiser(open_consultation), language="en")
        way = f"/consultations/test/comments/{comment.id}/answer/"
        page = organiser.submit(organiser.get(way), fields={"body": PHONE}, status=422, path=way)
        assert page.find("mark").get_text() == "06 39 98 12 34"
        organiser.submit(page, button=AS_IS, path=way)
        assert PHONE in organiser.get(THREAD).text

    def test_in_french_the_same_is_said_in_french(self, browse, people, open_consultation) -> None:
        client = browse(people.citizen())
        page = client.submit(client.get(THREAD), FORM, FIELDS, status=422, path=THREAD)
        assert "numéro de téléphone" in page.text
        assert "Publier tel quel" in page.text


def test_a_name_in_a_consultation_cannot_be_that_of_its_organiser(browse, people, open_consultation) -> None:
    client = browse(people.citizen(), language="en")
    fields = {"alignment": "for", "body": "Un avis.", "display_name": "L’equipe d essai"}
    page = client.submit(client.get(THREAD), FORM, fields, status=422, path=THREAD)
    assert page.find(".error-summary")
    assert comments() == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a", "needs at least two letters"),
        ("x" * 41, "at most 40 characters"),
        ("Sau\u200bge", "invisible or direction-changing characters"),
        ("<b>Sauge</b>", "made of letters, digits, spaces"),
        ("Sauge" + "\u0301" * 20, "too many accents"),
        ("\u0430dele", "letters of several alphabets"),
        ("ᴀᴅᴍɪɴ", "no alphabet in common use"),
        ("Modérateur", "a role of the team"),
        ("Ministère de la Santé", "a ministry or another institution"),
        ("Médecin vérifié", "taken for a badge"),
        ("Équipe d’essai", "a role of the team"),
    ],
)
def test_a_name_that_is_refused_is_told_why_beside_its_field(client, name: str, said: str) -> None:
    fields = {"alignment": "for", "body": "Un avis.", "display_name": name}
    page = client.submit(client.get(THREAD), FORM, fields, status=422, path=THREAD)
    assert said in page.find(".error-summary").get_text()
    assert page.find("a[href='#display_name']")
    assert comments() == []


@pytest.mark.parametrize(
    "reason",
    [
        *("too_short", "too_long", "hidden_characters", "character", "marks", "mixed_scripts", "alphabet"),
        *("reserved", "institution", "college", "organiser"),
    ],
)
def test_every_refusal_of_a_name_has_its_sentence_in_both_languages(app, context, reason: str) -> None:
    said = {}
    for language in ("en", "fr"):
        with app.test_request_context("/"), force_locale(language):
            said[language] = sentence_of(NameRefused(reason=reason))
    english, french = said["en"], said["fr"]
    assert "name" in english
    assert french != english


def test_the_alignment_of_a_confirmed_comment_is_the_one_chosen(client) -> None:
    client.submit(pointed(client), FORM, {"alignment": "against"}, button=AS_IS, path=THREAD)
    assert comments()[0].alignment == Alignment.AGAINST


def test_a_name_once_chosen_is_not_asked_again(client, people, browse, open_consultation) -> None:
    account = people.citizen()
    choose_name(account, open_consultation, "Hysope")
    page = browse(account, language="en").get(THREAD)
    assert not page.find_all("[name=display_name]")
