"""The main job, end to end, through pages alone: from registration to what can be taken away."""

import csv
import io
import json
import re
from collections.abc import Callable

import pytest

from consultation.features.consultations.models import Consultation
from consultation.infrastructure import jobs
from consultation.infrastructure.database import session
from consultation.infrastructure.mail import shelf
from pages import PageClient

PASSPHRASE = "une phrase assez longue pour tenir"
THREAD = "/consultations/test/recommendations/3/"


def register(client: PageClient, address: str, standing: str = "citizen") -> None:
    """Register, read the mail, press its button, sign in."""
    fields = {
        "address": address,
        "passphrase": PASSPHRASE,
        "standing": standing,
        "is_of_age": "y",
        "accepts_charter": "y",
    }
    client.submit(client.get("/account/register"), fields=fields, path="/account/register")
    jobs.run_all()
    mail = next(mail for mail in shelf() if mail.recipient == address)
    link = re.search(r"/account/confirm/\S+", mail.body)
    assert link is not None
    client.submit(client.get(link.group()), path=link.group())
    sign_in = client.get("/account/sign-in")
    client.submit(sign_in, fields={"address": address, "passphrase": PASSPHRASE}, path="/account/sign-in")


def comment(client: PageClient, name: str, alignment: str, text: str) -> str:
    """Publish a comment and say its identifier."""
    fields = {"alignment": alignment, "body": text, "display_name": name}
    answer = client.submit(client.get(THREAD), form="main form.panel, main .panel form", fields=fields, path=THREAD)
    moved = client.follow(answer, status=302)
    assert text in client.follow(moved).text
    return moved.location.rpartition("#c-")[2]


def rank(client: PageClient, first: int, second: int) -> None:
    """Rank two recommendations, review, cast."""
    fields = {f"rank-{first}": "1", f"rank-{second}": "2"}
    paper = client.get("/consultations/test/ballot/")
    review = client.follow(client.submit(paper, form="#ballot", fields=fields, button=("action", "review")))
    receipt = client.follow(client.submit(review, fields={"consent": "y"}))
    assert f"Titre de la recommandation {first}" in receipt.text


def test_from_registration_to_export(
    open_consultation: Consultation,
    browse: Callable[..., PageClient],
    people,
    capsys: pytest.CaptureFixture[str],
) -> None:
    moderator = browse(people.moderator(open_consultation))
    organiser = browse(people.organiser(open_consultation))
    citizen, physician = browse(), browse()
    register(citizen, "citizen@example.org")
    register(physician, "physician@example.org", "physician")

    # Two people of the team see a proof: the physician is of the physicians' college from then on.
    for member in (moderator, organiser):
        claims = member.get("/organise/physicians/")
        claim = str(claims.find('main a[href*="/organise/physicians/"]')["href"])
        member.submit(member.get(claim), form='form[action$="/attest"]', fields={"proof": "professional_card"})
    assert "vérifié" in physician.get("/account/").text

    comment(citizen, "Sauge", "for", "Un argument de citoyenne.")
    withheld = comment(physician, "Romarin", "against", "Une attaque contre une personne.")
    rank(citizen, 3, 1)
    rank(physician, 7, 3)

    # A visitor reports a comment; a moderator withholds it, with reasons that the author can read.
    visitor = browse()
    report = f"/moderation/notices/new?comment={withheld}"
    fields = {"ground": "insult", "explanation": "Cela attaque une personne et non un argument."}
    assert visitor.submit(visitor.get(report), fields=fields, path=report).location
    queue = moderator.get("/moderation/test/")
    decision = {
        "outcome": "withhold",
        "ground": "insult",
        "facts": "« contre une personne », dans la première phrase",
        "statement": "Dites ce que vous pensez de l’argument, sans viser qui l’a écrit.",
    }
    moderator.submit(queue, form='form[action$="/decide/"]', fields=decision)
    page = visitor.get(THREAD)
    assert "Une attaque" not in page.text
    assert "Un argument de citoyenne." in page.text
    jobs.run_all()
    assert any("sans viser qui l’a écrit" in mail.body for mail in shelf() if mail.recipient == "physician@example.org")

    # The organiser closes and publishes; nobody sees a result before.
    visitor.get("/consultations/test/results/", status=409)
    organiser.submit(organiser.get("/organise/test/close/"))
    jobs.run_all()
    session.commit()
    citizen.get("/consultations/test/ballot/", status=409)
    organiser.submit(organiser.get("/organise/test/"), form='form[action$="/publish/"]')
    results = visitor.get("/consultations/test/results/")
    assert "trop peu" in results.text

    exported = visitor.get("/consultations/test/exports/results.json")
    release = json.loads(exported.html)
    assert release["colleges"]["citizens"] == {"ballots": 1, "reason": "too_few_ballots"}
    rows = list(csv.DictReader(io.StringIO(visitor.get("/consultations/test/exports/results.csv").html)))
    assert {row["college"] for row in rows} == {"citizens", "physicians"}

    # What the log kept of all this names nobody, and says nothing of ballots.
    logged = "".join(capsys.readouterr())
    assert '"endpoint": "comments.thread"' in logged
    for secret in ("example.org", PASSPHRASE, "/confirm/", '"ballots.', "rank-", "Sauge"):
        assert secret not in logged
