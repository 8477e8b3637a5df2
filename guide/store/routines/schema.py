"""The JSON Schema of a routine's file, made from the table that reads it."""

from __future__ import annotations

from guide.store.routines.patterns import RANGE, Schema, pattern_schema
from guide.store.routines.table import TABLES, FormatKey


def schema() -> Schema:
    """The JSON Schema (2020-12) by which an editor completes and checks a routine's file."""
    routine, *others = TABLES
    needs_range = {"properties": {"duration": pattern_schema(RANGE)}}
    more: dict[str, Schema] = {
        "step": {"dependentSchemas": {"until": needs_range}},
        "cue": {
            "oneOf": [{"required": ["at"]}, {"required": ["every"]}],
            "anyOf": [{"required": ["say"]}, {"required": ["show"]}, {"required": ["sound"]}],
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A routine of Pumping Guide",
        **_object(TABLES[routine]),
        "$defs": {
            "part": {
                "if": {"anyOf": [{"required": ["steps"]}, {"required": ["repeat"]}], "not": {"required": ["kind"]}},
                "then": {"$ref": "#/$defs/group"},
                "else": {"$ref": "#/$defs/step"},
            },
            **{name: {**_object(TABLES[name]), **more.get(name, {})} for name in others},
        },
    }


def _object(rows: tuple[FormatKey, ...]) -> Schema:
    required = [row.key for row in rows if row.required]
    return {
        "type": "object",
        "properties": {row.key: {"description": row.doc, **row.schema} for row in rows},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }
