"""A form that is refused gives back what was written, and the same form can be sent again."""

from collections.abc import Callable

from consultation.features.authentication import services as authentication
from consultation.features.comments.models import Comment
from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session
from pages import PageClient

THREAD = "/consultations/test/recommendations/3/"
WRITTEN = {"alignment": "for", "body": "Un long argument, écrit avec soin.", "display_name": "Sauge"}


def test_a_form_from_a_former_session_gives_back_the_text_and_sends_it_again(
    open_consultation: Consultation, people, browse: Callable[..., PageClient]
) -> None:
    client = browse(people.citizen(), language="en")
    answer = client.post(THREAD, WRITTEN | {"csrf_token": "of a former session"}, 400)
    assert "Un long argument, écrit avec soin." in answer.text
    assert client.submit(answer, form="main form").location.startswith("/en/consultations/test/comments/")


def test_a_form_sent_after_the_session_ended_gives_back_the_text_and_a_way_to_sign_in(
    open_consultation: Consultation, people, browse: Callable[..., PageClient]
) -> None:
    account = people.citizen()
    token = authentication.start_session(account)
    client = browse(language="en")
    client.sign_in(token)
    authentication.end_session(token)
    answer = client.post(THREAD, WRITTEN, 401)
    assert "Un long argument, écrit avec soin." in answer.text
    assert answer.find('main a[href*="/account/sign-in"]')["target"] == "_blank"
    client.sign_in(authentication.start_session(account))
    session.commit()
    client.submit(answer, form="main form")
    assert session.query(Comment).count() == 1


def test_what_another_site_sends_is_neither_shown_nor_offered_to_be_sent_again(
    open_consultation: Consultation, people, browse: Callable[..., PageClient]
) -> None:
    client = browse(people.citizen(), language="en")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": ""}):
        answer = client.post(THREAD, WRITTEN | {"csrf_token": "guessed"}, 400, headers=headers)
        assert answer.find_all("main form") == []
        assert WRITTEN["body"] not in answer.text


def test_a_passphrase_is_never_given_back(browse: Callable[..., PageClient]) -> None:
    fields = {"address": "someone@example.org", "passphrase": "une phrase assez longue", "csrf_token": "expired"}
    answer = browse().post("/account/sign-in", fields, 400)
    assert "une phrase" not in answer.html


def test_a_ballot_sent_after_the_close_says_which_one_counts(
    open_consultation: Consultation, people, browse: Callable[..., PageClient]
) -> None:
    client = browse(people.citizen(), language="en")
    open_consultation.phase = "closing"
    answer = client.post("/consultations/test/ballot/", {"rank-3": "1", "action": "review"}, 409)
    assert "If you cast one before the close, it is the one that counts" in answer.text
    assert "Rank of recommendation 3" in answer.text
