"""Pages of the ballot: compose, review, cast, receipt, withdraw."""

from consultation.features.ballots.views import casting as casting
from consultation.features.ballots.views import paper as paper
from consultation.features.ballots.views.doors import blueprint as blueprint
