"""The command `pumping-guide`: routines checked, laid out and played; Qt is imported for the window only."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from guide import __version__
from guide.answers import ENDED_BY_SIGNAL, OK, USAGE, complain, paths_of
from guide.core.shown import path_line
from guide.language import _, asked_by, reason, speak
from guide.standing import is_folder, is_there
from guide.store.paths import Paths

if TYPE_CHECKING:
    import argparse

VALUED: Final = frozenset({"--home", "--speed", "--trace", "--voice"})  # options that take the word after them


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is one of `guide.answers`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _have_streams()
    speak(asked_by(os.environ))
    with _quietly_interrupted():
        try:
            code = _run(given)
            _show_the_rest(code)
        except LookupError as error:
            return complain(str(error.args[0]))
        except BrokenPipeError:  # somebody read the first lines of a list and had enough
            _drop_output()
            return OK
        except OSError as error:
            _drop_output()
            what = path_line(error.filename or _("The output"))
            return complain(_("{what} cannot be written: {reason}").format(what=what, reason=reason(error)))
        return code


def window() -> int:
    """The command of a desktop's menu: nobody sees a terminal there, so a complaint comes in a box."""
    from guide import answers

    answers.in_a_box = sys.stderr is None or not sys.stderr.isatty()
    return main()


def _run(given: list[str]) -> int:
    if given[:1] == ["--speak"]:  # a bundle, asked to be the child process in which an engine speaks
        from guide.sound.voices.__main__ import main as speak

        speak()
        return OK
    if (home := _plainly(given)) is not None:
        return _no_folder(home.get("home")) or _open(SimpleNamespace(**home))
    if {"--version", "--verbose"} <= set(given):
        return _later("versions")(None)
    options = command_line().parse_args(_with_command(given))
    command: Callable[[argparse.Namespace], int] = options.run
    return _no_folder(getattr(options, "home", None)) or command(options)


def _no_folder(home: Path | None) -> int:
    """Say which part of `--home` is no folder, and end so; 0 where it is one or can be made."""
    if home is None:
        return OK
    folders = Paths.of(home)
    for place in (*reversed(folders.data.parents), *folders):
        if (is_there(place) or place.is_symlink()) and not is_folder(place):
            return complain(_("{path} is not a folder; --home names one").format(path=path_line(place)), USAGE)
    return OK


def _plainly(given: list[str]) -> dict[str, Path] | None:
    """The usual start, which needs no parser: the window and at most a home."""
    match given:
        case []:
            return {}
        case ["--home", folder] if folder and not folder.startswith("-"):
            return {"home": Path(folder)}
        case _:
            return None


def _with_command(given: list[str]) -> list[str]:
    """Options alone open the window; those before a command belong behind it, where the parser looks for most."""
    words = iter(enumerate(given))
    for index, word in words:
        if word in VALUED:
            next(words, None)
        elif not word.startswith("-") and set(given[:index:2]) <= VALUED:
            return [word, *given[:index], *given[index + 1 :]]
        elif not word.startswith("-") or word in {"-h", "--help", "--version"}:
            return given
    return ["open", *given]


def command_line() -> argparse.ArgumentParser:
    import argparse  # the usual start needs none

    from guide import usage

    usage.speak()
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument(
        "--home",
        type=_folder,
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=_("keep every file of the program under DIR"),
    )
    timed = argparse.ArgumentParser(add_help=False)
    timed.add_argument("--speed", type=_speed, default=1.0, metavar="N", help=_("rehearse N times as fast, 1 to 1000"))
    timed.add_argument("--trace", type=Path, metavar="FILE", help=_("write each happening as a line of JSON"))
    routine = argparse.ArgumentParser(add_help=False)
    routine.add_argument("routine", metavar="ROUTINE", help=_("an id (massage-stroke-shake), a name, or a file"))

    parser = argparse.ArgumentParser(
        prog="pumping-guide",
        parents=[everywhere],
        description=_("Guides a pumping session by voice, chimes and pictures. Without a command: opens the window."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"pumping-guide {__version__}",
        help=_("show program's version number and exit"),
    )
    parser.add_argument(
        "--verbose", action="store_true", help=_("with --version: the versions of Python, Qt and the voices too")
    )
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], help_text: str, *parents: Any
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text, description=help_text, parents=[everywhere, *parents])
        command.set_defaults(run=run)
        return command

    window = add("open", _open, _("the window, at Get ready of ROUTINE if one is given"), timed)
    window.add_argument("routine", metavar="ROUTINE", nargs="?", help=_("an id, a name, or a file"))
    window.add_argument("--start", action="store_true", help=_("start it at once"))
    listing = add("list", _later("list_routines"), _("built-in routines and your own"))
    listing.add_argument("--json", action="store_true")
    check = add("check", _later("check"), _("find the mistakes in routine files"))
    check.add_argument("files", metavar="FILE", nargs="+", type=Path, help=_("routine files; - reads standard input"))
    plan = add("plan", _later("plan"), _("a routine laid out in time"), routine)
    plan.add_argument("--json", action="store_true")
    plan.add_argument("--first", choices=("left", "right"), help=_("the breast that `side: each` begins with"))
    play = add("play", _later("play", "playing"), _("a session in the terminal"), routine, timed)
    play.add_argument("--well", action="store_true", help=_("nothing is sore: answers the check before hands-on work"))
    play.add_argument("--silent", action="store_true", help=_("no sound; the words are printed"))
    speaks = _("speak with this voice, as 'doctor' names it")
    play.add_argument("--voice", metavar="NAME", help=speaks)
    play.add_argument("--listen", action="store_true", help=_("hear your own words, taught in the window"))
    card = add("card", _later("card"), _("a one-page card of a routine, as PDF"), routine)
    card.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    card.add_argument("--paper", choices=("a4", "letter"), default="a4")
    export = add("export", _later("export"), _("a routine as a sound file, or as a page for a phone"), routine)
    export.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help=_("ends in .mp3, .flac, .wav or .html")
    )
    export.add_argument(
        "--ranges",
        choices=("shortest", "middle", "longest"),
        default="middle",
        help=_("how long a step such as 5-7 min lasts in a sound file (middle)"),
    )
    export.add_argument(
        "--sounds", choices=("rain", "brown", "fan", "music", "shuffled", "baby"), help=_("a background sound")
    )
    export.add_argument("--voice", metavar="NAME", help=speaks)
    export.add_argument("--first", choices=("left", "right"), help=_("the breast that `side: each` begins with"))
    importing = add("import", _later("take_in", "carrying"), _("import routines and sessions"))
    importing.add_argument("files", metavar="FILE", nargs="+", type=Path)
    importing.add_argument("--unit", choices=("ml", "oz"), help=_("what amounts are in that name no unit"))
    importing.add_argument(
        "--same-time", action="store_true", help=_("import also what begins at the time of a session that you have")
    )
    answer = importing.add_mutually_exclusive_group()
    answer.add_argument("--dry-run", action="store_true", help=_("say what would come in, and change nothing"))
    answer.add_argument("--yes", action="store_true", help=_("do not ask first"))
    archive = add("archive", _later("archive", "carrying"), _("all your data as one file"))
    restoring = add("restore", _later("bring_back", "carrying"), _("merge such a file into what is here"))
    for one in (archive, restoring):
        one.add_argument("file", metavar="FILE.zip", type=Path)
    restoring.add_argument("--yes", action="store_true", help=_("do not ask first"))
    log = add("log", _later("log"), _("your sessions"))
    form = log.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true")
    form.add_argument("--csv", action="store_true")
    log.add_argument("--since", metavar="DATE", help=_("from this day on, for example 2026-05-01 or yesterday"))
    add("schema", _later("schema"), _("the JSON Schema of a routine, for editors"))
    add("doctor", _later("doctor"), _("what works on this computer, and what to install where something does not"))
    desktop = add("install-desktop", _install_desktop, _("add the program to this user's menu of programs (Linux)"))
    desktop.add_argument("--remove", action="store_true", help=_("remove it again; your routines and sessions stay"))
    parser.set_defaults(run=_open)
    return parser


