"""The four accounts of the demonstration; their passphrases are drawn at the first start."""

import json
import os
import secrets
from pathlib import Path

from flask import current_app

from consultation.features.accounts import services as accounts
from consultation.features.accounts.models import Account
from consultation.infrastructure import charter, passwords

ADDRESSES = {
    "citizen": "citoyen@demo.example",
    "physician": "medecin@demo.example",
    "moderator": "moderation@demo.example",
    "organiser": "organisation@demo.example",
}
_WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()


def draw_passphrases() -> dict[str, str]:
    """Four passphrases of four words, kept in a file that only its owner reads, and returned by role."""
    drawn = {role: "-".join(secrets.choice(_WORDS) for _ in range(4)) for role in ADDRESSES}
    path = _card_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(drawn, file)
    return drawn


def create_accounts() -> dict[str, Account]:
    """Make the four accounts, confirmed, with fresh passphrases."""
    made = {}
    for role, passphrase in draw_passphrases().items():
        made[role] = accounts.create_account(ADDRESSES[role], passwords.hash_of(passphrase), "fr")
        accounts.confirm_address(made[role])
        accounts.accept_charter(made[role], charter.in_force())
    return made


def card() -> str:
    """What the terminal shows: where to go, and with which accounts."""
    lines = [f"Demonstration (fictional participants): {current_app.config['PUBLIC_URL']}", ""]
    if not _card_path().exists():
        return lines[0]
    drawn = json.loads(_card_path().read_text(encoding="utf-8"))
    lines += [f"  {ADDRESSES[role]:<28} {passphrase}" for role, passphrase in drawn.items()]
    return "\n".join([*lines, "", f"  Mails: {current_app.config['PUBLIC_URL']}/demo/mails"])


def _card_path() -> Path:
    return Path(current_app.config["INSTANCE"]) / "demonstration-accounts.json"
