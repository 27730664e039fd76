from consultation.domain.deliberation.threads import ROOT, Place, place_of_reply


def test_a_comment_of_its_own_stands_under_nothing() -> None:
    assert Place() == ROOT


def test_a_reply_to_a_comment_stands_under_it_and_names_nobody() -> None:
    assert place_of_reply("root", None) == Place(parent_id="root", answered_id=None)


def test_a_reply_to_a_reply_stands_under_the_same_comment_and_names_whom_it_answers() -> None:
    assert place_of_reply("reply", "root") == Place(parent_id="root", answered_id="reply")
