"""Casts one ballot per account, as one of several processes: arguments are URL, key directory, slug, accounts."""

import sys
import uuid
from pathlib import Path

from consultation.app import create_app
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.features.accounts.queries import account_by_id
from consultation.features.ballots.models import CONSENT_VERSION
from consultation.features.ballots.services import cast_ballot
from consultation.features.consultations.queries import consultation_by_slug
from consultation.infrastructure.database import session
from consultation.settings import Settings


def main(url: str, key_directory: str, slug: str, *account_ids: str) -> None:
    app = create_app(
        Settings(
            "demo", "a secret of the tests, long enough to be one", url, Path(key_directory), "http://127.0.0.1:8000"
        )
    )
    kept = 0
    for identifier in account_ids:
        with app.app_context():
            voter = account_by_id(uuid.UUID(identifier))
            cast_ballot(voter, consultation_by_slug(slug), WeakOrder.from_tiers([[3], [1, 7]]), CONSENT_VERSION)
            session.commit()
            kept += 1
    print(kept)


if __name__ == "__main__":
    main(*sys.argv[1:])
