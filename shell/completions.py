"""
The completions for bash, zsh and fish.

Each asks the program, in the protocol that Typer has for fish: it prints a value a
line, with a tab and its explanation after it. Typer's own scripts offer the names of
files wherever there is nothing else, and its script for zsh does nothing at the first
Tab of a shell: it defines a function, where zsh loads the whole file as one.
Here files are offered where the program takes one, and nowhere else.
"""

from __future__ import annotations

from shell.commands import Command

_ASK = (
    "env _ACUPRESS_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args "
    "_TYPER_COMPLETE_ARGS="
)


def bash(commands: list[Command]) -> str:
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


def zsh(commands: list[Command]) -> str:
    """Return the body of the function ``_acupress``, which zsh loads when needed."""
    return f"""\
#compdef acupress
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
"""


def fish(commands: list[Command]) -> str:
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


def _takes_a_file(commands: list[Command]) -> str:
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


def _file_options(commands: list[Command]) -> list[str]:
    return sorted({option for each in commands for option in each.file_options})
