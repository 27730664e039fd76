"""What the platform knows of itself."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from consultation.features.consultations.models import Consultation
from consultation.infrastructure.database import session


def database_answers() -> bool:
    """Whether the database can be read and holds the tables of this program."""
    try:
        session.execute(select(Consultation.id).limit(1))
    except SQLAlchemyError:
        return False
    return True
