"""Forms of comments."""

from consultation.features.comments.forms.answering import AnswerForm, WithdrawAnswerForm
from consultation.features.comments.forms.changing import EditForm, InterestsForm, WithdrawForm
from consultation.features.comments.forms.reacting import ReactionForm
from consultation.features.comments.forms.waiting import DropForm, HeldForm, ReturnForm
from consultation.features.comments.forms.writing import ArgumentForm, CommentForm

__all__ = [
    "AnswerForm",
    "ArgumentForm",
    "CommentForm",
    "DropForm",
    "EditForm",
    "HeldForm",
    "InterestsForm",
    "ReactionForm",
    "ReturnForm",
    "WithdrawAnswerForm",
    "WithdrawForm",
]
