"""What follows from what: read this table to know all that an act brings about."""

from collections.abc import Mapping, Sequence

from consultation.features.accounts.events import AccountCreated, AccountDisabled, RoleGranted, RoleRevoked
from consultation.features.audit.handlers import log
from consultation.features.authentication.events import (
    AddressConfirmed,
    PassphraseChanged,
    PhysicianDeclared,
    ResetAsked,
)
from consultation.features.authentication.handlers import enqueue_reset_link, tell_of_new_passphrase
from consultation.features.ballots.events import BallotCast
from consultation.features.ballots.handlers import make_key_of_opened
from consultation.features.colleges.events import (
    PhysicianClaimed,
    PhysicianClaimRefused,
    PhysicianVerified,
    ProofAttested,
)
from consultation.features.colleges.handlers import open_claim, tell_of_refusal, tell_of_verification
from consultation.features.comments.events import (
    CommentPosted,
    CommentRestored,
    CommentWithdrawn,
    CommentWithheld,
    NameChosen,
)
from consultation.features.consultations.events import (
    ConsultationClosed,
    ConsultationCreated,
    ConsultationFenced,
    ConsultationOpened,
    ConsultationPublished,
)
from consultation.features.moderation.events import CaseDecided, CaseLapsed, CaseOpened, NoticeGiven
from consultation.features.moderation.handlers import lapse_case_of_withdrawn_comment
from consultation.features.notifications.handlers import (
    confirm_notice,
    tell_author_of_decision,
    tell_notifiers_of_decision,
    tell_notifiers_of_lapse,
)
from consultation.features.recommendations.events import RecommendationsImported
from consultation.infrastructure.events import Event, Handler

HANDLERS: Mapping[type[Event], Sequence[Handler]] = {
    AccountCreated: (log,),
    AccountDisabled: (log,),
    RoleGranted: (log,),
    RoleRevoked: (log,),
    AddressConfirmed: (),
    ResetAsked: (enqueue_reset_link,),
    PassphraseChanged: (tell_of_new_passphrase,),
    PhysicianDeclared: (open_claim,),
    PhysicianClaimed: (log,),
    ProofAttested: (log,),
    PhysicianVerified: (log, tell_of_verification),
    PhysicianClaimRefused: (log, tell_of_refusal),
    ConsultationCreated: (log,),
    RecommendationsImported: (log,),
    ConsultationOpened: (log, make_key_of_opened),
    BallotCast: (),  # never stored: its moment beside a session would tell who cast which ballot
    ConsultationFenced: (log,),
    ConsultationClosed: (log,),
    ConsultationPublished: (log,),
    NameChosen: (log,),
    CommentPosted: (log,),
    CommentWithdrawn: (log, lapse_case_of_withdrawn_comment),
    CommentWithheld: (log,),
    CommentRestored: (log,),
    CaseOpened: (log,),
    NoticeGiven: (log, confirm_notice),
    CaseDecided: (log, tell_author_of_decision, tell_notifiers_of_decision),
    CaseLapsed: (log, tell_notifiers_of_lapse),
}
