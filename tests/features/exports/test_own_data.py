"""A copy of one's own data: all of it, nobody else's, neither secrets nor a ballot."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from consultation.domain.deliberation.alignment import Alignment
from consultation.domain.deliberation.reactions import Reaction
from consultation.domain.deliberation.texts import Source
from consultation.domain.moderation.grounds import Ground
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.features.ballots.models import CONSENT_VERSION
from consultation.features.ballots.services import cast_ballot
from consultation.features.colleges.services import claim_physician
from consultation.features.comments.services import choose_name, post_comment, react
from consultation.features.consultations.models import Consultation
from consultation.features.exports.queries import KEPT
from consultation.features.moderation.services import give_notice
from consultation.features.recommendations.queries import recommendation_by_number
from consultation.infrastructure.database import Model, session
from pages import PageClient

Browse = Callable[..., PageClient]
PATH = "/account/data.json"


@pytest.fixture
def person(people: Any, open_consultation: Consultation) -> Account:
    """Somebody who has done all that a participant can, beside somebody else."""
    made = {}
    for name, body in (("Sauge", "Un argument."), ("Romarin", "Une autre voix.")):
        account = people.citizen()
        claim_physician(account)
        choose_name(account, open_consultation, name)
        sources = [Source("Une page", "https://example.org/page")]
        recommendation = recommendation_by_number(open_consultation, 1)
        made[account] = post_comment(account, recommendation, Alignment.FOR, body, sources, f"of {name}")
    (mine, my_comment), (_other, comment) = made.items()
    react(mine, comment, Reaction.AGREE)
    give_notice(mine, comment, Ground.OFF_TOPIC, "Cela ne répond pas à la question.", "a notice")
    cast_ballot(mine, open_consultation, WeakOrder.from_tiers([[3], [1, 7]]), CONSENT_VERSION, "une phrase témoin")
    accounts.set_passphrase_hash(mine, "a hash")
    session.commit()
    assert my_comment.id != comment.id
    return mine


def test_the_file_holds_all_that_is_ones_own_and_nothing_of_others(browse: Browse, person: Account) -> None:
    page = browse(person).get(PATH)
    assert "data.json" in page.headers["Content-Disposition"]
    assert page.headers["Cache-Control"] == "no-store"
    data = json.loads(page.html)
    assert data["account"][0]["address"] == person.address
    assert [one["body"] for one in data["comments"]] == ["Un argument."]
    assert data["comments"][0]["consultation"] == "test"
    assert data["names"] == [{"consultation": "test", "name": "Sauge"}]
    assert data["reactions"][0]["kind"] == "agree"
    assert data["physician_claims"][0]["state"] == "pending"
    assert data["notices"][0]["ground"] == "off_topic"
    assert data["sources"][0]["url"] == "https://example.org/page"
    assert len(data["sign_ins"]) == 1
    assert "Une autre voix." not in page.html
    assert "Romarin" not in page.html


def test_the_file_holds_neither_secrets_nor_a_ranking(browse: Browse, person: Account) -> None:
    text = browse(person).get(PATH).html
    for hidden in ("a hash", "token", "ranking", "une phrase témoin", "[3]"):
        assert hidden not in text


def test_a_visitor_is_asked_to_sign_in(browse: Browse, open_consultation: Consultation) -> None:
    assert "sign-in" in browse().get(PATH, 303).location


def test_every_column_that_names_an_account_is_told(context: None) -> None:
    naming = {
        f"{table.name}.{column.name}"
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "account.id" for key in column.foreign_keys)
    }
    told = {f"{kept.person.class_.__tablename__}.{kept.person.key}" for kept in KEPT.values()}
    assert naming <= told
