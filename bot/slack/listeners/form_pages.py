"""The check-in form while somebody fills it in: drawn anew for what they change, page after page."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.okr.answers import CheckInAnswers
from bot.okr.views import FormView
from bot.services.answering import blockers, checkins, drafts
from bot.slack import ids
from bot.slack.blocks.check_in.form import check_in_form, drawn_anew, filled_anew, pages
from bot.slack.reading.check_in_form import (
    FieldErrors,
    check_in_of,
    drafted,
    read_check_in,
    shown_clearers,
    shown_confidences,
    shown_moved,
    whole,
)
from bot.storage.engine import Database

View = dict[str, Any]
FORMS_REMEMBERED = 1000
_STANDINGS = (f"{ids.VALUE}:", f"{ids.STEPS}:")


class Pages:
    """All methods raise CannotAnswer and StorageUnavailable. `view` is the form as its author sees it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def drawn_anew(self, who: str, view: View) -> View | None:
        """The same page with the questions and hints that what was changed in it brings; None if those stand
        there, and where a key result is gone meanwhile: its fields would go with what was typed in them."""
        form = self._naming(self._load(who, view), view)
        anew = check_in_form(
            form, shown_confidences(view), moved=shown_moved(view, form.asked), page=_page(view)
        )
        gone = _fields(view) - _fields(anew)
        if _says(anew) == _says(view) or any(one.startswith(_STANDINGS) for one in gone):
            return None
        return drawn_anew(filled_anew(anew, self._draft(view)), view)

    def before(self, who: str, view: View) -> View:
        """The page before; what stands on this one is kept, wrong or not."""
        return self._other(who, view, _page(view) - 1)

    def after(self, who: str, view: View) -> View:
        """The page after; what stands on this one is kept."""
        return self._other(who, view, _page(view) + 1)

    def read(self, who: str, view: View) -> CheckInAnswers | FieldErrors | None:
        """What was answered on all pages, or what is wrong on this one; None if another page follows."""
        form = self._load(who, view)
        if _page(view) < pages(form) - 1:
            read = read_check_in(view, form.asked)
            return read if isinstance(read, FieldErrors) else None
        read = read_check_in(whole(view, drafted(view, self._draft(view))), form.asked)
        if isinstance(read, FieldErrors) and not set(read.errors) & _fields(view):
            first = next(one["block_id"] for one in view["blocks"] if one["type"] == "input")
            return FieldErrors({first: next(iter(read.errors.values()))})
        return read

    def _other(self, who: str, view: View, page: int) -> View:
        form = self._load(who, view)
        fields = drafted(view, self._draft(view))
        drafts.keep(self._database, who, form.check_in_id, fields, view_id=view["id"], now=self._clock())
        so_far = whole(view, fields)
        form = self._naming(form, so_far)
        drawn = check_in_form(
            form, shown_confidences(so_far), moved=shown_moved(so_far, form.asked), page=max(0, page)
        )
        return filled_anew(drawn, fields)

    def _load(self, who: str, view: Mapping[str, Any]) -> FormView:
        return checkins.load_form(self._database, who, check_in_of(view) or 0)

    def _naming(self, form: FormView, view: View) -> FormView:
        """With whether those would hear of it who are named in it so far."""
        named = shown_clearers(view, form.asked)
        return replace(form, asked=blockers.naming(self._database, form.asked, named)) if named else form

    def _draft(self, view: Mapping[str, Any]) -> dict[str, Any]:
        return drafts.load(self._database, check_in_of(view) or 0, str(view["id"]))


@dataclass(slots=True)
class _Form:
    newest: str = ""
    turn: threading.Lock = field(default_factory=threading.Lock)


class Newest:
    """Which change in a form was its author's last: they come in one after the other, but in threads of their
    own, and what the newest of them draws has all that came before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forms: OrderedDict[str, _Form] = OrderedDict()

    def saw(self, view_id: str, at: str) -> None:
        """`at` is Slack's action_ts."""
        with self._lock:
            form = self._forms.setdefault(view_id, _Form())
            form.newest = max(at, form.newest)
            self._forms.move_to_end(view_id)
            if len(self._forms) > FORMS_REMEMBERED:
                self._forms.popitem(last=False)

    @contextmanager
    def turn(self, view_id: str, at: str) -> Iterator[bool]:
        """Whether the change that was seen at that time is the newest still. One form is shown anew by one
        thread after the other: else an older look of it might come to Slack last, and stay."""
        with self._lock:
            form = self._forms.get(view_id) or _Form(at)
        with form.turn:
            yield form.newest <= at


def _page(view: Mapping[str, Any]) -> int:
    return ids.read_page(view.get("private_metadata"))


def _fields(view: Mapping[str, Any]) -> set[str]:
    return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}


def _says(view: Mapping[str, Any]) -> dict[str, str]:
    """The fields, each with what stands below it."""
    inputs = (block for block in view["blocks"] if block["type"] == "input")
    return {block["block_id"]: (block.get("hint") or {}).get("text", "") for block in inputs}
