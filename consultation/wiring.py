"""What follows from what: read this table to know all that an act brings about."""

from collections.abc import Mapping, Sequence

from consultation.features.accounts.events import (
    AccountCreated,
    AccountDisabled,
    AccountErased,
    CommentsGivenUp,
    RoleGranted,
    RoleRevoked,
)
from consultation.features.audit.handlers import log
from consultation.features.authentication.events import (
    AddressConfirmed,
    PassphraseChanged,
    PhysicianDeclared,
    Registered,
    ResetAsked,
)
from consultation.features.authentication.handlers import enqueue_reset_link, sign_erased_out, tell_of_new_passphrase
from consultation.features.ballots.events import (
    AuditorConfirmed,
    AuditorDismissed,
    AuditorProposed,
    AuditStatementRecorded,
    BallotCast,
    BundleHandedOver,
)
from consultation.features.ballots.handlers import (
    ask_kept_to_confirm,
    ask_verified_to_cast_again,
    open_urn_of_opened,
    remove_ballot_of_revoked,
    remove_papers_of_double,
    remove_papers_of_erased,
)
from consultation.features.colleges.events import (
    DoubleClosed,
    MeasureAsked,
    MeasureSetAside,
    PhysicianClaimed,
    PhysicianClaimRefused,
    PhysicianRevoked,
    PhysicianVerified,
    ProofAttested,
)
from consultation.features.colleges.handlers import (
    forget_claims_of_erased,
    open_claim,
    tell_of_closed_double,
    tell_of_refusal,
    tell_of_revocation,
)
from consultation.features.comments.events import (
    CommentPosted,
    CommentRestored,
    CommentWithdrawn,
    CommentWithheld,
    NameChosen,
)
from consultation.features.comments.handlers import forget_names_of_erased, withdraw_given_up
from consultation.features.consultations.events import (
    ConsultationClosed,
    ConsultationCreated,
    ConsultationFenced,
    ConsultationOpened,
    ConsultationPublished,
)
from consultation.features.consultations.handlers import remind_in_time, tell_of_close_meanwhile
from consultation.features.moderation.events import CaseDecided, CaseLapsed, CaseOpened, NoticeGiven
from consultation.features.moderation.handlers import forget_erased, lapse_case_of_withdrawn_comment
from consultation.features.notifications.handlers import (
    confirm_notice,
    tell_author_of_decision,
    tell_notifiers_of_decision,
    tell_notifiers_of_lapse,
)
from consultation.features.recommendations.events import RecommendationsImported
from consultation.features.results.events import ReleasePublished
from consultation.features.results.handlers import deposit_published
from consultation.infrastructure.events import Event, Handler

HANDLERS: Mapping[type[Event], Sequence[Handler]] = {
    AccountCreated: (log,),
    AccountDisabled: (log,),
    RoleGranted: (log,),
    RoleRevoked: (log,),
    CommentsGivenUp: (withdraw_given_up,),
    AccountErased: (
        log,
        sign_erased_out,
        forget_claims_of_erased,
        forget_names_of_erased,
        forget_erased,
        remove_papers_of_erased,
    ),
    Registered: (remind_in_time,),
    AddressConfirmed: (tell_of_close_meanwhile,),
    ResetAsked: (enqueue_reset_link,),
    PassphraseChanged: (tell_of_new_passphrase,),
    PhysicianDeclared: (open_claim,),
    PhysicianClaimed: (log,),
    ProofAttested: (log,),
    PhysicianVerified: (log, ask_verified_to_cast_again),
    PhysicianClaimRefused: (log, tell_of_refusal),
    MeasureAsked: (log,),
    MeasureSetAside: (log,),
    PhysicianRevoked: (log, tell_of_revocation, remove_ballot_of_revoked),
    DoubleClosed: (log, tell_of_closed_double, ask_kept_to_confirm, remove_papers_of_double),
    ConsultationCreated: (log,),
    RecommendationsImported: (log,),
    ConsultationOpened: (log, open_urn_of_opened),
    BallotCast: (),  # never stored: its moment beside a session would tell who cast which ballot
    AuditorProposed: (log,),
    AuditorConfirmed: (log,),
    AuditorDismissed: (log,),
    BundleHandedOver: (log,),
    AuditStatementRecorded: (log,),
    ConsultationFenced: (log,),
    ConsultationClosed: (log,),
    ConsultationPublished: (log,),
    ReleasePublished: (log, deposit_published),
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
