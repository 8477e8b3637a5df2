"""The pages of the window: a press meant for what has just gone from under the pointer reaches nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from guide.kit.alert import Banner
from guide.kit.look import Look
from guide.kit.stack import Stack

Show = Callable[[QWidget], None]


def beneath_a_banner(look: Look) -> tuple[QWidget, Banner, Stack, QPushButton]:
    body = QWidget()
    column = QVBoxLayout(body)
    banner, stack, page = Banner(look=look, parent=body), Stack(body, look=look), QPushButton("Start")
    column.addWidget(banner)
    column.addWidget(stack, 1)
    banner.shifted.connect(stack.take_no_press)
    stack.add(page)
    return body, banner, stack, page


def test_no_press_reaches_a_page_for_half_a_second_after_a_message_shifts_it(look: Look, show: Show) -> None:
    body, banner, stack, page = beneath_a_banner(look)
    body.resize(600, 400)
    show(body)
    pressed: list[bool] = []
    page.clicked.connect(lambda: pressed.append(True))

    def press() -> int:
        QTest.mouseClick(body.windowHandle(), Qt.MouseButton.LeftButton, pos=page.mapTo(body, QPoint(20, 20)))
        return len(pressed)

    assert press() == 1
    banner.tell("No sound can be heard.")
    assert press() == 1
    (timer,) = stack.findChildren(QTimer)
    assert timer.interval() == 500
    timer.timeout.emit()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert press() == 2
    banner.show_next()
    assert press() == 2


def test_no_press_reaches_a_page_that_a_message_shifts_by_becoming_longer(look: Look, show: Show) -> None:
    body, banner, stack, page = beneath_a_banner(look)
    banner.tell("No sound can be heard: there is no speaker that is ready.")
    body.resize(800, 600)
    show(body)
    one_line = stack.y()
    while stack.y() == one_line:
        body.resize(body.width() - 4, 600)
        QApplication.processEvents()
    body.resize(body.width() + 4, 600)
    QApplication.processEvents()
    for timer in stack.findChildren(QTimer):
        timer.timeout.emit()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    before, pressed = stack.y(), list[bool]()
    page.clicked.connect(lambda: pressed.append(True))
    banner.tell("Your settings cannot be kept.")
    QApplication.processEvents()
    assert stack.y() > before
    QTest.mouseClick(body.windowHandle(), Qt.MouseButton.LeftButton, pos=page.mapTo(body, QPoint(20, 20)))
    assert pressed == []


def test_a_page_that_moves_by_itself_is_pressed_again_after_half_a_second(look: Look, show: Show) -> None:
    body = QWidget()
    stack, page = Stack(body, look=look), QPushButton("Start")
    stack.add(page)
    stack.resize(600, 400)
    show(body)
    stack.take_no_press()
    QApplication.processEvents()
    (timer,) = stack.findChildren(QTimer)
    timer.start(60_000)
    page.update()  # as a drawing does twenty times a second: what lies over it is painted with it
    stack.resize(700, 500)
    QApplication.processEvents()
    assert timer.remainingTime() > 500
    cover = timer.parent()
    assert isinstance(cover, QWidget)
    assert cover.size() == stack.size()
