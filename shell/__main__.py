"""Writes the pages that are made from the program: ``python -m shell FOLDER``."""

import sys
from pathlib import Path

from shell import write_pages

write_pages(Path(sys.argv[1]))
