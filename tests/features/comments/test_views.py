from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.deliberation.texts import Source
from consultation.features.accounts.services import create_account, disable_account
from consultation.features.comments.models import Comment, CommentReaction, PenName
from consultation.features.comments.services import edit_comment, react, withdraw_comment, withhold_comment
from consultation.features.consultations.services import fence
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

THREAD = "/consultations/test/recommendations/6/"
SENT = {"alignment": "nuanced", "body": "Oui, *si* l’on m’explique.", "display_name": "Sauge"}


def count(model: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


def only_comment() -> Comment:
    session.rollback()
    return session.scalars(select(Comment)).one()


class TestReading:
    def test_a_visitor_reads_the_thread_without_a_form_or_a_cookie(self, browse, people, write) -> None:
        write(people.physician(), "Un *bon* argument.", sources=[Source("Avis 129", "https://www.ccne.example/129")])
        visitor = browse()
        page = visitor.get(THREAD)
        assert not page.find_all("form")
        assert "Set-Cookie" not in page.headers
        assert not visitor.cookies()
        assert page.find("h1").get_text() == "Titre de la recommandation 6"
        assert page.find(".kicker").get_text() == "Recommandation\u00a06"
        assert page.find("blockquote.official").get_text(strip=True) == "« Texte de la recommandation 6. »"
        assert page.find("#comments").get_text() == "1 contribution"
        comment = page.find(".comment--for")
        assert comment.select_one("b").get_text() == "Sauge"
        assert comment.select_one(".body em").get_text() == "bon"
        assert "Collège médecin, vérifié" in comment.get_text()
        link = comment.select_one("ul a")
        assert (link["href"], link.get_text()) == ("https://www.ccne.example/129", "Avis 129")
        assert "nofollow" in link["rel"]
        assert "(ccne.example)" in comment.get_text()

    def test_a_visitor_is_led_to_sign_in_and_back(self, browse, recommendation) -> None:
        links = [str(link["href"]) for link in browse().get(THREAD).find_all("main .panel a")]
        assert links[:2] == [f"{THREAD}write/", f"/account/sign-in?next={THREAD}"]

    def test_an_empty_thread_says_what_to_do(self, browse, recommendation) -> None:
        assert "Aucune contribution pour l’instant" in browse().get(THREAD).find(".empty").get_text()

    def test_a_filter_that_finds_nothing_leads_back_to_all(self, browse, people, write) -> None:
        write(people.citizen())
        page = browse().get(f"{THREAD}?college=physicians")
        assert page.find(".empty a")["href"] == f"{THREAD}#comments"
        assert not page.find_all(".comment")

    def test_only_the_day_is_shown(self, browse, people, write) -> None:
        with clock.standing_at(clock.now()):
            comment = write(people.citizen())
            session.execute(update(Comment).values(posted_on=clock.today().replace(2018, 3, 12)))
        page = browse().get(THREAD)
        assert page.find(".comment header a").get_text() == "12\u00a0mars 2018"
        assert comment.posted_at.strftime("%H:%M") not in page.find(".comment").get_text()

    def test_orders_and_colleges_are_links_that_keep_each_other(self, browse, people, write) -> None:
        write(people.citizen())
        page = browse().get(f"{THREAD}?order=oldest&college=citizens&alignment=for")
        assert [one.get_text() for one in page.find_all(".thread-head b")] == ["plus anciens", "citoyens", "pour"]
        asked = [str(link["href"]) for link in page.find_all(".thread-head a[href*='#comments']")]
        assert [one.removeprefix(THREAD).removesuffix("#comments") for one in asked] == [
            "?order=shared&college=citizens&alignment=for",
            "?college=citizens&alignment=for",
            "?order=discussed&college=citizens&alignment=for",
            "?order=divided&college=citizens&alignment=for",
            "?order=oldest&alignment=for",
            "?order=oldest&college=physicians&alignment=for",
            "?order=oldest&college=citizens",
            "?order=oldest&college=citizens&alignment=nuanced",
            "?order=oldest&college=citizens&alignment=against",
        ]

    def test_the_newest_come_first_on_the_first_day_and_the_most_shared_afterwards(
        self, browse, people, write, open_consultation
    ) -> None:
        write(people.citizen())
        current = ".thread-head b"
        assert browse().get(THREAD).find(current).get_text() == "plus récents"
        with clock.standing_at(open_consultation.opened_at + timedelta(days=1)):
            assert browse().get(THREAD).find(current).get_text() == "arguments les plus partagés"

    @pytest.mark.parametrize("query", ["alignment=against", "college=citizens&alignment=against&order=divided"])
    def test_a_position_is_read_apart(self, browse, people, write, query: str) -> None:
        write(people.citizen(), "Un argument pour.")
        against = write(people.citizen(), "Un argument contre.", alignment=Alignment.AGAINST)
        shown = browse().get(f"{THREAD}?{query}").find_all("li.comment")
        assert [one["id"] for one in shown] == [f"c-{against.id}"]

    @pytest.mark.parametrize(
        "query",
        [
            "order=best",
            "college=nurses",
            "alignment=maybe",
            "after=x",
            "after=0.5~%00",
            "order=newest&after=0.5~0",
            "order=shared&after=nan~0000000000000",
        ],
    )
    def test_an_address_that_asks_for_what_does_not_exist_is_not_found(
        self, browse, recommendation, query: str
    ) -> None:
        browse().get(f"{THREAD}?{query}", status=404)

    @pytest.mark.parametrize("number", ["2", "0", "99999999999999999999"])
    def test_a_recommendation_that_does_not_exist_is_not_found(self, browse, open_consultation, number: str) -> None:
        browse().get(f"/consultations/test/recommendations/{number}/", status=404)

    def test_a_draft_is_read_by_its_team_alone(self, browse, people, draft_consultation) -> None:
        browse().get(THREAD, status=404)
        browse(people.citizen()).get(THREAD, status=404)
        browse(people.organiser(draft_consultation)).get(THREAD)

    def test_pages_follow_each_other_and_lead_back(self, browse, people, write) -> None:
        author = people.citizen()
        for place in range(23):
            write(author, f"Argument {place}.")
        visitor = browse()
        first = visitor.get(THREAD)
        assert len(first.find_all(".thread > .comment")) == 20
        second = visitor.get(str(first.find("a[rel=next].btn")["href"]))
        assert len(second.find_all(".thread > .comment")) == 3
        assert not second.find_all("a[rel=next].btn")
        assert f'href="{THREAD}"' in second.html

    def test_the_neighbours_are_one_link_away(self, browse, open_consultation) -> None:
        links = browse().get(THREAD).find_all("aside nav a")
        assert [(link["rel"], link["href"]) for link in links] == [
            (["prev"], "/consultations/test/recommendations/3/"),
            (["next"], "/consultations/test/recommendations/7/"),
        ]

    def test_each_college_has_its_bar_and_its_percentages(self, browse, people, write) -> None:
        for alignment in (Alignment.FOR, Alignment.FOR, Alignment.AGAINST):
            write(people.citizen(), alignment=alignment)
        bars = [str(bar["aria-label"]) for bar in browse().get(THREAD).find_all("aside .stance")]
        assert bars[0] == "67\u00a0% pour, 0\u00a0% nuancées, 33\u00a0% contre"
        assert bars[1] == "Aucune contribution pour l’instant"

    def test_english_pages_are_english_and_mark_what_is_french(self, browse, people, write) -> None:
        write(people.physician(), parent=write(people.citizen()))
        page = browse(people.citizen(), "en").get(THREAD)
        for words in ("2 comments", "most shared arguments", "Your comment", "Agree · 0", "Reply", "Report it"):
            assert words in page.text
        assert page.find("h1 [lang=fr]")
        assert page.find(".quote")["lang"] == "fr"
        assert "contribution" not in page.find("main").get_text().lower()

    def test_twenty_comments_and_two_hundred_take_the_same_statements(self, browse, people, write, statements) -> None:
        authors, reader = [people.citizen() for _ in range(4)], people.citizen()
        client = browse(reader)

        def grow(threads: int) -> None:
            for place in range(threads):
                root = write(authors[place % 4], f"Argument {place}.", sources=[Source("Avis", "https://example.org/")])
                for reply in range(4):
                    write(authors[reply], "Une réponse.", parent=root)

        def counted() -> int:
            session.commit()
            with statements() as seen:
                client.get(THREAD)
            return int(seen.total)

        grow(4)
        few = counted()
        grow(36)
        assert counted() == few <= 14


class TestPosting:
    def test_a_first_comment_comes_with_a_name_and_is_shown_where_it_leads(
        self, browse, people, recommendation
    ) -> None:
        client = browse(people.citizen())
        page = client.get(THREAD)
        sent = client.submit(page, "form.panel", SENT)
        place = client.follow(sent, status=302)
        shown = client.follow(place)
        assert place.location.endswith(f"#c-{only_comment().id}")
        assert "Votre contribution est publique" in shown.find(".notice--success").get_text()
        assert shown.find(f"#c-{only_comment().id} b").get_text() == "Sauge"
        assert "Publié sous « Sauge », collège citoyen." in shown.text.replace("\u00a0", " ")
        assert not shown.find_all("[name=display_name]")

    def test_a_form_sent_twice_makes_one_comment_and_leads_to_it_twice(self, browse, people, recommendation) -> None:
        client = browse(people.citizen())
        page = client.get(THREAD)
        first, second = client.submit(page, "form.panel", SENT), client.submit(page, "form.panel", SENT)
        assert first.location == second.location
        assert count(Comment) == count(PenName) == 1

    def test_a_form_without_its_random_value_is_still_taken(self, browse, people, recommendation) -> None:
        browse(people.citizen()).post(THREAD, {**SENT, "submission": "\x00' OR 1=1"})
        assert count(Comment) == 1

    @pytest.mark.parametrize(
        ("fields", "field", "words"),
        [
            ({"alignment": ""}, "alignment", "Choisissez une position"),
            ({"alignment": "maybe"}, "alignment", ""),
            ({"body": " \n "}, "body", "Écrivez votre argument"),
            ({"body": "x" * 2001}, "body", "2\u00a0000\u00a0caractères au plus"),
            ({"display_name": ""}, "display_name", "Choisissez le nom"),
            ({"display_name": "Dr House"}, "display_name", "rôle de l’équipe"),
            ({"display_name": "Sauge\u202e"}, "display_name", "invisibles"),
            ({"source_title_1": "Avis"}, "source_url_1", "adresse"),
            ({"source_url_2": "https://example.org/"}, "source_title_2", "titre"),
            ({"source_title_3": "Avis", "source_url_3": "javascript:alert(1)"}, "source_url_3", "http://"),
            ({"source_title_1": "x" * 201, "source_url_1": "https://example.org/"}, "source_title_1", "200"),
        ],
    )
    def test_what_cannot_be_taken_is_said_beside_its_field_and_everything_typed_is_kept(
        self, browse, people, recommendation, fields: dict[str, str], field: str, words: str
    ) -> None:
        client = browse(people.citizen())
        sent = {**SENT, "source_title_2": "Un autre avis", "source_url_2": "https://example.org/2", **fields}
        if "source_url_2" in fields:
            sent["source_title_2"] = ""
        page = client.submit(client.get(THREAD), "form.panel", sent, status=422)
        assert words in page.find(f"#{field}-error").get_text()
        assert page.find("title").get_text().strip().startswith("Erreur")
        assert page.find_all(".error-summary a")
        kept = page.fields("form.panel")
        for name in ("body", "display_name", "source_url_2"):
            assert kept[name] == [sent[name].strip()]
        assert count(Comment) == count(PenName) == 0

    def test_a_name_that_is_taken_is_said_beside_its_field_and_nothing_is_stored(self, browse, people, write) -> None:
        write(people.citizen())
        client = browse(people.citizen())
        page = client.submit(client.get(THREAD), "form.panel", {**SENT, "display_name": "SAUGÉ"}, status=422)
        assert "déjà pris" in page.find("#display_name-error").get_text()
        assert page.fields("form.panel")["body"] == [SENT["body"]]
        assert count(Comment) == count(PenName) == 1
        client.submit(page, "form.panel", {"display_name": "Romarin"})
        assert count(Comment) == 2

    def test_fields_that_a_form_does_not_have_change_nothing(self, browse, people, recommendation) -> None:
        client = browse(people.citizen())
        hostile = {
            "college": "physicians",
            "state": "withheld",
            "author_id": "x",
            "score": "1",
            "agrees": "99",
            "html": "<b>",
        }
        client.submit(client.get(THREAD), "form.panel", {**SENT, **hostile})
        comment = only_comment()
        assert (comment.college, comment.state, comment.agrees, comment.score) == ("citizens", "published", 0, 0)

    def test_a_visitor_who_sends_a_form_is_led_to_sign_in(self, browse, recommendation) -> None:
        sent = browse().post(THREAD, SENT, status=401)
        assert sent.find('main a[href*="/account/sign-in"]')
        assert SENT["body"] in sent.text
        assert count(Comment) == 0

    def test_a_form_without_its_token_is_refused(self, browse, people, recommendation) -> None:
        browse(people.citizen()).post(THREAD, SENT, status=400, csrf=False)
        assert count(Comment) == 0

    def test_a_disabled_account_is_signed_out_and_cannot_write(self, browse, people, recommendation) -> None:
        account = people.citizen()
        client = browse(account)
        disable_account(account)
        assert not client.get(THREAD).find_all("form.panel")
        client.post(THREAD, SENT, status=401)
        assert count(Comment) == 0

    def test_an_unconfirmed_address_is_told_what_to_do(self, browse, recommendation, context) -> None:
        client = browse(create_account("new@example.org", None, "fr"))
        assert "confirmer votre adresse" in client.get(THREAD).find(".notice--warning").get_text()
        client.post(THREAD, SENT, status=403)

    def test_a_closed_consultation_shows_the_thread_and_takes_nothing(
        self, browse, people, write, open_consultation
    ) -> None:
        comment = write(people.citizen())
        fence(None, open_consultation)
        for client in (browse(), browse(people.citizen())):
            page = client.get(THREAD)
            assert "closes" in page.find(".notice").get_text()
            assert not page.find_all("main form")
            assert "Répondre" not in page.text
        client = browse(people.citizen())
        client.post(THREAD, SENT, status=409)
        client.get(f"/consultations/test/comments/{comment.id}/reply/", status=409)
        client.post(f"/consultations/test/comments/{comment.id}/reply/", SENT, status=409)
        client.post(f"/consultations/test/comments/{comment.id}/react/", {"kind": "agree"}, status=409)
        assert count(Comment) == 1

    def test_a_second_after_the_close_a_form_shown_before_is_refused(self, browse, people, open_consultation) -> None:
        client = browse(people.citizen())
        page = client.get(THREAD)
        with clock.standing_at(open_consultation.closes_at):
            client.submit(page, "form.panel", SENT, status=409)
        assert count(Comment) == 0


class TestReplying:
    def test_a_reply_has_a_page_of_its_own_and_appears_under_its_comment(self, browse, people, write) -> None:
        root = write(people.citizen(), "Un argument à discuter.")
        client = browse(people.citizen())
        page = client.get(str(client.get(THREAD).find("a[href$='/reply/']")["href"]))
        assert page.find("h1").get_text() == "Répondre à Sauge"
        assert "Un argument à discuter." in page.text
        path = f"/consultations/test/comments/{root.id}/reply/"
        sent = client.submit(page, "form.panel", {**SENT, "display_name": "Romarin"}, path=path)
        shown = client.follow(client.follow(sent, status=302))
        assert shown.find(f"#c-{root.id} .thread .comment--nuanced b").get_text() == "Romarin"

    def test_a_reply_to_a_reply_names_whom_it_answers(self, browse, people, write) -> None:
        root = write(people.citizen())
        reply = write(people.citizen(), parent=root)
        write(people.citizen(), parent=reply)
        page = browse().get(THREAD)
        assert "en réponse à Romarin" in page.text
        assert len(page.find_all(f"#c-{root.id} > .thread > .comment")) == 2

    def test_replies_beyond_three_stand_behind_a_link(self, browse, people, write) -> None:
        root, author = write(people.citizen()), people.citizen()
        replies = [write(author, f"Réponse {place}.", parent=root).id for place in range(24)]
        visitor = browse()
        page = visitor.get(THREAD)
        assert len(page.find_all(".thread .thread .comment")) == 3
        link = next(one for one in page.find_all("a") if one.get_text() == "Lire les 24 réponses")
        first = visitor.get(str(link["href"]))
        second = visitor.get(str(first.find("a[rel=next]")["href"]))
        shown = [
            str(one["id"]).removeprefix("c-") for one in first.find_all("li.comment") + second.find_all("li.comment")
        ]
        assert sorted(shown) == sorted([root.id, root.id, *replies])

    def test_the_replies_of_a_reply_are_those_of_its_comment(self, browse, people, write) -> None:
        reply = write(people.citizen(), parent=write(people.citizen()))
        browse().get(f"/consultations/test/comments/{reply.id}/replies/", status=404)

    def test_an_invalid_reply_keeps_what_was_typed(self, browse, people, write) -> None:
        path = f"/consultations/test/comments/{write(people.citizen()).id}/reply/"
        client = browse(people.citizen())
        page = client.submit(client.get(path), "form.panel", {**SENT, "alignment": ""}, status=422, path=path)
        assert page.fields("form.panel")["body"] == [SENT["body"]]


class TestReacting:
    def buttons(self, page) -> dict[str, str]:
        return {one.get_text(): str(one["aria-pressed"]) for one in page.find_all(".comment .vote")}

    def test_three_buttons_react_change_and_take_back(self, browse, people, write) -> None:
        comment = write(people.citizen())
        client = browse(people.citizen())
        page = client.get(THREAD)
        assert self.buttons(page) == {"D’accord · 0": "false", "Pas d’accord · 0": "false", "Sans avis · 0": "false"}
        sent = client.submit(page, ".comment form", button=("kind", "agree"))
        assert sent.location == f"{THREAD}#c-{comment.id}"
        page = client.follow(sent)
        assert self.buttons(page) == {"D’accord · 1": "true", "Pas d’accord · 0": "false", "Sans avis · 0": "false"}
        page = client.follow(client.submit(page, ".comment form", button=("kind", "disagree")))
        assert self.buttons(page) == {"D’accord · 0": "false", "Pas d’accord · 1": "true", "Sans avis · 0": "false"}
        pressed = page.find(".vote[aria-pressed=true]")
        page = client.follow(client.submit(page, ".comment form", button=("kind", str(pressed["value"]))))
        assert self.buttons(page) == {"D’accord · 0": "false", "Pas d’accord · 0": "false", "Sans avis · 0": "false"}
        assert count(CommentReaction) == 0

    def test_a_reaction_leads_back_to_the_same_reading(self, browse, people, write) -> None:
        comment = write(people.citizen())
        client = browse(people.citizen(), "en")
        page = client.get(f"{THREAD}?order=oldest&college=citizens")
        sent = client.submit(page, ".comment form", button=("kind", "pass"))
        assert sent.location == f"/en{THREAD}?order=oldest&college=citizens#c-{comment.id}"

    def test_what_a_reaction_does_is_explained_until_one_is_given(self, browse, people, write) -> None:
        write(people.citizen())
        client = browse(people.citizen())
        page = client.get(THREAD)
        assert "Réagissez à ce que vous lisez" in page.text
        page = client.follow(client.submit(page, ".comment form", button=("kind", "agree")))
        assert "Réagissez à ce que vous lisez" not in page.text
        assert "Réagissez à ce que vous lisez" not in browse().get(THREAD).text

    def test_a_reaction_sent_from_a_page_of_before_a_change_is_one_to_the_earlier_text(
        self, browse, people, write
    ) -> None:
        author = people.citizen()
        comment = write(author)
        client = browse(people.citizen())
        before = client.get(THREAD)
        react(people.citizen(), comment, Reaction.PASS)
        edit_comment(author, comment, 1, Alignment.AGAINST, "Tout le contraire.", ())
        page = client.follow(client.submit(before, ".comment form", button=("kind", "agree")))
        assert set(self.buttons(page).values()) == {"false"}
        said = page.find(".comment").get_text(" ", strip=True).replace("\u00a0", " ")
        assert "2 réactions à un texte précédent. Vous avez réagi au texte précédent" in said
        page = client.follow(client.submit(page, ".comment form", button=("kind", "disagree")))
        assert self.buttons(page)["Pas d’accord · 1"] == "true"
        assert "1\u00a0réaction à un texte précédent." in page.html

    @pytest.mark.parametrize(
        "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", ""]
    )
    def test_a_reaction_never_leads_elsewhere(self, browse, people, write, target: str) -> None:
        comment = write(people.citizen())
        client = browse(people.citizen())
        sent = client.post(f"/consultations/test/comments/{comment.id}/react/", {"kind": "agree", "next": target})
        assert sent.location == f"{THREAD}#c-{comment.id}"

    def test_a_visitor_sees_counts_and_no_button(self, browse, people, write) -> None:
        comment = write(people.citizen())
        react(people.citizen(), comment, Reaction.AGREE)
        page = browse().get(THREAD)
        assert not page.find_all("button")
        assert "D’accord · 1" in page.find(".comment .acts").get_text()

    def test_ones_own_comment_has_no_button_and_no_report(self, browse, people, write) -> None:
        author = people.citizen()
        write(author)
        acts = browse(author).get(THREAD).find(".comment .acts")
        assert not acts.select("button")
        ways = [str(link["href"]).rstrip("/").rpartition("/")[2] for link in acts.select("a")]
        assert ways == ["reply", "follow", "edit", "withdraw"]

    @pytest.mark.parametrize("kind", ["love", "agrees", "AGREE", "1"])
    def test_a_reaction_that_does_not_exist_is_refused(self, browse, people, write, kind: str) -> None:
        comment = write(people.citizen())
        browse(people.citizen()).post(f"/consultations/test/comments/{comment.id}/react/", {"kind": kind}, status=422)
        assert count(CommentReaction) == 0

    def test_a_visitor_who_sends_a_reaction_is_led_to_sign_in(self, browse, people, write) -> None:
        sent = browse().post(f"/consultations/test/comments/{write(people.citizen()).id}/react/", {"kind": "agree"})
        assert sent.location.startswith("/account/sign-in")


