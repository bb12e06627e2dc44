"""Which language a text is in: sure or silent."""

from __future__ import annotations

import sys

import pytest

from dragoman.language import identify as module
from dragoman.language.identify import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The president said on Monday that he would travel to Berlin for the talks.", "en"),
        ("THE MINISTER HAS DENIED THAT THE TROOPS WERE MOVED TO THE BORDER", "en"),
        ("Le ministre a déclaré lundi que les négociations reprendraient bientôt à Genève.", "fr"),
        ("Der Minister erklärte am Montag, die Verhandlungen würden bald fortgesetzt.", "de"),
        ("El ministro dijo el lunes que las negociaciones se reanudarán pronto en Ginebra.", "es"),
        ("Министр заявил в понедельник, что переговоры скоро возобновятся.", "ru"),
        ("وزير الخارجية: المفاوضات ستستأنف قريبا", "ar"),
        ("外交部长星期一表示谈判即将恢复", "zh"),
        ("Erdogan, Aliyev meet in Baku", None),
        ("Macron, Scholz, Draghi visit Kyiv", None),
        ("x" * 500, None),
        ("12 13 14", None),
        ("", None),
    ],
)
def test_a_language_is_told_where_it_is_beyond_doubt(text: str, language: str | None) -> None:
    assert identify(text) == language


def test_running_english_needs_no_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    module._identifier.cache_clear()
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)  # importing it would fail
    assert (
        identify("The talks will be held in Vienna, said the minister after he had met her.")
        == "en"
    )
