"""Reads an OKR file from the disk, whichever of its formats it is in."""

import codecs
from pathlib import Path

from bot.files.csv_file import read_csv
from bot.files.marked import bad_file
from bot.files.naming import Naming
from bot.files.table import NO_NAMING, guesses, split_header
from bot.files.yaml_file import read_yaml
from bot.okr.outline import Outline, Place

LARGEST = 5_000_000
"""Bytes: a table of some 30,000 key results. In YAML, which is slow to read, so much takes a minute."""
_WORKBOOK = b"PK\x03\x04"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_COLUMNS_OF_A_TABLE = 3
"""A first line that names so many columns belongs to a table, whatever the file is called."""


def read_okr_file(path: Path, naming: Naming = NO_NAMING) -> Outline:
    """The outline in the file; `naming` says what a table calls its columns. Raises BadFile with every
    mistake, also where there is no such file."""
    text = decode(_read_bytes(path), path.name)
    if _is_table(path, text, naming):
        return read_csv(text, naming)
    if naming:
        message = "this is not a table, whose columns could be called anything; leave --map and --set out"
        raise bad_file(message, Place(path=path.name))
    return read_yaml(text)


def guessed_columns(path: Path, naming: Naming) -> list[str]:
    """What of a table's columns is guessed, a sentence each. Raises BadFile."""
    text = decode(_read_bytes(path), path.name)
    return guesses(text, naming) if _is_table(path, text, naming) else []


def _is_table(path: Path, text: str, naming: Naming) -> bool:
    suffix = path.suffix.lower()
    names_columns = split_header(text, naming)[0] >= _COLUMNS_OF_A_TABLE
    return suffix in (".csv", ".tsv") or (suffix not in (".yaml", ".yml") and names_columns)


def _read_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise bad_file("there is no such file", Place(path=str(path))) from None
    except IsADirectoryError:
        raise bad_file("this is a folder, not a file", Place(path=str(path))) from None
    except OSError as error:
        raise bad_file(f"the file cannot be read: {error.strerror}", Place(path=str(path))) from None


def decode(content: bytes, name: str) -> str:
    """The text of an OKR file, which is UTF-8. Raises BadFile; `name` is the file's."""
    if len(content) > LARGEST:
        message = f"the file is larger than {LARGEST // 1000:,} kB; is it an OKR file?"
        raise bad_file(message, Place(path=name))
    if content.startswith(_WORKBOOK):
        raise bad_file("this is a spreadsheet or a zip file; save it as CSV (UTF-8)", Place(path=name))
    if content.startswith(_UTF_16):
        raise bad_file("the file is in UTF-16; save it as UTF-8", Place(path=name))
    if b"\0" in content:
        raise bad_file("this is not a text file", Place(path=name))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "there is a character that is not UTF-8 (is the file in Latin-1?); save the file as UTF-8"
        raise bad_file(message, Place(line)) from None