def _folder(text: str) -> Path:
    from argparse import ArgumentTypeError

    if not text:
        raise ArgumentTypeError(_("name the folder to keep the files in"))
    return Path(text)


def _speed(text: str) -> float:
    from argparse import ArgumentTypeError

    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 1000:
        raise ArgumentTypeError(_("'{text}' is not a speed; write a number from 1 to 1000").format(text=text))
    return speed


def _install_desktop(options: argparse.Namespace) -> int:
    from guide import integration

    return integration.run(command_line(), remove=options.remove, paths=paths_of(options))


def _later(name: str, module: str = "commands") -> Callable[[argparse.Namespace | None], int]:
    """A command without a window: imported when it is run, so that a window comes sooner."""

    def run(options: argparse.Namespace | None) -> int:
        from importlib import import_module

        command: Callable[[argparse.Namespace | None], int] = getattr(import_module(f"guide.{module}"), name)
        return command(options)

    return run


def _open(options: object) -> int:
    from guide import desktop  # only the window needs these

    place = desktop.look()
    if place.trouble:
        return _in_the_terminal(options, place.trouble)
    if place.notice:
        complain(place.notice)
    try:
        from guide import app
    except ImportError as error:
        return _in_the_terminal(options, desktop.explain(error))
    return app.run(
        paths=paths_of(options),
        routine=getattr(options, "routine", None),
        start=getattr(options, "start", False),
        speed=getattr(options, "speed", 1.0),
        trace=getattr(options, "trace", None),
        platform=place.platform,
    )


def _in_the_terminal(options: Any, why: str) -> int:
    """Where no window can open, a terminal guides a session; where there is none either, the reason is all there is."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return complain(why)
    print(why)
    routine = getattr(options, "routine", None)
    if routine is None:
        from guide.commands import library_of
        from guide.menu import chosen

        routine = chosen(library_of(options))
    if routine is None:
        return OK
    words = ["play", routine]
    for name in ("home", "speed", "trace"):
        if (value := getattr(options, name, None)) is not None:
            words += [f"--{name}", str(value)]
    return _run(words)


def _have_streams() -> None:
    """A stream that was closed leads nowhere, and one of another encoding shows what it can of our words."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):  # each opens under its own closed number
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123  open as long as we run
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            # A file or a pipe gets UTF-8, whatever the console's own letters are: nothing of hers is lost on the way.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    _let_the_console_move()


def _let_the_console_move() -> None:
    """An old console shows the codes that move its cursor as letters, until it is asked to follow them."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        output, mode = kernel.GetStdHandle(-11), ctypes.c_uint32()
        if kernel.GetConsoleMode(output, ctypes.byref(mode)):
            kernel.SetConsoleMode(output, mode.value | 4)


def _show_the_rest(code: int) -> None:
    """Raises OSError where the output has no room; where a signal ended the program the terminal may be gone."""
    try:
        sys.stdout.flush()
    except OSError:
        if code <= ENDED_BY_SIGNAL:
            raise
        _drop_output()


def _drop_output() -> None:
    """What is still to be written goes nowhere; the interpreter would try once more as it ends, and complain."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


@contextlib.contextmanager
def _quietly_interrupted() -> Iterator[None]:
    """Ctrl+C ends the program without a word: what has to be kept is on the disk at every moment."""
    first = threading.current_thread() is threading.main_thread()
    if not first or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
