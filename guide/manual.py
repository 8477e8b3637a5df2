"""The man page and the completions of shells, made of the command line's own parser: they are never out of date."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Final

from guide import __version__
from guide.calling import COMMAND
from guide.store.paths import builtin_folder

FILES: Final = {"FILE", "DIR", "SHEET"}


def texts(parser: argparse.ArgumentParser) -> dict[str, str]:
    """Every text, by its place below the folder `share`."""
    return {
        f"man/man1/{COMMAND}.1": man_page(parser),
        f"bash-completion/completions/{COMMAND}": bash(parser),
        f"zsh/site-functions/_{COMMAND}": zsh(parser),
        f"fish/vendor_completions.d/{COMMAND}.fish": fish(parser),
    }


def commands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Name, sentence and parser of each command."""
    for action in parser._actions:  # noqa: SLF001  argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            said = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
            yield from ((name, said[name], command) for name, command in action.choices.items())


def options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings]  # noqa: SLF001


def words(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What follows a command without a dash."""
    return [
        action
        for action in parser._actions  # noqa: SLF001
        if not action.option_strings and not isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    ]


def takes_routine(parser: argparse.ArgumentParser) -> bool:
    return any(action.metavar == "ROUTINE" for action in words(parser))


def routines() -> list[str]:
    return sorted(path.stem for path in builtin_folder().glob("*.yaml"))


def man_page(parser: argparse.ArgumentParser) -> str:
    lines = [
        f'.TH PUMPING-GUIDE 1 "" "Pumping Guide {__version__}" "User Commands"',
        ".SH NAME",
        "pumping-guide \\- guide through a pumping session by voice, chimes and pictures",
        ".SH SYNOPSIS",
        ".B pumping-guide",
        ".RI [ OPTIONS ]\n.RI [ COMMAND ]",
        ".SH DESCRIPTION",
        roff(parser.description or ""),
        "ROUTINE is an id (massage\\-stroke\\-shake), a name, or a file.",
        "Where several have one name, yours is taken, and the ids of the others are told.",
        ".SH OPTIONS",
        *option_lines(parser),
        ".SH COMMANDS",
    ]
    for name, sentence, command in commands(parser):
        line = " ".join([name, *(str(word.metavar or word.dest) for word in words(command))])
        lines += [".TP", f".B {roff(line)}", roff(sentence[:1].upper() + sentence[1:]) + "."]
        inner = [option for option in options(command) if option.dest not in {"help", "home"}]
        if inner:
            lines += [".RS", *option_lines(command, inner), ".RE"]
    lines += [
        ".SH FILES",
        ".TP",
        ".I ~/.local/share/pumping\\-guide",
        "Your routines and sessions; they stay when the program is taken out.",
        ".TP",
        ".I ~/.config/pumping\\-guide",
        "Settings.",
        ".TP",
        ".I ~/.cache/pumping\\-guide",
        "Spoken prompts, made again when needed.",
        ".SH EXIT STATUS",
        "0: all of it was done. 1: something could not be, or was left out, such as a line of an import.",
        "2: the command was given wrongly, or nobody said yes to bringing in.",
        "128 plus a signal's number: that signal ended it.",
    ]
    return "\n".join(lines) + "\n"


def option_lines(parser: argparse.ArgumentParser, which: list[argparse.Action] | None = None) -> list[str]:
    lines: list[str] = []
    for option in options(parser) if which is None else which:
        value = f" {option.metavar or option.dest.upper()}" if option.nargs != 0 else ""
        lines += [".TP", f".B {roff(', '.join(option.option_strings) + value)}", roff(option.help or "") or "\\&"]
    return lines


def roff(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-")


def bash(parser: argparse.ArgumentParser) -> str:
    cases: list[str] = []
    for name, _, command in commands(parser):
        found = " ".join(string for option in options(command) for string in option.option_strings)
        ids = " $routines" if takes_routine(command) else ""
        cases.append(f'        {name}) wanted="{found}{ids}" ;;')
    names = " ".join(name for name, _, _ in commands(parser))
    head = " ".join(string for option in options(parser) for string in option.option_strings)
    body = "\n".join(cases)
    return f"""# Completion of pumping-guide for bash.
_pumping_guide() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" wanted="{names} {head}" given routines
    routines="{" ".join(routines())}"
    for given in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "$given" in
{body}
        esac
    done
    mapfile -t COMPREPLY < <(compgen -W "$wanted" -f -- "$word")
}}
complete -o filenames -F _pumping_guide pumping-guide
"""


def zsh(parser: argparse.ArgumentParser) -> str:
    listed = "\n".join(f"    '{name}:{quoted(sentence)}'" for name, sentence, _ in commands(parser))
    cases: list[str] = []
    for name, _, command in commands(parser):
        arguments = " ".join(
            f"'{string}[{quoted(option.help or option.dest)}]{_zsh_value(option)}'"
            for option in options(command)
            for string in option.option_strings
        )
        rest = "'*:routine:($routines)'" if takes_routine(command) else "'*:file:_files'"
        cases.append(f"    ({name}) _arguments {arguments} {rest} ;;")
    body = "\n".join(cases)
    return f"""#compdef pumping-guide
# Completion for zsh.
local -a listed routines
listed=(
{listed}
)
routines=({" ".join(routines())})
if (( CURRENT == 2 )); then
    _describe command listed
else
    case $words[2] in
{body}
    esac
fi
"""


def _zsh_value(option: argparse.Action) -> str:
    return "" if option.nargs == 0 else f":{option.dest}:" + ("_files" if option.metavar in FILES else "")


def quoted(text: str) -> str:
    return text.replace("'", "'\\''").replace(":", "\\:").replace("[", "\\[").replace("]", "\\]")


def fish(parser: argparse.ArgumentParser) -> str:
    lines = ["# Completion of pumping-guide for fish."]
    for name, sentence, command in commands(parser):
        spoken = sentence.replace("'", "\\'")
        lines.append(f"complete -c {COMMAND} -n __fish_use_subcommand -f -a {name} -d '{spoken}'")
        inside = f"-n '__fish_seen_subcommand_from {name}'"
        for option in options(command):
            flags = " ".join(
                f"-l {string[2:]}" if string.startswith("--") else f"-s {string[1:]}"
                for string in option.option_strings
            )
            value = "" if option.nargs == 0 else " -r" if option.metavar in FILES else " -x"
            lines.append(f"complete -c {COMMAND} {inside} {flags}{value}")
        if takes_routine(command):
            lines.append(f"complete -c {COMMAND} {inside} -a '{' '.join(routines())}'")
    return "\n".join(lines) + "\n"
