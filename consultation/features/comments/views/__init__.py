"""Pages of comments."""

from consultation.features.comments.views import answering as answering
from consultation.features.comments.views import changing as changing
from consultation.features.comments.views import holding as holding
from consultation.features.comments.views import reacting as reacting
from consultation.features.comments.views import threads as threads
from consultation.features.comments.views import waiting as waiting
from consultation.features.comments.views import writing as writing
from consultation.features.comments.views.doors import blueprint as blueprint
