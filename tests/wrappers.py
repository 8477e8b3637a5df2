"""What PySide6 keeps of objects that are Qt's own to delete, and are no QObject that would say so."""

from __future__ import annotations

import gc

import shiboken6
from PySide6.QtWidgets import QLayout, QLayoutItem

from guide.kit.flow import FlowLayout


def kept_items() -> list[QLayoutItem]:
    """Wrappers of items that Qt has made and will delete (docs/decisions/qt.md), but for those of a FlowLayout."""
    gc.unfreeze()  # what is frozen is not listed
    gc.collect()
    held = {id(item) for flow in gc.get_objects() if isinstance(flow, FlowLayout) for item in flow._items}
    gc.freeze()
    items = [one for one in shiboken6.getAllValidWrappers() if isinstance(one, QLayoutItem)]
    return [one for one in items if not (isinstance(one, QLayout) or shiboken6.createdByPython(one) or id(one) in held)]
