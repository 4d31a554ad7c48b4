"""Write the public names with their signatures, for the test that tells when one has changed.

Run it from the root of the checkout after a change that is meant: `python tools/public_api.py`.
"""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from pathlib import Path

import readout_diff

SNAPSHOT = Path(__file__).parents[1] / "tests" / "data" / "public_api.txt"


def public_api() -> str:
    """Return a line per public name; fields, methods and properties of a class are indented below it."""
    lines = ["# What can be imported from readout_diff. Written by tools/public_api.py."]
    for name in sorted(readout_diff.__all__):
        value = getattr(readout_diff, name)
        lines += _class(value) if inspect.isclass(value) else [f"def {name}{_signature(value)}"]
    return "\n".join(lines) + "\n"


def _class(value: type) -> list[str]:
    bases = ", ".join(base.__name__ for base in value.__bases__ if base is not object)
    lines = [f"class {value.__name__}({bases})" if bases else f"class {value.__name__}"]
    fields = [f.name for f in dataclasses.fields(value)] if dataclasses.is_dataclass(value) else []
    if fields:  # in their order, which is that of the arguments
        lines.append(f"    {_signature(value)}")
    for name in sorted(vars(value)):
        member = inspect.getattr_static(value, name)
        if (name.startswith("_") and name != "_repr_html_") or name in fields:
            continue
        if isinstance(member, property):
            lines.append(f"    {name}: {inspect.signature(member.fget).return_annotation}")  # type: ignore[arg-type]
        elif isinstance(member, classmethod | staticmethod):
            lines.append(f"    {type(member).__name__} {name}{_signature(member.__func__)}")
        elif callable(member):
            lines.append(f"    def {name}{_signature(member)}")
    return lines


class _AsWritten(str):
    """An annotation that is shown without the quotes that `from __future__ import annotations` gives it."""

    def __repr__(self) -> str:
        return str(self)


def _signature(function: Callable[..., object]) -> str:
    """Return a signature as it is written in the source, the same in every version of Python."""
    signature = inspect.signature(function)
    parameters = [
        p if p.annotation is p.empty else p.replace(annotation=_AsWritten(p.annotation))
        for p in signature.parameters.values()
    ]
    returned = _AsWritten(signature.return_annotation)
    return str(signature.replace(parameters=parameters, return_annotation=returned))


if __name__ == "__main__":
    SNAPSHOT.write_text(public_api(), "utf-8")
    print(f"{SNAPSHOT} written")
