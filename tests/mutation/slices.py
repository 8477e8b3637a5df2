"""Which modules are changed together, and which tests concern them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Slice:
    """Modules that are changed, and the tests that concern them, `without` those that take seconds."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ()


SLOW_LOG: Final = (
    "test_damage_met_later",
    "test_a_damaged_file_is",
    "test_a_row_that_does_not",
    "test_every_connection",
    "test_erasing",
    "test_the_journal_replayed",
    "test_what_is_kept_is",
    "test_what_was_exported_is",
    "test_a_session_that_another",
    "test_what_was_offered_here",
    "test_days_are_her",
    "test_the_rows_of_a_file",
    "test_noise",
    "test_any_json",
)
SLOW_ROUTINES: Final = (
    "test_any_",
    "test_a_damaged_routine",
    "test_a_hostile_file_takes",
    "test_a_hostile_text_is_answered_within",
    "test_a_list_of_problems_ends_after",
    "test_every_problem_says_where",
    "test_the_parser_without",
    "test_a_length_as_the_program_writes_it",
)
SLICES: Final = {
    "session": Slice(("core/session", "core/asked"), ("core/test_session.py", "core/test_pressed.py")),
    "sitting": Slice(
        ("live/sitting", "live/conductor", "live/recorder", "live/clock", "live/trace"),
        (
            "live/test_sitting.py",
            "live/test_conductor.py",
            "live/test_recorder.py",
            "live/test_clock.py",
            "live/test_trace.py",
        ),
    ),
    "sounds": Slice(
        ("sound/performer", "sound/player", "sound/trouble", "sound/repertoire"),
        (
            "sound/test_performer.py",
            "sound/test_player.py",
            "sound/test_trouble.py",
            "sound/test_miniaudio_player.py",
            "sound/test_repertoire.py",
        ),
        without=("test_nothing_overlaps", "test_no_numpy", "test_looking_at_the_player"),
    ),
    "damage": Slice(
        ("store/log/rescue", "store/log/salvage", "store/log/copies", "store/log/opening", "store/log/ahead"),
        ("store/test_log_rescue.py", "store/test_log_opening.py"),
    ),
    "log": Slice(
        (
            "store/log/log",
            "store/log/played",
            "store/log/file",
            "store/log/rows",
            "store/log/schema",
            "store/log/possible",
        ),
        (
            "store/test_log_rows.py",
            "store/test_log_held.py",
            "store/test_log_file.py",
            "store/test_log_rescue.py",
            "store/test_log_opening.py",
            "store/test_log.py",
        ),
        without=SLOW_LOG,
    ),
    "journal": Slice(
        ("store/log/journal", "store/log/entries", "store/log/incoming", "store/log/same", "store/log/held"),
        (
            "store/test_log_journal.py",
            "store/test_log_held.py",
            "store/test_log_file.py",
            "store/test_log.py",
            "store/test_same.py",
            "store/test_exchange.py",
        ),
        without=SLOW_LOG,
    ),
    "records": Slice(
        ("store/log/records",),
        ("store/test_log_records.py", "store/test_log_history.py", "store/test_log_file.py", "store/test_log.py"),
        SLOW_LOG,
    ),
    "exchange": Slice(
        ("store/log/csv_in", "store/log/json_in", "store/log/fields", "store/log/export"),
        ("store/test_exchange.py", "store/test_other_logs.py"),
        without=("test_another_kind_of_file", "test_what_was_exported_is", "test_noise", "test_any_json"),
    ),
    "prompts": Slice(
        ("sound/prompts", "sound/script", "sound/shelf", "sound/sources", "sound/ahead", "sound/clip"),
        (
            "sound/test_prompts.py",
            "sound/test_script.py",
            "sound/test_shelf.py",
            "sound/test_background.py",
            "sound/test_ahead.py",
            "sound/test_clip.py",
        ),
    ),
    "audio": Slice(
        ("sound/pcm", "sound/levels", "sound/chimes", "sound/bed", "sound/background", "sound/take"),
        (
            "sound/test_pcm.py",
            "sound/test_clip.py",
            "sound/test_levels.py",
            "sound/test_chimes.py",
            "sound/test_bed.py",
            "sound/test_background.py",
            "sound/test_take.py",
        ),
        without=("test_no_two_chimes", "test_chimes_at_volumes"),
    ),
    "voices": Slice(
        (
            *("sound/voices/recorded", "sound/voices/system", "sound/voices/chain", "sound/voices/engine"),
            *("sound/voices/natural", "sound/voices/piper", "sound/voices/embedded", "sound/voices/voice"),
            *("sound/voices/words", "sound/doctor"),
        ),
        (
            "sound/test_recorded.py",
            "sound/test_system.py",
            "sound/test_chain.py",
            "sound/test_engine.py",
            "sound/test_natural.py",
            "sound/test_natural_model.py",
            "sound/test_embedded.py",
            "sound/test_voice.py",
            "sound/test_words_said.py",
            "sound/test_doctor.py",
        ),
        without=(
            *("test_it_keeps_its_rate", "test_it_is_as_loud", "test_nothing_but_pictures", "test_prompts_of_several"),
            *("test_a_whisper", "test_damaged_data", "test_any_text", "test_a_child_with_a_long"),
        ),
    ),
    "small": Slice(
        ("store/glance", "store/paths", "store/signs", "store/told", "store/zone"),
        (
            "store/test_glance.py",
            "store/test_paths.py",
            "store/test_signs.py",
            "store/test_told.py",
            "store/test_zone.py",
        ),
    ),
    "files": Slice(
        ("store/files", "store/settings"),
        ("store/test_files.py", "store/test_files_kept.py", "store/test_settings.py"),
        without=("test_whatever_the_file_says", "test_any_name_that_the_system"),
    ),
    "archive": Slice(
        (
            *(
                "store/archive",
                "store/archived",
                "store/restoring",
                "store/restoring_routines",
                "store/restoring_settings",
                "store/contents",
                "store/taking_back",
                "store/joining",
            ),
            *("store/placing", "store/voice_lists", "store/log/waiting"),
        ),
        (
            *("store/test_joining.py", "store/test_archive.py", "store/test_archive_told.py"),
            *("store/test_contents.py", "store/test_taking_back.py", "store/test_files_kept.py"),
            *("store/test_waiting.py", "store/test_voice_lists.py"),
        ),
        without=("test_whatever_bytes_are_damaged",),
    ),
    "reader": Slice(
        tuple(
            f"store/routines/{module}"
            for module in (
                *("limits", "reader", "table", "values", "patterns", "hints"),
                *("schema", "names", "as_done", "template"),
            )
        ),
        (
            "store/test_patterns.py",
            "store/test_shown_name.py",
            "store/test_reader.py",
            "store/test_broken.py",
            "store/test_limits.py",
            "store/test_values.py",
            "store/test_schema.py",
            "store/test_hostile.py",
            "store/test_as_done.py",
        ),
        without=SLOW_ROUTINES,
    ),
    "library": Slice(
        tuple(f"store/routines/{module}" for module in ("library", "entry", "folder", "sounds", "summaries")),
        ("store/test_folder.py", "store/test_entry.py", "store/test_library_kept.py", "store/test_library.py"),
        without=("test_summaries_come_from",),
    ),
    "source": Slice(
        tuple(f"store/yaml/{module}" for module in ("source", "compose", "nodes", "text", "odd", "problem")),
        (
            "store/test_source.py",
            "store/test_compose.py",
            "store/test_odd.py",
            "store/test_text.py",
            "store/test_refusal.py",
        ),
    ),
    "writing": Slice(
        ("store/yaml/writing", "store/yaml/refusal"),
        (
            "store/test_writing.py",
            "store/test_refusal.py",
            "store/test_edit_odd.py",
            "store/test_edit_examples.py",
        ),
    ),
    "edit": Slice(
        tuple(
            f"store/yaml/{module}"
            for module in (
                *("edit", "commit", "cuts", "pairs", "parts", "items"),
                *("sheet", "data"),
            )
        ),
        (
            "store/test_edit_beneath.py",
            "store/test_edit_each.py",
            "store/test_edit_examples.py",
            "store/test_edit_refused.py",
            "store/test_edit_odd.py",
            "store/test_kept_sheet.py",
            "store/test_edit_everywhere.py",
            "store/test_edit_format.py",
        ),
    ),
    "bringing": Slice(
        (
            *(
                f"store/bringing/{module}"
                for module in (
                    *("buddy", "cells", "columns", "fields", "foreign", "letters", "look", "looked_at", "take"),
                    *("names", "remembered", "repeated", "shapes", "sheet", "times", "units", "words"),
                )
            ),
            "store/yaml/problem_words",
        ),
        (
            "store/test_column_names.py",
            "store/test_shapes.py",
            "store/test_buddy.py",
            "store/test_letters.py",
            "store/test_remembered.py",
            "store/test_repeated.py",
            "store/test_brought_words.py",
            "store/test_cells.py",
            "store/test_foreign.py",
            "store/test_columns.py",
            "store/test_units.py",
            "store/test_cut.py",
            "store/test_look.py",
            "store/test_bringing.py",
            "store/test_other_logs.py",
            "store/test_any_sheet.py",
            "store/test_problem_words.py",
        ),
        without=(
            "test_a_big_sheet",
            "test_the_command_tells",
            "test_any_cell",
            "test_whatever_a_file",
            "test_another_kind_of_file",
        ),
    ),
    "days": Slice(
        ("core/days", "core/usual", "core/nudge", "core/record", "core/visited"),
        (
            "core/test_insight.py",
            "core/test_record.py",
            "core/test_usual.py",
            "core/test_words.py",
            "live/test_nudge.py",
        ),
    ),
    "plan": Slice(
        (
            "core/layout",
            "core/plan",
            "core/plan_text",
            "core/routine",
            "core/duration",
            "core/kinds",
            "core/naming",
            "core/numbers",
            "core/count_in",
            "core/pump",
            "core/soundfile",
            "core/words",
        ),
        (
            "core/test_plan.py",
            "core/test_duration.py",
            "core/test_pump.py",
            "core/test_count_in.py",
            "core/test_soundfile.py",
            "core/test_numbers.py",
            "core/test_words.py",
            "core/test_doctests.py",
        ),
    ),
    "readout": Slice(
        (
            "core/readout",
            "core/shown",
            "core/ahead",
            "core/ago",
            "core/check",
            "core/commands",
            "core/unattended",
            "core/yes_no",
            "core/search",
        ),
        (
            "core/test_readout.py",
            "core/test_words.py",
            "core/test_shown.py",
            "core/test_sore_check.py",
            "core/test_yes_no.py",
            "core/test_search.py",
            "core/test_next_words.py",
            "core/test_doctests.py",
            "live/test_accompaniment.py",
            "along/test_unattended.py",
        ),
        without=("test_what_is_said_next_in_a_step",),
    ),
    "compare": Slice(
        ("core/compare", "core/student_t"),
        ("core/test_insight_compare.py", "core/test_doctests.py"),
        without=("permutation", "95_times", "bootstrap"),
    ),
    "asked": Slice(
        ("live/answered", "live/heeding", "live/her_words", "live/intents", "live/keys", "live/listening"),
        ("live/test_answered.py", "live/test_heeding.py", "live/test_keys.py", "live/test_listening.py"),
    ),
    "beside": Slice(
        (
            "live/accompaniment",
            "live/again",
            "live/beneath",
            "live/chosen",
            "live/nudge",
            "live/preferences",
            "live/preparation",
            "live/recording",
            "live/voices",
            "live/wishes",
        ),
        (
            "live/test_accompaniment.py",
            "live/test_again.py",
            "live/test_beneath.py",
            "live/test_nudge.py",
            "live/test_preferences.py",
            "live/test_preparation.py",
            "live/test_recording.py",
            "live/test_voice_offers.py",
        ),
        without=("test_what_is_said_next_in_a_step",),
    ),
    "desktop": Slice(
        (
            "live/aside",
            "live/awake",
            "live/lock",
            "live/media_keys",
            "live/permission",
            "live/printing",
            "live/reveal",
            "live/single",
            "live/speech",
        ),
        (
            "live/test_asked_aside.py",
            "live/test_awake.py",
            "live/test_media_keys.py",
            "live/test_lock.py",
            "live/test_single.py",
            "live/test_doorbell.py",
            "live/test_speech.py",
        ),
        without=(
            "two_starts",
            "after_a_kill",
            "window_that_hangs",
            "a_wish_arrives",
            "what_stands_in_the_sockets_place",
        ),
    ),
    "pictures": Slice(
        ("live/allowance", "live/frames", "live/pictures", "live/reel", "live/video"),
        ("live/test_pictures.py", "live/test_video.py"),
    ),
}
