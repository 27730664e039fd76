"""Staff accounts and roles, from the terminal."""

import json

import pytest

from consultation.features.accounts.models import MODERATOR, ORGANISER
from consultation.features.accounts.queries import account_by_address
from consultation.infrastructure.database import db


@pytest.fixture
def stored(operator):
    """What is stored of an account: confirmed, disabled, and its roles in the draft."""

    def read(address: str) -> tuple[bool, bool, set[str]]:
        with operator.application().app_context():
            account = account_by_address(address)
            found = account.is_confirmed, account.is_disabled, {grant.role for grant in account.grants}
            db.engine.dispose()
        return found

    return read


def test_an_account_is_made_confirmed_under_its_tidied_address(operator, stored):
    made = operator.types("users create Anne@Example.ORG")
    assert made.stdout.startswith("Account made for anne@example.org;")
    assert stored("anne@example.org") == (True, False, set())


def test_an_address_has_one_account(operator):
    operator.types("users create anne@example.org")
    refused = operator.types("users create ANNE@example.org", 1)
    assert refused.stderr == "consultation: An account has the address “anne@example.org” already.\n"


@pytest.mark.parametrize(
    "address", ["anne", "anne@localhost", "a@example.org,b@example.org", "é@example.org", "a" * 250 + "@example.org"]
)
def test_what_is_no_address_makes_no_account(operator, address):
    assert "This is not an e-mail address" in operator.types(f"users create {address}", 1).stderr


@pytest.mark.parametrize("role", [MODERATOR, ORGANISER])
def test_a_role_is_given_twice_without_harm_and_taken_away(operator, draft, stored, role):
    operator.types("users create anne@example.org")
    for _turn in range(2):
        given = operator.types(f"users grant anne@example.org {role} {draft}")
        assert given.stdout == f"anne@example.org now has the role “{role}” in “{draft}”.\n"
    assert stored("anne@example.org")[2] == {role}
    taken = operator.types(f"users revoke anne@example.org {role} {draft}")
    assert taken.stdout == f"anne@example.org no longer has the role “{role}” in “{draft}”.\n"
    assert stored("anne@example.org")[2] == set()


def test_a_disabled_account_acts_no_longer(operator, stored):
    operator.types("users create anne@example.org")
    assert "can no longer act" in operator.types("users disable anne@example.org").stdout
    assert stored("anne@example.org")[1]


@pytest.mark.parametrize("command", ["grant {} moderator essai", "revoke {} moderator essai", "disable {}"])
def test_an_address_without_account_is_named_in_the_refusal(operator, draft, command):
    refused = operator.types(f"users {command.format('nobody@example.org')}", 1)
    assert refused.stderr == "consultation: No account has the address “nobody@example.org”.\n"


def test_what_was_done_can_be_read_by_a_program(operator, draft):
    operator.types("users create anne@example.org")
    given = operator.types(f"users grant anne@example.org moderator {draft} --json")
    assert json.loads(given.stdout) == {
        "address": "anne@example.org",
        "role": "moderator",
        "slug": draft,
        "granted": True,
    }


def test_an_account_is_erased_and_its_address_unknown(operator):
    operator.types("users create anne@example.org")
    erased = operator.types("users erase anne@example.org --comments")
    assert erased.stdout.startswith("The account is erased;")
    assert "anne@example.org" not in erased.stdout
    assert "No account has the address" in operator.types("users erase anne@example.org", 1).stderr


def test_the_last_organiser_is_not_erased(operator, draft):
    operator.types("users create anne@example.org")
    operator.types(f"users grant anne@example.org organiser {draft}")
    assert "the last organiser" in operator.types("users erase anne@example.org", 1).stderr
