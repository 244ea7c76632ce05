"""Baseline for start-up: a Typer program with two commands that do nothing."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def show(name: str) -> None:
    """Print the argument."""
    print(name)


@app.command("list")
def listing() -> None:
    """Do nothing."""


if __name__ == "__main__":
    app()
