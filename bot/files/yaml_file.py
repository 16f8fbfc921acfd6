"""The OKR file in YAML: from its text to an outline, with a line for everything it says.

Values are taken in the file's own words rather than YAML's reading of them, for which 10:00 is the number 600
and NO is a truth value. Aliases are refused: a small file could repeat itself a billion times with them.
"""

import yaml

from bot.files.marked import Complaints, Fields, Items, Marked, Nothing, Text, Unread, bad_file, shown
from bot.files.reading import read_outline
from bot.okr.outline import NOWHERE, Outline, Place

MAX_DEPTH = 20
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("null", "bool", "int", "float", "timestamp", "str", "merge", "value")
)
_NULL = "tag:yaml.org,2002:null"
_ALIAS = "!okra-alias"
_TOO_DEEP = "nested too deep"
_HINTS = (
    ("'\\t'", "a tab stands where YAML wants spaces; replace it with spaces"),
    ("cannot start any token", "text that begins with a sign such as %, @ or ` needs quotes round it"),
    (
        "mapping values are not allowed",
        "there is a colon where none fits; text with a colon needs quotes round it",
    ),
    ("quoted scalar", "a quotation mark is opened and not closed"),
    ("unexpected end of stream", "a quotation mark is opened and not closed"),
    ("expected a single document", "a second document begins (---); put everything into one"),
    ("expected ',' or", "a comma or a closing bracket is missing"),
    ("could not find expected ':'", "a colon is missing after the key, or a line break stands inside text"),
    ("expected <block end>", "the indentation does not fit the lines above"),
    (_TOO_DEEP, f"lists and fields are nested more than {MAX_DEPTH} deep"),
)


def read_yaml(text: str) -> Outline:
    """The outline that `text` holds. Raises BadFile with every mistake."""
    complaints = Complaints()
    node = _compose(text.removeprefix("\ufeff"))
    if node is None:
        raise bad_file("the file is empty", Place(1))
    marked = _mark(node, Place(_line(node)), complaints)
    if not isinstance(marked, Fields):
        message = "the file should begin with keys such as “cycle:”, “people:” and “teams:”"
        raise bad_file(message, Place(_line(node)))
    outline = read_outline(marked, complaints)
    complaints.raise_if_any(outline)
    return outline


class _Loader(yaml.SafeLoader):
    """Composes nodes, not deeper than MAX_DEPTH, with a marker in the place of each alias."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()  # type: ignore[no-untyped-call]
            return yaml.ScalarNode(_ALIAS, event.anchor, event.start_mark, event.end_mark)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem=_TOO_DEEP, problem_mark=mark)
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _compose(text: str) -> yaml.Node | None:
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"this is not text: it holds the control character U+{ord(text[error.position]):04X}"
        raise bad_file(message, Place(line)) from None
    try:
        return loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise bad_file(_in_words(error), _error_place(error)) from None
    except (ValueError, OverflowError):  # PyYAML on "\UFFFFFFFF" and on version numbers of 5,000 digits
        message = "this is not YAML: there is a number or an escape that is out of range"
        raise bad_file(message, Place(loader.get_mark().line + 1)) from None
    finally:
        loader.dispose()


def _error_place(error: yaml.MarkedYAMLError) -> Place:
    # An unclosed quotation mark is noticed at the end of the file; where it opened is of more use.
    unclosed = "end of stream" in (error.problem or "") and error.context_mark is not None
    mark = error.context_mark if unclosed else error.problem_mark
    return NOWHERE if mark is None else Place(mark.line + 1, f"column {mark.column + 1}")


def _in_words(error: yaml.MarkedYAMLError) -> str:
    said = f"{error.context or ''} {error.problem or ''}".strip()
    hint = next((hint for sign, hint in _HINTS if sign in said), said)
    return f"this is not YAML: {hint}"


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _mark(node: yaml.Node, place: Place, complaints: Complaints) -> Marked:
    if node.tag == _ALIAS:
        complaints.add(place, f"aliases (*{shown(node.value)}) are not read; write the value out")
        return Unread(place)
    if isinstance(node, yaml.MappingNode):
        return _mark_fields(node, place, complaints)
    if isinstance(node, yaml.SequenceNode):
        return Items(
            place, tuple(_mark_item(item, i, place, complaints) for i, item in enumerate(node.value, 1))
        )
    if node.tag not in _PLAIN_TAGS:
        complaints.add(place, "YAML tags (!…) are not read; write the plain value")
        return Unread(place)
    if node.tag == _NULL:
        return Nothing(place)
    return Text(place, node.value)


def _mark_item(node: yaml.Node, number: int, place: Place, complaints: Complaints) -> Marked:
    """An item of a list; a set of fields is called by its title or name in paths."""
    if isinstance(node, yaml.ScalarNode):
        return _mark(node, Place(_line(node), place.path), complaints)
    name = ""
    if isinstance(node, yaml.MappingNode):
        names = [
            value.value for key, value in node.value if key.value in ("title", "name") and _is_text(value)
        ]
        name = shown(names[0]) if names else ""
    return _mark(node, Place(_line(node), _join(place.path, name or f"no. {number}")), complaints)


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag not in (_ALIAS, _NULL)


def _mark_fields(node: yaml.MappingNode, place: Place, complaints: Complaints) -> Fields:
    values: dict[str, Marked] = {}
    for key, value in node.value:
        if not _is_text(key) or not key.value.strip():
            complaints.add(Place(_line(key), place.path), "a key is missing before the colon")
            continue
        name = key.value.strip()
        here = Place(_line(key), _join(place.path, shown(name)))
        if name in values:
            first = values[name].place.short
            complaints.add(here, f"“{shown(name)}” is given twice, first on {first}; keep one")
            continue
        values[name] = _mark(value, here, complaints)
    return Fields(place, values)


def _join(path: str, step: str) -> str:
    return f"{path} › {step}" if path else step
