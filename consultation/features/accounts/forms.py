"""The forms by which somebody accepts the charter, and leaves."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, PasswordField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from consultation.infrastructure.web.forms import Form


class EraseForm(Form):
    """The passphrase, so that a browser left open is not enough, and what becomes of the comments."""

    gives_up_comments = BooleanField(_l("Also take all my comments back"))
    passphrase = PasswordField(_l("Passphrase"), [InputRequired(_l("Write your passphrase."))])


class CharterForm(Form):
    """The edition that the page showed, so that nobody accepts what they did not read."""

    edition = IntegerField(widget=HiddenInput())

    def shown(self) -> int:
        """The number of the edition shown; 0, which none has, where it is lost."""
        return self.edition.data or 0