class TestPermalinks:
    def test_a_comment_is_found_on_whatever_page_it_stands(self, browse, people, write) -> None:
        author = people.citizen()
        comments = [write(author, f"Argument {place}.").id for place in range(45)]
        visitor = browse()
        for comment_id in comments[::9]:
            found = visitor.get(f"/consultations/test/comments/{comment_id}/", status=302)
            assert found.location.endswith(f"#c-{comment_id}")
            assert visitor.get(found.location).find(f"#c-{comment_id}")

    @pytest.mark.parametrize("order", ["shared", "newest", "oldest", "discussed", "divided"])
    def test_a_comment_is_found_in_any_order_asked_for(self, browse, people, write, order: str) -> None:
        author, reader = people.citizen(), people.citizen()
        comments = [write(author, f"Argument {place}.") for place in range(32)]
        for comment in comments[::3]:
            react(reader, comment, Reaction.AGREE)
        visitor = browse()
        for comment in comments[::5]:
            found = visitor.get(f"/consultations/test/comments/{comment.id}/?order={order}", status=302)
            page = visitor.get(found.location)
            assert page.find(f"#c-{comment.id}")
        visitor.get(f"/consultations/test/comments/{comments[0].id}/?order=best", status=404)

    def test_a_late_reply_is_found_among_all_replies(self, browse, people, write) -> None:
        root, author = write(people.citizen()), people.citizen()
        replies = [write(author, f"Réponse {place}.", parent=root).id for place in range(30)]
        visitor = browse()
        for reply_id in replies[::4]:
            page = visitor.follow(visitor.get(f"/consultations/test/comments/{reply_id}/", status=302))
            assert page.find(f"#c-{reply_id}")

    def test_a_permalink_keeps_its_language(self, browse, people, write) -> None:
        comment = write(people.citizen())
        found = browse(language="en").get(f"/consultations/test/comments/{comment.id}/", status=302)
        assert found.location == f"/en{THREAD}#c-{comment.id}"

    @pytest.mark.parametrize("comment_id", ["000000000000", "x", "%00", "%0d%0aX"])
    def test_an_unknown_comment_is_not_found(self, browse, open_consultation, comment_id: str) -> None:
        for act in ("", "replies/"):
            browse().get(f"/consultations/test/comments/{comment_id}/{act}", status=404)

    def test_a_comment_is_not_found_under_another_consultation(self, browse, people, write) -> None:
        browse().get(f"/consultations/other/comments/{write(people.citizen()).id}/", status=404)


