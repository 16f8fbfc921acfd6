"""A guest sees what they own, and nothing of anybody else's, whatever they type and tap."""

from dataclasses import replace

from bot.okr.measures import Move
from bot.okr.model import KeyResult, Profile
from bot.slack import ids
from bot.slack import texts as every_text
from bot.storage import okrs, people
from tests.services.zenith import zenith
from tests.slack.friday import Friday
from tests.slack.seen import Watch
from tests.slack.test_private_flow import asks_for_everything

GUS = "U0GUS00001"


def test_whatever_they_ask_for_they_see_only_their_own(friday: Friday) -> None:
    company = zenith(friday.move_in())
    friday.slack.add_person("Gus", id=GUS, tz="Asia/Shanghai", is_restricted=True)
    with company.database.transaction() as connection:
        gus = people.learn(connection, Profile(GUS, "Gus", None, "Asia/Shanghai", guest=True))
        mine = okrs.add_key_result(
            connection, KeyResult(0, company.screens.id, "Gus draws icons", gus.id, Move(0, 10), position=5)
        )
    own = company.add(company.ued, "Gus learns to draw", gus, "Gus fills notebooks", personal=True)
    company.aligned(own, parent=replace(company.screens, id=1).parent)
    friday.tick(10)
    friday.settle()
    actor, watch = friday.slack.person(GUS), Watch(friday)
    asks_for_everything(friday, watch, actor)
    watch.look(actor)
    shown = "\n".join(what for who, what in watch.shown() if who == GUS)
    for title in (mine.title, own.title, own.key_results[0].title, company.screens.title):
        assert title in shown
    others = (
        company.loved.title,
        company.loved.key_results[0].title,
        company.screens.key_results[0].title,
        company.value().title,
        *(one.title for one in company.teebee.key_results),
    )
    assert [title for title in others if title in shown] == []
    assert every_text.GUESTS_SEE_THEIRS in shown
    friday.forge(actor, friday.said_to(actor)[0], ids.CHECK_IN_OPEN, "1", to_action=ids.CONFIRM_NEED)
    friday.heard(actor, "Nobody asks you about that any more")
