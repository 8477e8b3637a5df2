"""What the command line does without a window: routines checked, laid out, played and taken in. No Qt."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Final

from guide import __version__
from guide.answers import OK, PROBLEMS, USAGE, Progress, complain, paths_of, taken
from guide.calling import how_to_bring, is_bundled
from guide.core.duration import rounded, span, written
from guide.core.layout import lay_out
from guide.core.plan_text import as_data, as_text
from guide.core.routine import Routine, Side, side_to_begin
from guide.core.shown import one_line, path_line
from guide.language import _, reason, screen, spoken
from guide.store.files import MOST_BYTES
from guide.store.paths import Paths, builtin_folder
from guide.store.routines.entry import Entry
from guide.store.routines.library import Library
from guide.store.routines.reader import Reading, laid_out, read, read_file
from guide.store.routines.schema import schema as schema_of_a_routine
from guide.store.settings import Beneath, load
from guide.store.yaml.problem import Problem
from guide.store.yaml.text import decode

PDF: Final = ".pdf"
STANDARD_INPUT: Final = "<standard input>"


def list_routines(options: argparse.Namespace) -> int:
    entries = library_of(options).entries()
    if options.json:
        print(json.dumps([_entry_data(entry) for entry in entries], ensure_ascii=False, indent=2))
        return OK
    names = [one_line(entry.id) for entry in entries]  # a file's name may hold anything
    width = max(map(len, names), default=0)
    for name, entry in zip(names, entries, strict=True):
        whose = "" if entry.builtin else "  " + _("(yours)")
        if entry.routine is None:
            wrong = _("does not load: {problem}").format(problem=_first_problem(entry))
            print(f"{name:<{width}}  {wrong}{whose}")
            continue
        plan = lay_out(entry.routine)
        sore = "" if entry.routine.suits_sore else "  " + _("(not with a sore breast)")
        print(f"{name:<{width}}  {one_line(entry.routine.name)}, {span(plan.shortest, plan.longest)}{whose}{sore}")
    return OK


def _first_problem(entry: Entry) -> str:
    first = entry.problems[0]
    where = "" if first.where == "file" else f"{first.where} "
    more = _(" (and {count} more)").format(count=len(entry.problems) - 1) if len(entry.problems) > 1 else ""
    return _("line {line}: {where}{message}{more}").format(
        line=first.line, where=where, message=first.message, more=more
    )


def _entry_data(entry: Entry) -> dict[str, object]:
    plan = lay_out(entry.routine) if entry.routine else None
    return {
        "id": entry.id,
        "name": entry.name,
        "builtin": entry.builtin,
        "file": str(entry.path),
        "shortest_s": plan.shortest.total_seconds() if plan else None,
        "longest_s": plan.longest.total_seconds() if plan else None,
        "when_sore": ("ok" if entry.routine.suits_sore else "avoid") if entry.routine else None,
        "problems": [str(problem) for problem in entry.problems],
    }


def check(options: argparse.Namespace) -> int:
    clean = True
    for path in options.files:
        piped = str(path) == "-"
        reading = _read_input() if piped else read_file(path)
        for problem in reading.problems:
            print(problem)
        for warning in reading.warnings:
            print(warning.as_warning)
        if not reading.problems and not reading.warnings:
            print(_("{file}: no mistakes").format(file=path_line(STANDARD_INPUT if piped else path)))
        clean = clean and not reading.problems
    return OK if clean else PROBLEMS


def _read_input() -> Reading:
    """A routine's text from the standard input, as an editor or a pipe gives it."""
    text = decode(sys.stdin.buffer.read(MOST_BYTES + 1), STANDARD_INPUT)
    return Reading(None, (text,)) if isinstance(text, Problem) else read(text, STANDARD_INPUT)


def plan(options: argparse.Namespace) -> int:
    entry = asked(options)
    routine = loaded(entry)
    if routine is None:
        return PROBLEMS
    first = Side(options.first) if options.first else side_to_begin(routine, None)
    plan = lay_out(routine, first, load(paths_of(options).settings)[0].pump)
    if options.json:
        print(json.dumps(as_data(plan, entry.id), ensure_ascii=False, indent=2))
    else:
        print(as_text(plan, screen()), end="")
    return OK


