"""Rules about several values of a file: what may be named only once, and who must be named first."""

from bot.files.fields import FieldReader
from bot.files.marked import Complaints, Fields, Text, did_you_mean, shown
from bot.okr.outline import OutlineCycle, Place


class Checks:
    """Remembers what one file has named so far. Rows of `people` come first."""

    def __init__(self, complaints: Complaints) -> None:
        self.read = FieldReader(complaints)
        self.people: list[str] = []
        self.cycle: OutlineCycle | None = None
        """That of objectives which name none."""
        self.cycles: dict[str, OutlineCycle] = {}
        """All of the file, by name."""
        self._claimed: dict[tuple[object, str], Place] = {}

    def once(self, scope: object, word: str | int | None, place: Place, what: str) -> bool:
        """Whether `word` is new within `scope`; complains where it is not. `what` it is: "an e-mail"."""
        if word is None:
            return False
        first = self._claimed.setdefault((scope, str(word)), place)
        if first is place:
            return True
        self.read.complain(place, f"“{shown(str(word))}” is already {what} ({first.short})")
        return False

    def person(self, parent: Fields, name: str, *, required: bool = True) -> str | None:
        """The key of a person whom the file names."""
        return self._known_person(self.read.scalar(parent, name, required=required))

    def persons(
        self,
        parent: Fields,
        name: str,
        scope: object,
        what: str = "named in this team; name each person once",
        *,
        required: bool = False,
    ) -> tuple[str, ...]:
        """The keys in a list of people; within `scope` (a team) each person stands once, in one list."""
        found = []
        for item in self.read.items(parent, name, required=required):
            key = self._known_person(self.read.as_text(item))
            if self.once(("person", scope), key, item.place, what):
                found.append(key or "")
        return tuple(found)

    def _known_person(self, value: Text | None) -> str | None:
        if value is None or value.text in self.people:
            return None if value is None else value.text
        hint = did_you_mean(value.text, self.people)
        self.read.complain(value.place, f"“{shown(value.text)}” is not in people.{hint}")
        return None
