# %% [markdown]
# # What do the two sides do with the same subject?
#
# That both mention a subject does not mean that they say the same. Three things differ: how much room a subject gets,
# when it comes, and what is claimed about it.
# %%
from pathlib import Path

import matplotlib.pyplot as plt

from readout_diff import compare, load, load_readouts
from readout_diff.plots import plot_alignment, plot_strips, plot_topics

white_house, kremlin = load_readouts(Path("../seeds/000_78d42d08e289e3ea.txt"))[:2]
c = compare(white_house, kremlin)
print(c.signature)
# %% [markdown]
# ## Room
#
# The White House gives Ukraine much more of its account than the Kremlin does.
# %%
plot_topics(c)
plt.show()
# %% [markdown]
# ## Order
#
# Each account as a strip, from its first word to its last. What comes first is what its author wants read first.
# %%
plot_strips(c)
plt.show()
# %%
both = c.topics[c.topics.side == "both"]
both[["label", "first_a", "first_b", "share_a", "share_b"]].round(2)
# %% [markdown]
# ## The same event, passage by passage
# %%
plot_alignment(c)
plt.show()
# %% [markdown]
# ## Contradictions
#
# An invented pair from the development set, written to disagree: who asked for the call, how many, promised or not.
# %%
folder = Path("../tests/data/gold/dev/dev01-en-de-2021-09-21")
d = compare(load(folder / "a.txt"), load(folder / "b.txt"))
for finding in d.findings[d.findings.kind == "conflict"].itertuples():
    print(f"strength {finding.strength:.2f}")
    for phrase in finding.evidence:
        print("   ", phrase)
# %% [markdown]
# A contradiction that is found is worth a look; one that is not found proves nothing: see notebook 05.
#
# ## All findings
# %%
c.findings.groupby(["kind", "side"]).size().rename("findings").to_frame()
# %% [markdown]
# ## The claim
# %%
assert c.topics.query("topic == 'ukraine'").eval("share_a > 1.3 * share_b").all()
