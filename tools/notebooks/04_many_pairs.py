# %% [markdown]
# # Many pairs: which subjects are left out, and by whom?
#
# One comparison is an anecdote. Here are the development set's pairs, as a small corpus: invented parties, real
# subjects, four languages. What is one-sided again and again?
# %%
import json
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from readout_diff import compare, load

rows = []
for folder in sorted(Path("../tests/data/gold/dev").iterdir()):
    about = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    c = compare(load(folder / "a.txt"), load(folder / "b.txt"), embedder="use")
    frame = c.topics.assign(
        pair=folder.name, year=int(about["date"][:4]), languages="-".join(about["languages"])
    )
    rows.append(frame.assign(links=len(c.pairs), passages=len(c.passages)))
topics = pd.concat(rows, ignore_index=True)
print(c.signature)
print(len(rows), "pairs")
# %% [markdown]
# `embedder="use"` is the faster of the two bundled encoders: good for a first look at an archive.
#
# ## Subjects: in both accounts, or in one
# %%
mentioned = topics[topics.side.isin(["a", "b", "both"])]
table = mentioned.assign(one_sided=mentioned.side != "both").groupby("label").one_sided.agg(["size", "mean"])
table.columns = ["pairs", "share one-sided"]
table.sort_values(["pairs", "share one-sided"], ascending=False).round(2)
# %%
counts = mentioned.assign(found=mentioned.side.map({"both": "both", "a": "one side", "b": "one side"}))
counts = counts.groupby(["label", "found"]).size().unstack(fill_value=0)
ax = counts.loc[counts.sum(axis=1).sort_values().index].plot.barh(
    stacked=True, figsize=(7, 5), color=["#2b6cb0", "#d69e2e"]
)
ax.set_xlabel("pairs")
ax.set_ylabel("")
plt.show()
# %% [markdown]
# ## How much of one account has a counterpart in the other?
# %%
per_pair = topics.drop_duplicates("pair").set_index("pair")[["year", "languages", "passages", "links"]]
per_pair.groupby("languages")[["passages", "links"]].sum().assign(
    links_per_100=lambda f: (100 * f.links / f.passages).round(1)
)
# %% [markdown]
# ## Over the years
# %%
mentioned.assign(one_sided=mentioned.side != "both").groupby("year").one_sided.agg(["size", "mean"]).round(2)
# %% [markdown]
# ## The claim
#
# Every pair has at least one subject that only one side mentions.
# %%
assert mentioned[mentioned.side != "both"].groupby("pair").size().reindex(topics.pair.unique()).min() >= 1
