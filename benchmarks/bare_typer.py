"""The yardstick for starting: a Typer program whose two commands do nothing."""

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def show(name: str) -> None:
    """Print what was typed."""
    print(name)


@app.command("list")
def listing() -> None:
    """Print nothing."""


if __name__ == "__main__":
    app()
