"""The application, assembled: settings, extensions, features, and what follows from what."""

import os

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from consultation.features.accounts import views as accounts
from consultation.features.audit.jobs import seal_log
from consultation.features.authentication import views as authentication
from consultation.features.authentication.jobs import mail_reset_link, remind_to_confirm
from consultation.features.ballots import backoffice as ballots
from consultation.features.ballots.jobs import (
    add_line_of_day,
    forget_erased,
    let_openings_go,
    remove_papers,
    remove_physicians_ballot,
    run_ceremony,
)
from consultation.features.ballots.views.verify import verify_commitment, verify_receipt
from consultation.features.colleges import backoffice as colleges
from consultation.features.comments import backoffice as comments
from consultation.features.comments.jobs import let_overdue_go, release_held
from consultation.features.consultations import backoffice as consultations
from consultation.features.consultations.queries import holds_demonstration
from consultation.features.exports import views as exports
from consultation.features.moderation import backoffice as moderation
from consultation.features.notifications import views as notifications
from consultation.features.notifications.jobs import announce_closing, set_mails, spread_news, write_mails
from consultation.features.notifications.serializers.letters import following_letter
from consultation.features.notifications.services.mailing import WRITER
from consultation.features.notifications.views.unsubscribing import unsubscribe
from consultation.features.opinions import views as opinions
from consultation.features.opinions.jobs import cut_reactions, draw_opinions
from consultation.features.pages import views as pages
from consultation.features.recommendations import backoffice as recommendations
from consultation.features.reports import backoffice as reports
from consultation.features.results import backoffice as results
from consultation.features.results.jobs import deposit_release, publish_results
from consultation.features.search import views as search
from consultation.features.search.jobs import fill as fill_search_index
from consultation.infrastructure import database, deposit, events, jobs, keys, logs, mail
from consultation.infrastructure.database import db, session
from consultation.infrastructure.tokens import Signer
from consultation.infrastructure.web import (
    caching,
    errors,
    headers,
    language,
    limits,
    request_log,
    static_files,
    templating,
    unit_of_work,
)
from consultation.settings import PREFIX, ROOT, Settings, SettingsError
from consultation.wiring import HANDLERS

BLUEPRINTS = (
    accounts.blueprint,
    authentication.blueprint,
    ballots.blueprint,
    colleges.blueprint,
    comments.blueprint,
    consultations.blueprint,
    exports.blueprint,
    moderation.blueprint,
    notifications.blueprint,
    opinions.blueprint,
    pages.blueprint,
    recommendations.blueprint,
    reports.blueprint,
    results.blueprint,
    search.blueprint,
)
# Forms that change nothing and know nobody, or whose address is the proof: without a token they need no cookie.
UNFORGEABLE = (unsubscribe, verify_commitment, verify_receipt)
JOBS = (
    add_line_of_day,
    announce_closing,
    cut_reactions,
    deposit_release,
    draw_opinions,
    fill_search_index,
    forget_erased,
    let_openings_go,
    let_overdue_go,
    mail.deliver,
    mail_reset_link,
    publish_results,
    release_held,
    remind_to_confirm,
    remove_papers,
    remove_physicians_ballot,
    run_ceremony,
    seal_log,
    set_mails,
    spread_news,
    write_mails,
)
# Who composes, at delivery, the mails that are queued by identifiers alone.
WRITERS = {WRITER: following_letter}


def from_environment() -> Flask:
    """The application that the environment describes; SettingsError says what is missing, or should not be there."""
    settings = Settings.from_environment(os.environ)
    app = create_app(settings)
    if not settings.is_demo:
        _refuse_demonstration(app)
    return app


def create_app(settings: Settings) -> Flask:
    """The whole application for these settings."""
    app = Flask(
        "consultation",
        template_folder=str(ROOT / "templates"),
        static_folder=None,
    )
    _configure(app, settings)
    logs.connect(app)
    request_log.connect(app)
    unit_of_work.connect(app)
    database.connect(app, settings.database_url)
    database.use_replica(settings.database_replica_url)
    language.connect(app)
    limits.connect(app, settings.redis_url, enabled=not settings.testing)
    templating.connect(app, is_demo=settings.is_demo)
    headers.connect(app)
    static_files.connect(app)
    errors.connect(app)
    csrf = CSRFProtect(app)
    Compress(app)
    authentication.connect(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for view in UNFORGEABLE:
        csrf.exempt(view)
    events.connect(HANDLERS)
    jobs.register(*JOBS)
    mail.register_writers(WRITERS)
    return app


def _refuse_demonstration(app: Flask) -> None:
    """Invented participants, and accounts whose passphrases were shown on a screen, never serve the public."""
    with app.app_context():
        is_loaded = holds_demonstration()
        session.remove()
        db.engine.dispose()  # the servers that are forked from here open connections of their own
    if is_loaded:
        raise SettingsError(f"{PREFIX}DATABASE_URL holds the demonstration: production needs a database of its own")


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        INSTANCE=str(settings.key_directories[0].parent),
        PUBLIC_URL=settings.public_url,
        DEMONSTRATION=settings.is_demo,
        LEGAL_NOTICE=settings.legal_notice,
        MAIL_SENDER="consultation@localhost" if settings.is_demo else f"consultation@{settings.host}",
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=1_000_000,
        SESSION_COOKIE_NAME="consultation" if settings.is_demo else "__Host-consultation",
        SESSION_COOKIE_SECURE=not settings.is_demo,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,  # a cookie travels only when it changes, never with a static file
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_MIN_SIZE=500,
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_ZSTD_LEVEL=6,
    )
    if not settings.is_demo:
        app.config["TRUSTED_HOSTS"] = [settings.host]
    caching.connect(app)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]
    keys.use(keys.store_for(settings))
    deposit.use(settings.audit_directory)
    app.extensions["signer"] = Signer(settings.secret_key)
    app.extensions["postman"] = mail.SmtpPostman(settings.mail_url) if settings.mail_url else mail.ShelfPostman()
