"""Settings, from the environment and a .env file beside it; every mistake in them is told at once."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import platformdirs
from pydantic import Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.storage.engine import is_supported

S = TypeVar("S", bound="Settings")

SLACK_API = "https://slack.com/api/"


class BadSettings(Exception):  # noqa: N818 - it says what was found
    """Some settings are missing or malformed."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class Settings(BaseSettings):
    """Field names are the environment's, in lower case. README.md explains each."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        str_strip_whitespace=True,
    )

    slack_bot_token: str | None = Field(default=None, repr=False)
    slack_app_token: str | None = Field(default=None, repr=False)
    slack_signing_secret: str | None = Field(default=None, repr=False)
    slack_api_url: str = SLACK_API
    okra_data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("okra", appauthor=False))
    )
    database_url: str = Field(default="", repr=False)
    okra_heartbeat_seconds: float = Field(default=30, ge=1, le=3600)
    okra_listener_threads: int = Field(default=20, ge=1, le=500)
    okra_sender_threads: int = Field(default=2, ge=1, le=50)
    okra_slack_timeout_seconds: int = Field(default=20, ge=1, le=120)
    okra_posts_a_minute: int = Field(default=300, ge=1, le=100_000)
    okra_redraw_rest_seconds: float = Field(default=60, ge=0, le=3600)
    okra_log_format: str = "text"

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, value: str | None) -> str | None:
        return _starts(value, "xoxb-", "Slack's “Bot User OAuth Token”")

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, value: str | None) -> str | None:
        return _starts(value, "xapp-", "Slack's app-level token with the scope connections:write")

    @field_validator("slack_api_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("it has to begin with https:// (or http:// for a server of your own)")
        return value

    @field_validator("okra_data_dir")
    @classmethod
    def _is_folder(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value and not is_supported(value):
            raise ValueError("Okra keeps its data in PostgreSQL or SQLite: postgresql://… or sqlite:///…")
        return value

    @field_validator("okra_log_format")
    @classmethod
    def _is_log_format(cls, value: str) -> str:
        if value not in {"text", "json"}:
            raise ValueError("it has to be text or json")
        return value

    @property
    def database(self) -> str:
        """Where the data is kept: by default a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.okra_data_dir / 'okra.db'}"

    @property
    def secrets(self) -> tuple[str | None, ...]:
        """What no log may show. A database's password is recognised by its place in the address."""
        return (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)


class SlackSettings(Settings):
    """What a command needs that speaks to Slack."""

    slack_bot_token: str = Field(repr=False)


class RunSettings(SlackSettings):
    """What `okra run` needs, which also listens."""

    slack_app_token: str = Field(repr=False)


HOW_TO_GET = {
    "slack_bot_token": "Slack shows it on the app's page under OAuth & Permissions, once it is installed.",
    "slack_app_token": "Make one on the app's page under Basic Information, App-Level Tokens.",
}


def load(kind: type[S], env_file: Path | None = Path(".env")) -> S:
    """Reads the settings that a command needs; raises BadSettings with all that is wrong, in words."""
    try:
        return kind(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings takes it
    except ValidationError as error:
        raise BadSettings(_in_words(one) for one in error.errors()) from None
    except UnicodeDecodeError:
        raise BadSettings([f"{env_file} is not a text file in UTF-8."]) from None


def _in_words(problem: ErrorDetails) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else ""
    if problem["type"] == "missing":
        return f"{name.upper()} is missing. {HOW_TO_GET.get(name, '')}".strip()
    return f"{name.upper()}: {_what_is_wrong(problem)}"


def _what_is_wrong(problem: ErrorDetails) -> str:
    """Never with the value: it may be a secret."""
    limits = problem.get("ctx", {})
    match problem["type"]:
        case "float_parsing" | "finite_number":
            return "it has to be a number"
        case "int_parsing" | "int_from_float" | "int_parsing_size":
            return "it has to be a whole number"
        case "greater_than_equal":
            return f"it has to be {limits['ge']:g} or more"
        case "less_than_equal":
            return f"it has to be {limits['le']:g} or less"
    return problem["msg"].removeprefix("Value error, ")


def _starts(value: str | None, prefix: str, what: str) -> str | None:
    if value is not None and not value.startswith(prefix):
        raise ValueError(f"it has to be {what}, which begins with {prefix}")
    return value
