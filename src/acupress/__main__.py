"""The way in: ``acupress`` and ``python -m acupress``."""

from acupress.cli import main

if __name__ == "__main__":
    main()
