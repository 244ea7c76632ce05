"""``python -m bodymap FOLDER``: makes the pictures, for `make pictures`."""

import sys
from pathlib import Path

from bodymap.pictures import write_pictures

if __name__ == "__main__":
    write_pictures(Path(__file__).parents[1] / "data" / "figures", Path(sys.argv[1]))
