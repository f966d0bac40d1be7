"""The verbs of linking: what the model in force is, and training another one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from fourfold.cli.options import HomeOption
from fourfold.cli.saying import say
from fourfold.home import Home

app = typer.Typer(help="Say which model links records, and train another.")


@app.command()
def model(home: HomeOption = None) -> None:
    """Say which linkage model is in force, what it was trained on, and which there are.

    Example: fourfold link model
    """
    from fourfold.link.costs import costs_on
    from fourfold.link.model import versions
    from fourfold.pipeline.opening import open_figures
    from fourfold.pipeline.people import model_in_force, own_models

    opened = open_figures(Home.choose(home), date.today())
    found = model_in_force(opened)
    costs = costs_on(opened.rules.on, opened.rules.policy)
    say(f"{found.version}, trained on {found.trained_on.day} {found.trained_on:%B %Y}: {found.data}")
    if found.made_up:
        say("It knows made-up people only. Train one on your own records: fourfold link train VERSION")
    say(f"{found.records:,} records, {found.answers:,} answers of reviewers")
    say(
        f"Joined from {costs.joins_from:.3f}; looked at from {costs.looks_from:.3f} to {costs.looks_to:.3f} (linkage.costs)"
    )
    say(f"There are: {', '.join(versions(own_models(opened)))}")


@app.command()
def train(
    version: Annotated[str, typer.Argument(help="The name of the new model, for example own-2026-12.")],
    words: Annotated[
        str, typer.Option("--on", help="In words, what it is trained on.")
    ] = "all records of the home",
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the model; without it only its effect is shown.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """Train a linkage model on the records that are linked, and show what it would change.

    Nobody is joined or parted by it: a model that is kept counts once linkage.model in the policy folder names it.

    Example: fourfold link train own-2026-12 --keep
    """
    from fourfold.pipeline import link_training

    chosen = Home.choose(home)
    proposal = link_training.propose(chosen, version, date.today(), words)
    effect = proposal.effect
    if effect is not None:
        say(f"Against {effect.standing}: {effect.people_before:,} people become {effect.people_after:,}")
        say(f"{effect.joining:,} pairs of people would join, {effect.parting:,} would part")
        say(
            f"{effect.answers_kept:,} of {effect.answers:,} answers of reviewers are what the model says itself"
        )
        for record_a, ref_a, record_b, ref_b, change in effect.pairs.iter_rows():
            say(f"  {change}: {record_a}/{ref_a} and {record_b}/{ref_b}")
    if not keep:
        say("Nothing was kept. Add --keep to keep the model.")
        return
    path = link_training.keep(proposal, chosen)
    say(f"Kept as {path}. It counts once linkage.model in the policy folder names {version}.")
