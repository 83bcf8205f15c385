"""The parts of a built-in template. Texts are lazy: they turn into the reader's language when a document is made."""

from dataclasses import dataclass

from django.utils.functional import Promise

from journeys.enums import PathKind

Text = str | Promise


@dataclass(frozen=True)
class StageTemplate:
    """A column to start from: what happens in it, what to ask there, where people usually meet us.

    Channels have the names that every workspace starts with; these are data and stay as they are in any language.
    """

    uid: str
    name: Text
    description: Text
    questions: tuple[Text, ...]
    channels: tuple[str, ...]


@dataclass(frozen=True)
class PathTemplate:
    """A way between two stages, which are named by their uid."""

    source: str
    target: str
    kind: PathKind
    label: Text = ""


@dataclass(frozen=True)
class MapTemplate:
    slug: str
    title: Text
    description: Text
    stages: tuple[StageTemplate, ...]
    detours: tuple[PathTemplate, ...]

    @property
    def paths(self) -> tuple[PathTemplate, ...]:
        """The way straight ahead, then the detours: journeys skip, go back, pause and return."""
        ahead = tuple(
            PathTemplate(one.uid, following.uid, PathKind.FORWARD)
            for one, following in zip(self.stages, self.stages[1:], strict=False)
        )
        return ahead + self.detours
