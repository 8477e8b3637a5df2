"""What stands in the log's file for an entry of the journal."""

from __future__ import annotations

from guide.core.commands import Command, Ended, Entered, Left, PauseBegan, PauseEnded, Reason, Why

Entry = Command | Entered | Left | PauseBegan | PauseEnded | Ended


def encoded(entry: Entry) -> str:
    match entry:
        case Command():
            return f"command {entry.value}"
        case Entered(index):
            return f"entered {index}"
        case Left(index, reason):
            return f"left {index} {reason.value}"
        case PauseBegan(why):
            return f"pause {why.value}"
        case PauseEnded():
            return "carried on"
        case Ended(complete):
            return "ended complete" if complete else "ended early"


def decoded(text: str) -> Entry | None:
    """
    What `encoded` wrote; None for words that are not known.

    >>> decoded(encoded(Left(3, Reason.MILK_SLOWED))), decoded("sang")
    (Left(index=3, reason=<Reason.MILK_SLOWED: 'milk slowed'>), None)
    """
    word, _, rest = text.partition(" ")
    try:
        match word:
            case "command":
                return Command(rest)
            case "entered":
                return Entered(int(rest))
            case "left":
                index, _, reason = rest.partition(" ")
                return Left(int(index), Reason(reason))
            case "pause":
                return PauseBegan(Why(rest))
            case "carried":
                return PauseEnded()
            case "ended":
                return Ended(rest == "complete")
    except ValueError:
        pass
    return None
