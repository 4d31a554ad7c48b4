"""Plug-ins: objects that other packages offer under a name, through entry points."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from readout_diff.errors import UnknownComponentError

if TYPE_CHECKING:
    from readout_diff.embedders import Embedder
    from readout_diff.embedders.sentence_transformer import Backend

Kind: TypeAlias = Literal["loader", "segmenter", "tagger", "embedder", "aligner"]


def plugin(kind: Kind, name: str) -> Any:
    """Return the plug-in that an installed package offers under a name.

    A package names its plug-ins in its own ``pyproject.toml``, in ``project.entry-points``, in the group
    ``readout_diff.loaders``, ``.segmenters``, ``.taggers``, ``.embedders`` or ``.aligners``.

    Args:
        kind: What it is used as.
        name: The name of its entry point.

    Returns:
        What the entry point leads to: an object as the Python functions take it; of an embedder the class.

    Raises:
        UnknownComponentError: No package offers it, two do, or it cannot be loaded.

    Example:
        >>> plugin("tagger", "no-such-tagger")
        Traceback (most recent call last):
        readout_diff.errors.UnknownComponentError: unknown tagger 'no-such-tagger'; known: none
    """
    offered = entry_points(group=f"readout_diff.{kind}s")
    found = sorted(
        {(entry.value, entry.dist.name if entry.dist else "?") for entry in offered.select(name=name)}
    )
    if not found:
        raise UnknownComponentError.of(kind, name, offered.names)
    if len(found) > 1:
        packages = " and ".join(package for _, package in found)
        raise UnknownComponentError(
            f"{kind} {name!r} is offered by {packages}; right is one of them installed"
        )
    try:
        return offered[name].load()
    except (ImportError, AttributeError) as error:
        raise UnknownComponentError(
            f"{kind} {name!r} of the package {found[0][1]!r} cannot be loaded ({error}); "
            f"right is an entry point that leads to an object"
        ) from error


def embedder_of(name: str, backend: Backend | None = None, device: str | None = None) -> str | Embedder:
    """Return the embedder a package offers under `name`; the name itself where none does.

    A name of the package's own always means its own encoder, and "none" no encoder. With `backend` or
    `device`, it is the sentence-transformers model of that name.

    Raises:
        UnknownComponentError: A plug-in cannot be loaded, or `backend` or `device` do not fit the embedder.
    """
    from readout_diff.embedders import BUNDLED, NO_EMBEDDER

    own = name in ("bundled", NO_EMBEDDER, *BUNDLED)
    if backend or device:
        if own:
            raise UnknownComponentError(
                f"the embedder {name!r} takes no backend and no device; "
                "--backend and --device are for a sentence-transformers model, given with --embedder"
            )
        from readout_diff.embedders.sentence_transformer import load_sentence_transformer

        return load_sentence_transformer(name, backend or "torch", device or "cpu")
    if own or name not in entry_points(group="readout_diff.embedders").names:
        return name
    made: Embedder = plugin("embedder", name)()
    return made
