"""The demonstration, made through the services as people would, in steps that can be resumed after an interruption."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import yaml
from rich.console import Console

from consultation.demonstration.accounts import ADDRESSES, create_accounts
from consultation.demonstration.answers import Desk, answers_of
from consultation.demonstration.debate import Debate
from consultation.demonstration.leanings import react_by_leaning
from consultation.demonstration.participants import FOLDER, Participants, claim_only, invent, verify
from consultation.demonstration.rankings import invented_ranking
from consultation.domain.colleges import College
from consultation.domain.deliberation.paces import Pace
from consultation.domain.phases import Phase
from consultation.features.accounts import queries as accounts
from consultation.features.accounts import services as account_services
from consultation.features.accounts.models import MODERATOR, ORGANISER, Account
from consultation.features.ballots import services as ballots
from consultation.features.ballots.models import CONSENT_VERSION
from consultation.features.comments import services as comments
from consultation.features.consultations import services as consultations
from consultation.features.consultations.models import Consultation
from consultation.features.consultations.queries import consultation_by_slug, slug_is_taken
from consultation.features.notifications.services import follow
from consultation.features.opinions.queries import is_drawn
from consultation.features.opinions.services import publish_opinions
from consultation.features.recommendations.queries import recommendation_by_number, recommendations_of
from consultation.features.recommendations.services import import_recommendations
from consultation.features.results import services as results
from consultation.infrastructure import clock
from consultation.infrastructure.database import session

SEED = 20180125
OPEN, CLOSED = "ia-sante-2018", "demonstration-close"
CLOSING_TIME = time(18, 0)
FOLLOWED = 24
NAMES = {"citizen": "Sauge", "physician": "Romarin"}


@dataclass(frozen=True)
class Scale:
    """How many people rank in each college of a consultation."""

    citizens: int
    physicians: int


OPEN_SCALE = Scale(citizens=200, physicians=60)
PENDING_PHYSICIANS = 3
CLOSED_SCALE = Scale(citizens=520, physicians=110)


def load_once() -> None:
    """Load what is not loaded yet: the open consultation, the closed one, its ceremony, its publication."""
    console = Console(stderr=True)
    if not slug_is_taken(OPEN):
        with console.status("Loading the open consultation…"):
            _load_open()
            session.commit()
    if not slug_is_taken(CLOSED):
        with console.status("Loading the closed consultation…"):
            _load_closed()
            session.commit()
    with console.status("Closing and publishing it by the real ceremony…"):
        _conclude(consultation_by_slug(CLOSED))


def _load_open() -> None:
    content = yaml.safe_load((FOLDER / "cnom-2018.yaml").read_text(encoding="utf-8"))
    random, now = Random(SEED), clock.now()
    consultation = _draft(content, opens_at=now - timedelta(days=12), closes_at=_closing_day(now, 24))
    import_recommendations(consultation, content["recommendations"])
    cast = create_accounts()
    team = _team(consultation, cast)
    with clock.standing_at(now - timedelta(days=12)):
        verify(cast["physician"], team)
        people = invent(random, OPEN_SCALE.citizens, OPEN_SCALE.physicians, team)
        claim_only(PENDING_PHYSICIANS, team[1])
        _open(consultation)
        for role, name in NAMES.items():
            comments.choose_name(cast[role], consultation, name)
            people.names.remove(name)
        follow(cast["citizen"], consultation, Pace.DAILY)
        follow(cast["citizen"], recommendation_by_number(consultation, FOLLOWED), Pace.PRODUCT)
        follow(cast["physician"], consultation, Pace.WEEKLY)
    threads = {
        int(path.stem): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((FOLDER / "comments").glob("*.yaml"))
    }
    _debate(random, consultation, people, cast["moderator"], threads, now)
    _rank(random, consultation, people, now - timedelta(days=11), now)
    _promise_and_reply(consultation, now)


def _load_closed() -> None:
    content = yaml.safe_load((FOLDER / "close.yaml").read_text(encoding="utf-8"))
    texts = yaml.safe_load((FOLDER / "cnom-2018.yaml").read_text(encoding="utf-8"))
    random, now = Random(SEED + 1), clock.now()
    consultation = _draft(
        {**content, "source": texts["source"]},
        opens_at=now - timedelta(days=45),
        closes_at=now - timedelta(days=5),
    )
    import_recommendations(consultation, texts["recommendations"])
    cast = {role: _named(role) for role in ("citizen", "physician", "moderator", "organiser")}
    team = _team(consultation, cast)
    with clock.standing_at(now - timedelta(days=45)):
        people = invent(random, CLOSED_SCALE.citizens, CLOSED_SCALE.physicians, team)
        _open(consultation)
        for role in NAMES:
            follow(cast[role], consultation, Pace.RESULTS)
    debate = _debate(random, consultation, people, cast["moderator"], content["comments"], now - timedelta(days=6))
    with clock.standing_at(now - timedelta(days=6)):
        pools = {College.CITIZENS: people.citizens, College.PHYSICIANS: people.physicians}
        react_by_leaning(Random(SEED), pools, debate.shared, [cast["citizen"], cast["physician"]])
    _rank(random, consultation, people, now - timedelta(days=44), now - timedelta(days=6))
    with clock.standing_at(now - timedelta(days=6)):
        Desk(cast["organiser"], consultation).promise(answers_of("closed")["promise"])


def _draft(content: Mapping[str, Any], opens_at: datetime, closes_at: datetime) -> Consultation:
    return consultations.create_consultation(
        None,
        slug=content["slug"],
        title=content["title"],
        organiser_name=content["organiser"],
        summary=content["summary"],
        source_title=content["source"]["title"],
        opens_at=opens_at,
        closes_at=closes_at,
        results_on=closes_at.astimezone(clock.PARIS).date() + timedelta(days=5),
        is_demonstration=True,
    )


def _closing_day(now: datetime, days: int) -> datetime:
    """Six in the evening, Paris time, so many days from now."""
    day = now.astimezone(clock.PARIS).date() + timedelta(days=days)
    return datetime.combine(day, CLOSING_TIME, tzinfo=clock.PARIS)


def _team(consultation: Consultation, cast: Mapping[str, Account]) -> list[Account]:
    """The moderator and the organiser of the demonstration, and an invented second moderator."""
    colleague = account_services.create_synthetic_participant()
    account_services.grant_role(cast["moderator"], consultation.id, MODERATOR)
    account_services.grant_role(colleague, consultation.id, MODERATOR)
    account_services.grant_role(cast["organiser"], consultation.id, ORGANISER)
    return [cast["moderator"], cast["organiser"]]


def _open(consultation: Consultation) -> None:
    ballots.publish_plan(None, consultation)
    consultations.open_consultation(
        None,
        consultation,
        recommendation_count=len(recommendations_of(consultation.id)),
        moderator_count=len(accounts.holders_of(MODERATOR, consultation.id)),
    )


def _debate(
    random: Random,
    consultation: Consultation,
    people: Participants,
    moderator: Account,
    threads: Mapping[int, Sequence[Mapping[str, Any]]],
    ends: datetime,
) -> Debate:
    debate = Debate(random, consultation, people, moderator, ends - timedelta(days=11), ends)
    for recommendation in recommendations_of(consultation.id):
        debate.hold(recommendation, threads.get(recommendation.number, ()))
    return debate


def _rank(random: Random, consultation: Consultation, people: Participants, began: datetime, ended: datetime) -> None:
    """Let everybody cast a ballot on one of the days from the opening on, and end each day with its line."""
    numbers = [recommendation.number for recommendation in recommendations_of(consultation.id)]
    days = (ended - began).days
    voters = random.sample(people.everybody(), k=len(people.everybody()))
    for day in range(days):
        with clock.standing_at(began + timedelta(days=day)):
            for voter in voters[_share(day, days, len(voters)) : _share(day + 1, days, len(voters))]:
                order = invented_ranking(random, College(voter.college), numbers)
                ballots.cast_ballot(voter, consultation, order, consent=CONSENT_VERSION)
            ballots.add_day_line(consultation)


def _share(day: int, days: int, voters: int) -> int:
    """How many have cast their ballot before this day: many in the first days, fewer later."""
    return voters - voters * (days - day) ** 2 // days**2


def _conclude(consultation: Consultation) -> None:
    """Close by the ceremony and publish, from wherever an interruption left them."""
    if consultation.phase in (Phase.OPEN, Phase.CLOSING):
        with clock.standing_at(consultation.closes_at):
            ballots.close(consultation)
    if consultation.phase == Phase.CLOSED:
        with clock.standing_at(consultation.closes_at + timedelta(days=4)):
            results.publish(None, consultation)
        session.commit()
    if not is_drawn(consultation.id):
        with clock.standing_at(consultation.published_at or clock.now()):
            publish_opinions(consultation.id)
    if consultation.report_published_on is None:
        _answer(consultation)
        session.commit()


def _promise_and_reply(consultation: Consultation, now: datetime) -> None:
    """Let the organiser of the open consultation promise a day, and answer some comments meanwhile."""
    desk, answers = Desk(_named("organiser"), consultation), answers_of("open")
    with clock.standing_at(now - timedelta(days=12)):
        desk.promise(answers["promise"])
    desk.reply(answers["replies"], now)


def _answer(consultation: Consultation) -> None:
    """Let the organiser of the closed consultation say what becomes of each recommendation, and report."""
    desk, answers = Desk(_named("organiser"), consultation), answers_of("closed")
    with clock.standing_at(consultation.closes_at + timedelta(days=4)):
        desk.decide(answers["outcomes"])
    desk.change_outcomes(answers["outcomes"])
    desk.report(answers["report"])


def _named(role: str) -> Account:
    account = accounts.account_by_address(ADDRESSES[role])
    if account is None:
        raise LookupError(f"the demonstration has lost its account « {role} »")
    return account
