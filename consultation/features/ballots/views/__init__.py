"""Pages of the ballot: compose, review, cast, receipt, withdraw; the counting plan; verification."""

from consultation.features.ballots.views import casting as casting
from consultation.features.ballots.views import duels as duels
from consultation.features.ballots.views import paper as paper
from consultation.features.ballots.views import plans as plans
from consultation.features.ballots.views import receipts as receipts
from consultation.features.ballots.views import verify as verify
from consultation.features.ballots.views import visitors as visitors
from consultation.features.ballots.views.doors import blueprint as blueprint
