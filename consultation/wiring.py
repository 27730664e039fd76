"""What follows from what: read this table to know all that an act brings about."""

from collections.abc import Mapping, Sequence

from consultation.features.accounts.events import (
    AccountCreated,
    AccountDisabled,
    AccountErased,
    CharterAccepted,
    CommentsGivenUp,
    RoleGranted,
    RoleRevoked,
)
from consultation.features.audit.handlers import forget_persons_of, log
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
    OpeningsDeleted,
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
    CommentCleared,
    CommentEdited,
    CommentHeld,
    CommentKept,
    CommentPosted,
    CommentRestored,
    CommentReturned,
    CommentWithdrawn,
    CommentWithheld,
    InterestsDeclared,
    NameChosen,
    OfficialReplyChanged,
    OfficialReplyGiven,
    OfficialReplyWithdrawn,
)
from consultation.features.comments.handlers import (
    erase_answer_of_withdrawn,
    forget_names_of_erased,
    let_go_in_time,
    release_in_time,
    tell_of_return,
    withdraw_given_up,
)
from consultation.features.consultations.events import (
    ConsultationClosed,
    ConsultationCreated,
    ConsultationFenced,
    ConsultationOpened,
    ConsultationPublished,
)
from consultation.features.consultations.handlers import remind_in_time, tell_of_close_meanwhile
from consultation.features.moderation.events import CaseDecided, CaseLapsed, CaseOpened, NoticeGiven
from consultation.features.moderation.handlers import (
    forget_erased,
    lapse_case_of_withdrawn_comment,
    renew_case_of_edited_comment,
)
from consultation.features.notifications.events import PaceChanged
from consultation.features.notifications.handlers import (
    confirm_notice,
    forget_what_erased_followed,
    forget_withdrawn_answer,
    note_refused_address,
    reissue_in_feeds,
    tell_author_of_decision,
    tell_followers_of_answer,
    tell_followers_of_close,
    tell_followers_of_comment,
    tell_followers_of_opening,
    tell_followers_of_results,
    tell_notifiers_of_decision,
    tell_notifiers_of_lapse,
    write_at_new_pace,
)
from consultation.features.opinions.events import OpinionsPublished, ReactionsCut
from consultation.features.opinions.handlers import draw_opinions_of_published
from consultation.features.recommendations.events import (
    AnswersPromised,
    OutcomeChanged,
    OutcomeGiven,
    RecommendationsImported,
)
from consultation.features.reports.events import (
    CommentCited,
    CommentUncited,
    ReportLineMoved,
    ReportLineTakenOut,
    ReportLineWritten,
    ReportPublished,
)
from consultation.features.results.events import CountBegun, ReleasePublished
from consultation.features.results.handlers import count_in_time, deposit_published, let_openings_go_in_time
from consultation.features.search.handlers import (
    let_comment_be_found,
    let_outcome_be_found,
    let_report_be_found,
    let_texts_be_found,
)
from consultation.infrastructure.events import Event, Handler
from consultation.infrastructure.mail import MailRefused

HANDLERS: Mapping[type[Event], Sequence[Handler]] = {
    AccountCreated: (log,),
    AccountDisabled: (log,),
    CharterAccepted: (log,),
    RoleGranted: (log,),
    RoleRevoked: (log,),
    CommentsGivenUp: (withdraw_given_up,),
    MailRefused: (note_refused_address,),
    PaceChanged: (write_at_new_pace,),  # never stored: who follows what is one's own concern
    AccountErased: (
        log,
        sign_erased_out,
        forget_claims_of_erased,
        forget_names_of_erased,
        forget_erased,
        remove_papers_of_erased,
        forget_what_erased_followed,
        forget_persons_of,
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
    ConsultationOpened: (log, open_urn_of_opened, let_texts_be_found, tell_followers_of_opening),
    BallotCast: (),  # never stored: its moment beside a session would tell who cast which ballot
    AuditorProposed: (log,),
    AuditorConfirmed: (log,),
    AuditorDismissed: (log,),
    BundleHandedOver: (log,),
    AuditStatementRecorded: (log,),
    OpeningsDeleted: (log,),
    ConsultationFenced: (log,),
    ConsultationClosed: (log, tell_followers_of_close),
    ConsultationPublished: (log, tell_followers_of_results, draw_opinions_of_published),
    OpinionsPublished: (log,),
    ReactionsCut: (log,),
    CountBegun: (count_in_time,),
    ReleasePublished: (log, deposit_published, let_openings_go_in_time),
    NameChosen: (log,),
    InterestsDeclared: (log,),
    CommentPosted: (log, let_comment_be_found, tell_followers_of_comment),
    CommentEdited: (log, renew_case_of_edited_comment, let_comment_be_found, reissue_in_feeds),
    CommentHeld: (log, release_in_time),
    CommentReturned: (log, tell_of_return),
    CommentCleared: (log,),
    CommentKept: (let_go_in_time,),  # never stored: nothing of a visitor is
    CommentWithdrawn: (
        log,
        erase_answer_of_withdrawn,
        lapse_case_of_withdrawn_comment,
        let_comment_be_found,
        reissue_in_feeds,
    ),
    CommentWithheld: (log, let_comment_be_found, reissue_in_feeds),
    CommentRestored: (log, let_comment_be_found, reissue_in_feeds),
    CaseOpened: (log,),
    NoticeGiven: (log, confirm_notice),
    CaseDecided: (log, tell_author_of_decision, tell_notifiers_of_decision),
    CaseLapsed: (log, tell_notifiers_of_lapse),
    OfficialReplyGiven: (log, let_comment_be_found, tell_followers_of_answer),
    OfficialReplyChanged: (log, let_comment_be_found),
    OfficialReplyWithdrawn: (log, let_comment_be_found, forget_withdrawn_answer),
    AnswersPromised: (log,),
    OutcomeGiven: (log, let_outcome_be_found),
    OutcomeChanged: (log, let_outcome_be_found),
    ReportLineWritten: (log, let_report_be_found),
    ReportLineMoved: (log,),
    ReportLineTakenOut: (log, let_report_be_found),
    CommentCited: (log,),
    CommentUncited: (log,),
    ReportPublished: (log, let_report_be_found),
}
