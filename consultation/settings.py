"""Settings, read once from the environment; every missing or unsafe variable is named, then the program stops."""

import os
import re
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
    key_directory: str | os.PathLike[str]
    public_url: str
    key_service: str = ""
    key_service_token: str = ""
    audit_directory: Path = Path("instance/audit")
    database_replica_url: str = ""
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
    def key_directories(self) -> tuple[Path, ...]:
        """The directories that hold the same keys; they are written in one variable as PATH is."""
        return tuple(Path(one).absolute() for one in os.fspath(self.key_directory).split(os.pathsep))

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
            key_directory=values.get("KEY_DIRECTORY") or "instance/keys",
            public_url=values.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
            key_service=values.get("KEY_SERVICE", ""),
            key_service_token=values.get("KEY_SERVICE_TOKEN", ""),
            audit_directory=Path(values.get("AUDIT_DIRECTORY") or "instance/audit").absolute(),
            database_replica_url=values.get("DATABASE_REPLICA_URL", ""),
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


def is_key_service_token(token: str) -> bool:
    """Whether a token is long enough not to be guessed, and of characters that a header carries."""
    return re.fullmatch(r"[!-~]{32,}", token) is not None


def _is_service(url: str) -> bool:
    """Whether a URL names a server and perhaps a path, and nothing else."""
    if not _is_address(url):
        return False
    parts = urlsplit(url)
    is_bare = "@" not in parts.netloc and not parts.query and not parts.fragment
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_bare


def _key_problems(values: Mapping[str, str]) -> list[str]:
    """What is wrong with the place of the keys; that there is none is for production alone to refuse."""
    directories, service = values.get("KEY_DIRECTORY", ""), values.get("KEY_SERVICE", "")
    found = []
    if directories and service:
        found.append(f"{PREFIX}KEY_DIRECTORY and {PREFIX}KEY_SERVICE exclude each other")
    places = [os.path.realpath(one) for one in directories.split(os.pathsep) if one]
    if directories and len(set(places)) != directories.count(os.pathsep) + 1:
        found.append(f"{PREFIX}KEY_DIRECTORY must name each directory once, with {os.pathsep!r} between two")
    if service and not _is_service(service):
        found.append(f"{PREFIX}KEY_SERVICE is not the address of a key service, http://… or https://…")
    if service and not is_key_service_token(values.get("KEY_SERVICE_TOKEN", "")):
        found.append(f"{PREFIX}KEY_SERVICE_TOKEN must hold at least 32 characters of ASCII, and no space")
    return found


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
    if not _is_address(values.get("DATABASE_REPLICA_URL", "")):
        found.append(f"{PREFIX}DATABASE_REPLICA_URL is not the address of a database")
    found += _key_problems(values)
    if environment == "production":
        found += [
            f"{PREFIX}{name} is missing" for name in ("PUBLIC_URL", "DATABASE_URL", "MAIL_URL") if not values.get(name)
        ]
        if not values.get("KEY_DIRECTORY") and not values.get("KEY_SERVICE"):
            found.append(f"{PREFIX}KEY_DIRECTORY or {PREFIX}KEY_SERVICE is missing")
        if not _legal_notice(values):
            found.append(f"{PREFIX}LEGAL_NOTICE must name a text file in which the publisher says who it is")
        if not values.get("PUBLIC_URL", "https://").startswith("https://"):
            found.append(f"{PREFIX}PUBLIC_URL must start with https://")
    return found