class TestPlaceholders:
    def test_a_withheld_comment_leaves_its_day_its_ground_and_its_replies(self, browse, people, write) -> None:
        root = write(people.citizen(), "Un texte suspendu.", sources=[Source("Avis", "https://example.org/")])
        write(people.physician(), "Une réponse qui reste.", parent=root)
        with clock.standing_at(clock.now() + timedelta(hours=1)):
            withhold_comment(root, "decision0001", "advertising")
        page = browse(people.citizen()).get(THREAD)
        place = page.find(f"#c-{root.id}")
        words = place.select_one("p").get_text()
        assert words.startswith("Publication suspendue par la modération le ")
        assert "motif" in words
        assert "Une réponse qui reste." in place.get_text()
        assert "comment--withheld" in place["class"]
        for gone in ("Un texte suspendu.", "Sauge", "Avis", "example.org"):
            assert gone not in place.get_text()
        assert page.find("#comments").get_text() == "1 contribution"

    def test_the_author_of_a_withheld_comment_sees_what_everyone_sees(self, browse, people, write) -> None:
        author = people.citizen()
        withhold_comment(write(author, "Un texte suspendu."), "decision0001", "insult")
        assert "Un texte suspendu." not in browse(author).get(THREAD).html

    def test_whom_a_reply_answers_is_not_named_once_that_is_withheld(self, browse, people, write) -> None:
        root = write(people.citizen())
        reply = write(people.citizen(), parent=root)
        write(people.citizen(), parent=reply)
        withhold_comment(reply, "decision0001", "insult")
        assert "Romarin" not in browse().get(THREAD).html

    def test_a_withheld_comment_with_many_replies_has_its_page_of_replies(self, browse, people, write) -> None:
        root, author = write(people.citizen(), "Un texte suspendu."), people.citizen()
        for place in range(4):
            write(author, f"Réponse {place}.", parent=root)
        withhold_comment(root, "decision0001", "insult")
        page = browse().get(f"/consultations/test/comments/{root.id}/replies/")
        assert page.find("h1").get_text() == "Réponses à une contribution"
        assert "Un texte suspendu." not in page.html

    def test_a_withheld_comment_can_be_neither_answered_nor_withdrawn(self, browse, people, write) -> None:
        author = people.citizen()
        comment = write(author)
        withhold_comment(comment, "decision0001", "insult")
        browse(people.citizen()).get(f"/consultations/test/comments/{comment.id}/reply/", status=409)
        browse(author).get(f"/consultations/test/comments/{comment.id}/withdraw/", status=409)

    def test_an_author_withdraws_after_a_question(self, browse, people, write) -> None:
        author = people.citizen()
        comment = write(author, "Un texte retiré.")
        client = browse(author)
        path = str(client.get(THREAD).find("a[href$='/withdraw/']")["href"])
        question = client.get(path)
        assert "Un texte retiré." in question.text
        assert only_comment().is_public
        shown = client.follow(client.follow(client.submit(question, path=path), status=302))
        assert shown.find(f"#c-{comment.id}").get_text(strip=True) == "Contribution retirée par son auteur."
        assert "Un texte retiré." not in shown.html

    def test_nobody_else_withdraws_a_comment(self, browse, people, write, open_consultation) -> None:
        path = f"/consultations/test/comments/{write(people.citizen()).id}/withdraw/"
        for other in (people.citizen(), people.moderator(open_consultation)):
            browse(other).get(path, status=403)
            browse(other).post(path, status=403)
        assert browse().get(path, status=303).location.startswith("/account/sign-in")
        assert only_comment().is_public

    def test_a_withdrawn_comment_is_shown_in_english_too(self, browse, people, write) -> None:
        author = people.citizen()
        withdraw_comment(author, write(author))
        assert "Comment withdrawn by its author." in browse(language="en").get(THREAD).text
