"""The form by which somebody leaves."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from consultation.infrastructure.web.forms import Form


class EraseForm(Form):
    """The passphrase, so that a browser left open is not enough, and what becomes of the comments."""

    gives_up_comments = BooleanField(_l("Also take all my comments back"))
    passphrase = PasswordField(_l("Passphrase"), [InputRequired(_l("Write your passphrase."))])