def card(options: argparse.Namespace) -> int:
    from guide import desktop

    if options.output.suffix.lower() != PDF:
        return complain(_("a card is a PDF; give it a name that ends in .pdf"), USAGE)
    if told := taken(options.output):
        return complain(told, USAGE)
    entry = asked(options)
    routine = loaded(entry)
    if routine is None:
        return PROBLEMS
    try:
        from guide.windowless import print_card
    except ImportError as error:
        return complain(desktop.explain(error))
    try:
        pump = load(paths_of(options).settings)[0].pump
        print_card(lay_out(routine, pump=pump), options.output, paper=options.paper)
    except OSError as error:
        return complain(_("{output} cannot be written: {reason}").format(output=options.output, reason=reason(error)))
    print(_("{output}: a card of {name}").format(output=options.output, name=one_line(routine.name)))
    return OK


def export(options: argparse.Namespace) -> int:
    from dataclasses import replace  # here and below: the other commands need none of these

    from guide import desktop
    from guide.along.encoders import FileFormat
    from guide.along.making import PAGE, Wanted, Workshop, bed_of, make_audio, make_page
    from guide.core.unattended import Ranges
    from guide.live.wishes import voices_of, wishes_of
    from guide.sound.pcm import SoundError

    output: Path = options.output
    if output.suffix.casefold() not in {PAGE, *FileFormat}:
        return complain(_("a file to take along ends in .mp3, .flac, .wav or .html; give it such a name"), USAGE)
    if told := taken(output):
        return complain(told, USAGE)
    paths = paths_of(options)
    entry = asked(options)
    routine = loaded(entry)
    if routine is None:
        return PROBLEMS
    settings, _notices = load(paths.settings)
    voice, sentence = voice_called(options.voice, paths, routine.language)
    if sentence:
        return complain(sentence, USAGE)
    wishes = wishes_of(settings)
    wishes = replace(wishes, voice_on=True, quiet=False, voice=voice or wishes.voice)
    first = Side(options.first) if options.first else side_to_begin(routine, None)
    beneath = Beneath[options.sounds.upper()] if options.sounds else Beneath.OFF
    bed = bed_of(beneath, settings)
    if bed is None and beneath is not Beneath.OFF:
        return complain(_("no folder of these sounds was chosen yet; choose it in the window, under Get ready"), USAGE)
    wanted = Wanted(routine, first, Ranges[options.ranges.upper()], bed, settings.pump)
    with Progress(sys.stderr) as progress:
        workshop = Workshop(
            wishes,
            paths.voices,
            entry.path.parent,
            voices_of(paths),
            progress=lambda step: progress.tell(step.done, step.of),
        )
        try:
            if output.suffix.casefold() == PAGE:
                from guide.windowless import phone_dress

                problems = make_page(wanted, output, workshop, phone_dress)
            else:
                problems = make_audio(wanted, output, workshop)
        except ImportError as error:
            return complain(desktop.explain(error))
        except SoundError as error:
            return complain(str(error))
        except OSError as error:
            return complain(_("{output} cannot be written: {reason}").format(output=output, reason=reason(error)))
    for problem in problems:
        print(problem, file=sys.stderr)
    print(_("{file}: {routine}").format(file=output, routine=one_line(routine.name)))
    return PROBLEMS if options.voice and problems else OK


def _day_of(words: str) -> date | None:
    """A day as History reads it, or any as 2026-05-01."""
    from guide.amounts import TypedError
    from guide.pages.history.typed import read_day

    try:
        return date.fromisoformat(words)
    except ValueError:
        pass
    try:
        return read_day(words, datetime.now().astimezone().date())
    except TypedError:
        return None


def log(options: argparse.Namespace) -> int:
    from guide.amounts import volume_words
    from guide.store.log.export import export_csv, export_json
    from guide.store.log.log import Log

    since = _day_of(options.since) if options.since else None
    if options.since and since is None:
        words = _("'{since}' is not a day that has come; write it for example as 2026-05-01, 8 Nov or yesterday")
        return complain(words.format(since=one_line(options.since)), USAGE)
    paths = paths_of(options)
    log = Log.open(paths.log, plan_of=laid_out)
    try:
        going_on = log.unfinished()  # one cut off long ago is closed as it stood
        elsewhere = log.played_elsewhere()
        for notice in log.notices:
            say_aside(notice)
        if elsewhere:
            say_aside(
                _("{routine_name} is going on just now, and is listed when it is over.").format(routine_name=elsewhere)
            )
        if going_on:
            say_aside(
                _("{routine_name} is not finished yet; the window offers to carry on with it.").format(
                    routine_name=going_on.routine_name
                )
            )
        records = log.records()
        some = bool(records)
        if log.unread is not None:
            return complain(_("{fact} Its sessions cannot be shown.").format(fact=log.unread.fact))
        if log.trouble is not None and not some:
            say_aside(log.trouble.fact)
        if since is not None:  # by the day that is shown, which her clock had there and then
            records = [record for record in records if record.began.date() >= since]
    finally:
        log.close()
    if options.json:
        print(export_json(reversed(records)), end="")
    elif options.csv:
        sys.stdout.write(export_csv(reversed(records)).replace("\r\n", "\n"))
    elif some and not records:
        print(_("No sessions from {since} on.").format(since=since))
    elif not records:
        print(_("No sessions yet. They appear here once one has been played or noted."))
    else:
        ounces, library = load(paths.settings)[0].units == "oz", library_of(options)
        for record in records:
            name = library.shown_name(record.routine_id, record.routine_name)
            parts = [one_line(name) or _("Without a routine")]
            if record.lasted:  # one noted by hand may have no length
                parts.append(written(rounded(record.lasted)))
            parts.append(volume_words(record.ml, ounces=ounces))
            print(f"{record.began:%Y-%m-%d %H:%M}  {', '.join(parts)}")
    return OK


