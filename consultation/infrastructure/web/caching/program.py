"""The version of the program, as far as pages can tell."""

from functools import lru_cache
from hashlib import blake2b

from consultation.settings import PACKAGE, ROOT

FOLDERS = (PACKAGE, ROOT / "templates", ROOT / "static")
# Written from the others by whoever runs or edits them: what they hold is in the digest already, or in no page.
_DERIVED = (".pyc", ".po", ".pot")


@lru_cache(maxsize=1)
def program() -> str:
    """A digest of all that makes a page of what the database says: two versions of the program share no page."""
    digest = blake2b(digest_size=12)
    for folder in FOLDERS:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in _DERIVED):
            digest.update(path.read_bytes())
    return digest.hexdigest()
