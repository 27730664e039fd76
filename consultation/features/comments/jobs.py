"""Work on comments that is done in its time, without anybody."""

from consultation.domain.errors import AlreadyRead, Missing
from consultation.features.comments import services
from consultation.features.comments.queries import comment_by_id


def release_held(comment_id: str) -> None:
    """Make a held comment public once its reading has taken long enough; not where it was seen to meanwhile."""
    try:
        services.release_comment(comment_by_id(comment_id))
    except (AlreadyRead, Missing):
        return


def let_overdue_go() -> None:
    """Delete what has waited for its author for too long."""
    services.let_overdue_go()
