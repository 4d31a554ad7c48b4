"""The commands on the vectors that are kept on disk."""

from __future__ import annotations

from readout_diff.cli.options import CacheOption
from readout_diff.cli.output import show


def cache_info(cache: CacheOption = None) -> None:
    """Show what is kept: where, how much, of which models."""
    from readout_diff.embedders.cache import EmbeddingCache, default_folder
    from readout_diff.render.listings import cache_table

    info = EmbeddingCache(cache or default_folder()).info()
    print(f"{info.path}: {info.bytes / 1e6:.1f} of at most {info.limit / 1e6:.0f} MB")
    show(cache_table(info))


def cache_clear(cache: CacheOption = None) -> None:
    """Delete the vectors that are kept; they are made again when they are needed."""
    from readout_diff.embedders.cache import clear_cache, default_folder

    print(f"{clear_cache(cache or default_folder()) / 1e6:.1f} MB freed")
