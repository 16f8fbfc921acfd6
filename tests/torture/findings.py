"""What the comparison finds: something lost, or something doubled, in words."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    kind: Literal["lost", "doubled"]
    words: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.words}"


def lost(words: str) -> Finding:
    return Finding("lost", words)


def doubled(words: str) -> Finding:
    return Finding("doubled", words)
