"""
The completion scripts of bash, zsh and fish, and their installation.

Each asks the program, in the protocol that Typer has for fish: it prints a value a
line, with a tab and its explanation after it. Typer's own scripts offer the names of
files wherever there is nothing else, and its script for zsh does nothing at the first
Tab of a shell: it defines a function, where zsh loads the whole file as one.
Here files are offered where the program takes one, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import shellingham

from acupress.commands.inventory import Command
from acupress.errors import StorageError, WrongUseError

_TYPERS: Any = import_module("typer.completion")  # it exports nothing by name
_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
_NAMES = {"prog_name": "acupress", "complete_var": "_ACUPRESS_COMPLETE"}

_ASK = (
    "env _ACUPRESS_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args "
    "_TYPER_COMPLETE_ARGS="
)


def shell_of(option: str, given: Sequence[str]) -> str:
    """
    Return the shell that was *given* to *option*, or else the one that we run in.

    Raises WrongUseError if there is none that can be taught.
    """
    shell = given[0].lower() if given else _detected()
    if len(given) > 1 or shell not in _SHELLS:
        raise WrongUseError(f"{option}: write one of: {', '.join(_SHELLS)}")
    return shell


def _detected() -> str:
    try:
        return str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        return ""


def install(shell: str, commands: Sequence[Command]) -> None:
    """
    Teach *shell*, and say where the script is.

    Typer knows where it goes and what the shell's own file has to say; for all shells
    but PowerShell the script is then replaced by ours.
    """
    try:
        shell, path = _TYPERS.install(shell=shell, **_NAMES)
        if shell in _OURS:
            path.write_text(script(shell, commands), "utf-8")
    except OSError as error:
        raise StorageError(f"{error.filename}: {error.strerror}") from error
    print(f"{shell} completion installed in {path}")
    print(f"It works in each {shell} that you start from now on.")


def script(shell: str, commands: Sequence[Command]) -> str:
    """Return the script for *shell*."""
    if shell in _OURS:
        return _OURS[shell](commands)
    return str(_TYPERS.get_completion_script(shell=shell, **_NAMES)) + "\n"


def bash(commands: Sequence[Command]) -> str:
    """Return the script that bash-completion loads."""
    return f"""\
# Completion of acupress for bash.
_acupress() {{
    local IFS=$'\\n' line=${{COMP_LINE:0:COMP_POINT}}
    local before="${{line% *}} " last=${{line##* }} word=${{COMP_WORDS[COMP_CWORD]#=}}
    if {_takes_a_file(commands)}; then
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$word"))
        return
    fi
    COMPREPLY=($({_ASK}"$line" "$1" 2>/dev/null | cut -f1))
}}
complete -F _acupress acupress
"""


def zsh(commands: Sequence[Command]) -> str:
    """
    Return the script for zsh, which loads it as a function when it is needed.

    As a function it runs at once, so that the first Tab completes, too; read by
    ``source`` it only says who completes.
    """
    return f"""\
#compdef acupress
_acupress() {{
    local before="${{(j: :)words[1,CURRENT-1]}} " last="${{words[CURRENT]}}"
    [[ $last == --*=* ]] && compset -P '*='
    if {_takes_a_file(commands)}; then
        _files
        return
    fi
    local -a offered
    offered=("${{(@f)$({_ASK}"$before$last" $words[1] 2>/dev/null)}}")
    offered=("${{(@)offered//:/\\\\:}}")
    offered=("${{(@)offered//$'\\t'/:}}")
    offered=("${{(@)offered:#}}")
    (( $#offered )) && _describe acupress offered
}}
if [[ $funcstack[1] == _acupress ]]; then
    _acupress "$@"
else
    compdef _acupress acupress
fi
"""


def fish(commands: Sequence[Command]) -> str:
    """Return the script that fish loads before it completes ``acupress``."""
    names = "|".join(each.name for each in commands if each.takes_files)
    options = " ".join(_file_options(commands))
    return f"""\
# Completion of acupress for fish.
function __acupress_takes_a_file
    set -l before (commandline -poc)
    contains -- $before[-1] {options}; and return 0
    string match -q -- '-*' (commandline -ct); and return 1
    string match -qr -- '(^|/)acupress ({names})( |$)' "$before"
end
complete -c acupress -f -a '({_ASK}(commandline -cp) acupress 2>/dev/null)'
complete -c acupress -n __acupress_takes_a_file -F
"""


def _takes_a_file(commands: Sequence[Command]) -> str:
    """Return the condition, for bash and zsh, that a file name is being typed."""
    options = [
        f'$before == *" {option} " || $last == {option}=*'
        for option in _file_options(commands)
    ]
    names = [
        f'$before == *"acupress {each.name} "*' for each in commands if each.takes_files
    ]
    return (
        f"[[ {' || '.join(options)} || ( $last != -* && ( {' || '.join(names)} ) ) ]]"
    )


def _file_options(commands: Sequence[Command]) -> list[str]:
    return sorted({option for each in commands for option in each.file_options})


_OURS = {"bash": bash, "zsh": zsh, "fish": fish}
