"""Messages in trouble in tests: what was refused, and the names of what is decided."""

from bot.services.asking import rounds
from bot.services.sending import asks
from bot.services.sending.messenger import Refused
from bot.services.sending.troubles import Decision
from bot.storage.engine import Database
from tests.services.sending import put, run
from tests.services.teebee import FRIDAY, Notebook, TeeBee, at, move_in

POST_AGAIN, IT_IS_THERE, LEAVE = Decision
FIRST_PAGE = asks.digest_key(1)


def jacks_prompt(teebee: TeeBee) -> str:
    return asks.prompt_key(teebee.jack.id, FRIDAY)


def digest_failed(database: Database) -> tuple[TeeBee, Notebook]:
    """Everybody was prompted, and the digest refused for good. Hannah leads, Jack is a member."""
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    rounds.step(database, at(16, 30))
    notebook.trouble = [Refused("is_archived")]
    run(database, notebook, at(16, 30))
    return teebee, notebook


def jacks_prompt_failed(database: Database) -> tuple[TeeBee, Notebook]:
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    put(database, asks.prompt_key(teebee.hannah.id, FRIDAY), state="dropped")
    notebook.trouble = [Refused("messages_tab_disabled")]
    run(database, notebook, at(10))
    return teebee, notebook
