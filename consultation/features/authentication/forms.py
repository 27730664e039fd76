"""Forms for registering, signing in and choosing a passphrase."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, PasswordField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # missing from the stubs
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from consultation.domain.errors import PassphraseRefused
from consultation.infrastructure import passwords
from consultation.infrastructure.mail import ADDRESS
from consultation.infrastructure.web.forms import Form
from consultation.infrastructure.web.refusals import sentence_of

CITIZEN = "citizen"
PHYSICIAN = "physician"


def _tidied(typed: str | None) -> str:
    return (typed or "").strip().lower()


def _address_field() -> EmailField:
    return EmailField(
        _l("E-mail address"),
        [
            InputRequired(_l("Write your e-mail address.")),
            Length(max=254, message=_l("An e-mail address holds at most 254 characters.")),
            Regexp(ADDRESS, message=_l("This is not an e-mail address, as in name@example.org.")),
        ],
        filters=[_tidied],
    )


def _new_passphrase_field() -> PasswordField:
    return PasswordField(_l("Passphrase"), [InputRequired(_l("Choose a passphrase."))])


class AddressForm(Form):
    """An address alone, to which a link is sent."""

    address = _address_field()


class NewPassphraseForm(Form):
    """A passphrase to be chosen; what speaks against it is said beside the field."""

    passphrase = _new_passphrase_field()

    def __init__(self, address: str = "") -> None:
        super().__init__()
        self._known_address = address

    def address_of_person(self) -> str:
        """The address that the passphrase should not be made of."""
        return self._known_address

    def validate_passphrase(self, field: Field) -> None:
        """Refuse what passwords.check refuses, with its reason."""
        try:
            passwords.check(field.data or "", self.address_of_person())
        except PassphraseRefused as refusal:
            raise ValidationError(sentence_of(refusal)) from refusal


class RegisterForm(NewPassphraseForm):
    """What an account needs, and not more."""

    # In the order of the page, which is that of the summary of errors.
    address = _address_field()
    passphrase = _new_passphrase_field()
    standing = RadioField(
        _l("You take part as"),
        [InputRequired(_l("Say whether you take part as a citizen or as a physician."))],
        choices=[
            SelectChoice(CITIZEN, _l("Citizen")),
            SelectChoice(PHYSICIAN, _l("Physician")),
        ],
        default=CITIZEN,
    )
    is_of_age = BooleanField(
        _l("I am 15 or older"), [InputRequired(_l("An account is for people of 15 years or more."))]
    )
    accepts_charter = BooleanField(
        _l("I accept the charter"), [InputRequired(_l("Taking part needs your agreement to the charter."))]
    )

    def address_of_person(self) -> str:
        """The address that is typed beside the passphrase."""
        return str(self.address.data or "")

    def says_physician(self) -> bool:
        """Whether the person says to be a physician."""
        return bool(self.standing.data == PHYSICIAN)


class SignInForm(Form):
    """Address and passphrase; no format is asked for, so that only the pair of them is judged."""

    address = EmailField(_l("E-mail address"), [InputRequired(_l("Write your e-mail address."))], filters=[_tidied])
    passphrase = PasswordField(_l("Passphrase"), [InputRequired(_l("Write your passphrase."))])


class ButtonForm(Form):
    """A button alone, with its CSRF token."""
