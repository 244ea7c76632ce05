"""The way in: ``acupress`` and ``python -m acupress``."""

import signal

# Ctrl-C ends the program at once, also while it is still being loaded; a session
# listens for itself. Whoever starts us deaf to it (nohup) has us stay deaf.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from acupress.cli import main

if __name__ == "__main__":
    main()
