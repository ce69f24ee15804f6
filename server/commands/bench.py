"""`sojourn bench`: how fast this machine does the main job."""

from typing import Annotated

import typer
from rich.progress import Progress

from server.opening import DataOption, open_settings

app = typer.Typer(no_args_is_help=True, help="Measure how fast this machine does the main job.")


@app.callback()
def choose() -> None:
    """Measure how fast this machine does the main job."""


@app.command()
def journey(
    contacts: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many.")] = 10_000,
    data: DataOption = None,
) -> None:
    """Event → condition → e-mail to a local sink → end, on a scratch database."""
    from server.bench.journey import measure_journey

    settings = open_settings(data)
    with Progress(transient=True) as progress:
        task = progress.add_task("letters taken", total=contacts)
        figures = measure_journey(
            settings, contacts, lambda sent: progress.update(task, completed=sent)
        )
    where = "SQLite" if settings.is_embedded else "PostgreSQL"
    typer.echo(f"{figures.contacts} contacts on {where}: event → condition → e-mail → end")
    typer.echo(f"  {figures.per_second:,.0f} contacts/s ({figures.total_seconds:.1f} s in all)")
    typer.echo(f"  {figures.contacts / figures.accept_seconds:,.0f} events/s accepted")
    typer.echo(f"  {figures.cpu_seconds / figures.contacts * 1e3:.2f} CPU-ms each, this process")
    typer.echo(f"  {figures.peak_bytes / 2**20:,.0f} MB at most, this process")
