"""``python -m readout_diff`` is the same as ``readout-diff``."""

from readout_diff.cli import main

main()
