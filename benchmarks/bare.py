"""The bound that pages are measured by: bare Flask, SQLAlchemy Core reading 20 comments from SQLite, 20 KB of HTML.

It has no session, no account, no language, no log, no header of its own, and nothing beside its comments.
"""

from pathlib import Path

import sqlalchemy as sa
from flask import Flask, Response, render_template, request

COMMENTS = 20
BYTES = 20_000
PAGE = """<!doctype html><html lang="fr"><head><title>Comments</title></head><body><ol>
{% for comment in comments %}
  <li id="c-{{ comment.id }}" class="{{ comment.alignment }}">
    <header><b>{{ comment.name }}</b> <span>{{ comment.college }}</span></header>
    <p><a href="/{{ comment.id }}/">{{ comment.day }}</a></p>
    <div>{{ comment.html|safe }}</div>
    <p><span>{{ comment.agrees }}</span> <span>{{ comment.disagrees }}</span></p>
    <p><a href="/{{ comment.id }}/reply/">Reply</a></p>
  </li>
{% endfor %}
</ol></body></html>"""

METADATA = sa.MetaData()
TABLE = sa.Table(
    "bare_comment",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    *(sa.Column(name, sa.Text) for name in ("name", "college", "alignment", "day", "html")),
    *(sa.Column(name, sa.Integer) for name in ("agrees", "disagrees")),
)
FIRST = sa.select(TABLE).order_by(TABLE.c.id.desc()).limit(COMMENTS)


def bare_app(folder: Path) -> Flask:
    """A Flask application with that page at `/`, and at `/post` a form that inserts a comment and redirects."""
    engine = sa.create_engine(f"sqlite:///{folder}/bare.sqlite")
    METADATA.create_all(engine)
    with engine.begin() as connection:
        connection.execute(TABLE.insert(), [_line(number) for number in range(COMMENTS * 2)])
    app = Flask("bare")
    page = app.jinja_env.from_string(PAGE)

    @app.get("/")
    def show() -> str:
        with engine.connect() as connection:
            return render_template(page, comments=connection.execute(FIRST).all())

    @app.post("/post")
    def post() -> Response:
        with engine.begin() as connection:
            connection.execute(TABLE.insert().values(html=request.form["body"]))
        return Response(status=303, headers={"Location": "/"})

    return app


def _line(number: int) -> dict[str, object]:
    html = f"<p>{'Un argument avec ses raisons. ' * (BYTES // COMMENTS // 30 - 8)}</p>"
    return {
        "id": number,
        "name": f"Nom {number}",
        "college": "Collège citoyen",
        "alignment": "for",
        "day": "12 mars 2018",
        "html": html,
        "agrees": number,
        "disagrees": 2,
    }
