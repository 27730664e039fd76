"""Settings, read once from the environment; every missing or unsafe variable is named, then the program stops."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

PREFIX = "CONSULTATION_"
ENVIRONMENTS = ("demo", "production")
PACKAGE = Path(__file__).parent
# An installed wheel carries templates, static files and migrations inside the package; a checkout beside it.
ROOT = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent


class SettingsError(Exception):
    """The environment does not allow a start; the message names each variable and what is wrong with it."""


@dataclass(frozen=True)
class Settings:
    """What the environment decides; addresses and secrets never reach a log."""

    environment: str
    secret_key: str
    database_url: str
    key_directory: Path
    public_url: str
    mail_url: str = ""
    redis_url: str = ""
    trusted_proxies: int = 0
    legal_notice: str = ""
    testing: bool = False

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration, with synthetic participants and mails shown on a page."""
        return self.environment == "demo"

    @property
    def host(self) -> str:
        """The name that the public reaches the platform by."""
        return urlsplit(self.public_url).hostname or "localhost"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Settings from CONSULTATION_* variables; SettingsError lists all that is wrong at once."""
        values = {name.removeprefix(PREFIX): value for name, value in environ.items() if name.startswith(PREFIX)}
        problems = list(_problems(values))
        if problems:
            raise SettingsError("; ".join(problems))
        return cls(
            environment=values["ENVIRONMENT"],
            secret_key=values["SECRET_KEY"],
            database_url=values.get("DATABASE_URL", f"sqlite:///{Path('instance/consultation.sqlite').absolute()}"),
            key_directory=Path(values.get("KEY_DIRECTORY", "instance/keys")).absolute(),
            public_url=values.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
            mail_url=values.get("MAIL_URL", ""),
            redis_url=values.get("REDIS_URL", ""),
            trusted_proxies=int(values.get("TRUSTED_PROXIES", "0")),
            legal_notice=_legal_notice(values),
        )


def _legal_notice(values: Mapping[str, str]) -> str:
    """The publisher's words, a paragraph to each block of lines; empty when there is no such file."""
    path = Path(values.get("LEGAL_NOTICE", ""))
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _is_address(url: str) -> bool:
    """Whether the parts of a URL can be told apart; what is wrong with it is not said: it may hold a password."""
    try:
        _ = urlsplit(url).port
    except ValueError:
        return False
    return not url or "://" in url


def _problems(values: Mapping[str, str]) -> list[str]:
    environment = values.get("ENVIRONMENT", "")
    found = []
    if environment not in ENVIRONMENTS:
        found.append(f"{PREFIX}ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}")
    if len(values.get("SECRET_KEY", "")) < 32:
        found.append(f"{PREFIX}SECRET_KEY must hold at least 32 characters")
    if not values.get("TRUSTED_PROXIES", "0").isdecimal():
        found.append(f"{PREFIX}TRUSTED_PROXIES must be a number of proxies")
    if not _is_address(values.get("DATABASE_URL", "")):
        found.append(f"{PREFIX}DATABASE_URL is not the address of a database")
    if environment == "production":
        found += [
            f"{PREFIX}{name} is missing"
            for name in ("PUBLIC_URL", "DATABASE_URL", "KEY_DIRECTORY", "MAIL_URL")
            if not values.get(name)
        ]
        if not _legal_notice(values):
            found.append(f"{PREFIX}LEGAL_NOTICE must name a text file in which the publisher says who it is")
        if not values.get("PUBLIC_URL", "https://").startswith("https://"):
            found.append(f"{PREFIX}PUBLIC_URL must start with https://")
    return found
