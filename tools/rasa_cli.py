"""Rasa's own command line on this environment: `python -m tools.rasa_cli shell nlu --model models`."""

from __future__ import annotations

from bot.rasa_compat import use_ordered_graph_runner


def main() -> None:
    """Hand the arguments to Rasa."""
    use_ordered_graph_runner()
    from rasa.__main__ import main as rasa_main

    rasa_main()


if __name__ == "__main__":
    main()