def schema(options: argparse.Namespace) -> int:  # noqa: ARG001  every command takes the options
    print(json.dumps(schema_of_a_routine(), ensure_ascii=False, indent=2))
    return OK


def doctor(options: argparse.Namespace) -> int:
    from guide import desktop  # the other commands need none of these
    from guide.live import awake
    from guide.sound import doctor

    paths = paths_of(options)
    print(
        _("Pumping Guide {version}, Python {split} on {platform}.").format(
            version=__version__, split=sys.version.split()[0], platform=sys.platform
        )
    )
    print(_("Window: {trouble}").format(trouble=desktop.trouble() or _("it can open.")))
    print(awake.report())
    for line in doctor.report(paths.voices / "prompts", language=spoken()):
        print(line)
    entries = library_of(options).entries()
    broken = sum(entry.routine is None for entry in entries)
    own = sum(not entry.builtin for entry in entries)
    print(
        _("Routines: {count} built in, {own} of your own, {broken} that do not load.").format(
            count=len(entries) - own, own=own, broken=broken
        )
    )
    print(
        _("Your files: {data}, {config}; made again when needed: {cache}.").format(
            data=paths.data, config=paths.config, cache=paths.cache
        )
    )
    return OK


def versions(__: object) -> int:
    """What the program runs on, for whoever helps from afar."""
    import platform
    import re
    from importlib import metadata

    print(f"pumping-guide {__version__}")
    print(
        _("Python {python_version} on {platform}").format(
            python_version=platform.python_version(), platform=platform.platform()
        )
    )
    try:
        needs = metadata.requires("pumping-guide") or []
    except metadata.PackageNotFoundError:
        needs = []
    names = sorted({re.split(r"[^\w.-]", need)[0] for need in needs if "extra ==" not in need}, key=str.lower)
    for name in names:
        try:
            print(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            print(_("{name} is not there").format(name=name))
    return OK


def library_of(options: argparse.Namespace) -> Library:
    paths = paths_of(options)
    return Library(builtin_folder(), paths.own_routines, trash=paths.trash, cache=paths.summaries)


def loaded(entry: Entry) -> Routine | None:
    for problem in entry.problems:
        print(problem)
    return entry.routine


def voice_called(name: str | None, paths: Paths, language: str) -> tuple[str | None, str]:
    """The id of the voice that `--voice` names, if it does, or a sentence that names those there are."""
    from guide.live.wishes import voices_of  # most commands need none
    from guide.sound.voices import piper

    if name and piper.model_file(name) and not piper.there():
        if is_bundled():
            return None, _("a Piper voice cannot speak here; the program installed with Python can have one")
        return None, _("a Piper voice needs one more package: {command}").format(command=how_to_bring("piper-tts"))
    if not name or piper.model_file(name):  # a file of her own is in no list
        return name or None, ""
    if name.startswith(piper.PREFIX):
        return None, _("there is no Piper voice {file}; it is a file that ends in .onnx").format(
            file=path_line(name.removeprefix(piper.PREFIX))
        )
    there = voices_of(paths).all(language)
    found = next((voice for voice in there if name.casefold() in {voice.name.casefold(), voice.id.casefold()}), None)
    if found:
        return found.id, ""
    names = "; ".join(dict.fromkeys(voice.name for voice in there))  # a name may have a comma in it
    return None, _("there is no voice called '{name}' here; there are: {names}").format(
        name=name, names=names
    ) if names else _("there is no voice here")


def asked(options: argparse.Namespace) -> Entry:
    """The routine that a command is asked for; where others have that name, it says which one is meant."""
    entries = library_of(options).find_all(options.routine)
    if len(entries) > 1:
        from guide.store.routines.hints import which_of

        say_aside(which_of(entries))
    return entries[0]


def say_aside(sentence: str) -> None:
    print(sentence, file=sys.stderr)
