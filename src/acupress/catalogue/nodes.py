"""YAML values with their source positions, so that an error can name the place."""

from __future__ import annotations

from dataclasses import dataclass, field

from acupress.errors import FileError

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """
    A YAML value with its line and column, counted from 1.

    *value* is a scalar, a tuple of nodes or a dictionary of them. For a
    dictionary *keys* has the line and column of each key.
    """

    value: Scalar | tuple[Node, ...] | dict[str, Node]
    file: str
    line: int
    column: int
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    def error(self, message: str) -> FileError:
        """Return *message* as an error at this node."""
        return FileError(self.file, self.line, self.column, message)

    def error_at(self, key: str, message: str) -> FileError:
        """Return *message* as an error at *key*, or at the node if that is missing."""
        line, column = self.keys.get(key, (self.line, self.column))
        return FileError(self.file, line, column, message)


def plain_value(node: Node) -> object:
    """Return *node* as plain scalars, lists and dictionaries, without positions."""
    match node.value:
        case dict() as entries:
            return {key: plain_value(value) for key, value in entries.items()}
        case tuple() as items:
            return [plain_value(item) for item in items]
        case scalar:
            return scalar
