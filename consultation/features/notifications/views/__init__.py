"""Pages around following: what is followed, what is new, the end of mails, feeds."""

from consultation.features.notifications.views import feeds as feeds
from consultation.features.notifications.views import following as following
from consultation.features.notifications.views import notices as notices
from consultation.features.notifications.views import unsubscribing as unsubscribing
from consultation.features.notifications.views.doors import blueprint as blueprint
