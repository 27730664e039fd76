"""Opinion groups as JSON, with the numbers of people and comments as the file gives them."""

from __future__ import annotations

import json

from consultation.cli.opinions.found import Found


def as_json(found: Found) -> str:
    """Return what was found on one line."""
    grouping = found.grouping
    return json.dumps(
        {
            "participants": len(found.file.people),
            "comments": len(found.file.comments),
            "groups": {
                letter: [_number(person) for person in found.members(number)]
                for number, letter in enumerate(found.letters)
            },
            "silhouette": grouping.silhouette,
            "stability": found.stability,
            "components": grouping.axes.components.tolist(),
            "center": grouping.axes.center.tolist(),
            "bringing_together": [
                {"comment": _number(found.file.comments[column]), "score": score}
                for column, score in found.bringing_together()
            ],
        },
        ensure_ascii=False,
    )


def _number(name: str) -> int | str:
    return int(name) if name.isascii() and name.isdigit() else name
