"""Settings of an archive, brought to those that are here."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import replace

from guide.language import _, reason
from guide.standing import is_there
from guide.store.archived import settings_in
from guide.store.glance import MOST_BYTES as MOST_OF_SETTINGS
from guide.store.joining import joined, sore_of_both
from guide.store.paths import Paths
from guide.store.settings import Settings, as_bytes, load, need_readable, save


def settings_to_be(here: Settings | None, theirs: Settings) -> Settings:
    """All of theirs where nothing was chosen `here` yet, else each as `joining` has it."""
    if here is None:
        return replace(theirs, sore_check=sore_of_both(None, theirs.sore_check))
    return joined(here, theirs)


def bring_settings(
    archive: zipfile.ZipFile,
    entries: Mapping[str, zipfile.ZipInfo],
    paths: Paths,
    voices_moved: Mapping[str, str],
    told: list[str],
) -> tuple[Settings, Settings] | None:
    """Those before and those in use now, where some came."""
    theirs, sentences = settings_in(archive, entries)
    told.extend(sentences)
    if theirs is None:
        return None
    theirs = replace(theirs, voice=voices_moved.get(theirs.voice or "", theirs.voice))
    try:
        need_readable(paths.settings)
        fresh = not is_there(paths.settings)
        here, notices = load(paths.settings)
        told.extend(notices)
        both = settings_to_be(None if fresh else here, theirs)
        if len(as_bytes(both)) > MOST_OF_SETTINGS:
            told.append(_("The settings of both computers are too much for one; yours stay as they are here."))
            return None
        if both == here and not fresh:
            return None
        save(paths.settings, both)
    except OSError as error:
        told.append(_("The settings could not be kept: {reason}.").format(reason=reason(error)))
        return None
    return here, both
