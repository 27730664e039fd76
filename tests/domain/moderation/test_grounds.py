from consultation.domain.moderation.grounds import Ground, Outcome


def test_every_ground_but_other_has_its_own_article_in_the_order_of_the_charter():
    articles = [ground.article for ground in Ground if ground is not Ground.OTHER]
    assert articles == list(range(1, 14))
    assert Ground.OTHER.article is None


def test_a_person_who_can_be_recognised_is_article_four():
    assert Ground.IDENTIFIES_A_PERSON.article == 4


def test_other_carries_no_measure_and_every_article_does():
    assert [ground for ground in Ground if ground.measure is not Outcome.WITHHOLD] == [Ground.OTHER]


def test_only_a_danger_to_life_is_urgent():
    assert [ground for ground in Ground if ground.is_urgent] == [Ground.DANGER_TO_LIFE]
