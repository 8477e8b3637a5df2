"""Where the files are."""

from __future__ import annotations

from pathlib import Path

from guide.store.paths import Paths, builtin_folder, made


def test_a_home_holds_every_file(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path / "home")

    every = [
        paths.data,
        paths.config,
        paths.cache,
        paths.runtime,
        paths.own_routines,
        paths.trash,
        paths.drafts,
        paths.log,
        paths.settings,
        paths.voices,
        paths.summaries,
        paths.socket,
    ]

    assert all(path.is_relative_to(tmp_path / "home") for path in every)
    assert len(set(every)) == len(every)
    assert not (tmp_path / "home").exists()


def test_without_a_home_the_platforms_folders_are_used() -> None:
    assert "pumping-guide" in str(Paths.of().data)


def test_a_folder_that_cannot_be_made_is_no_exception(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert made(tmp_path / "new" / "folder")
    assert not made(tmp_path / "file" / "folder")


def test_the_built_in_routines_are_found() -> None:
    assert (builtin_folder() / "hands-on-pumping.yaml").is_file()
