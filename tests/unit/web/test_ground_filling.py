"""Typed text put back into a page: every kind of control, the right form, and nothing else touched."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

PAGE = """<!DOCTYPE html>
<html><body><header><form action="/search/"><input name="note" value="search"></form></header>
<main id="m" class="x"><svg viewBox="0 0 1 1"><linearGradient/></svg>
<form method="post" action="/other/"><input name="note" value="other"></form>
<form method="POST" action="#top"><input type="hidden" name="csrfmiddlewaretoken" value="new">
<input type='hidden' name=version value=8><input name="note" value="old &amp; gone"
 data-x="1"><textarea id="t" name="long" rows="5">
was &lt;b&gt;
two</textarea>
<input type="checkbox" name="advice" value="a" checked><input type="checkbox" name="advice" value="b">
<input type="radio" name="need" value="yes" checked><input type="radio" name="need" value="no">
<select name="level"><option value="">Choose<option value="1" selected>One</option><option>Two</option></select>
<input name="more"><input name="more"><input name="untold" value="kept">
<input type="file" name="list"><input type="password" name="secret">
<button name="do" value="save">Save</button></form>
</main><script>const x = "<input name='note'>";</script></body></html>"""

SENT = (
    "csrfmiddlewaretoken=old&version=7&note=new+%22%3Cx%3E%22&long=%0D%0A+first%0D%0A%F0%9F%91%A9+%3C%2Ftextarea%3E"
    "&advice=b&need=no&level=Two&more=1&more=2&do=save&secret=s&list=l&gone=kept+too"
)


def filled(sent: str = SENT, action: str = "/case/7/") -> tuple[str | None, list[Any]]:
    from fourfold.web.ui.filling import fill

    told: list[Any] = []

    def banner(left: Any) -> str:
        told.append(left)
        return "<p>BANNER</p>"

    return fill(PAGE, "/case/7/", action, dict(QueryDict(sent).lists()), banner), told


def test_every_kind_of_control_holds_what_was_typed() -> None:
    page, left = filled()
    assert page
    for piece in (
        '<input type="hidden" name="csrfmiddlewaretoken" value="new">',
        '<input type="hidden" name="version" value="7">',
        '<input name="note" value="new &quot;&lt;x&gt;&quot;" data-x="1">',
        'rows="5">\n\r\n first\r\n👩 &lt;/textarea&gt;</textarea>',
        '<input type="checkbox" name="advice" value="a"><input type="checkbox" name="advice" value="b" checked>',
        '<input type="radio" name="need" value="yes"><input type="radio" name="need" value="no" checked>',
        '<option value="">Choose<option value="1">One</option><option selected>Two</option>',
        '<input name="more" value="1"><input name="more" value="2"><input name="untold" value="kept">',
        '<input type="file" name="list"><input type="password" name="secret">',
        '<main id="m" class="x"><p>BANNER</p><svg',
    ):
        assert piece in page, piece
    assert left[0].typed == {"gone": ["kept too"]}
    assert left[0].has_files


def test_the_rest_of_the_page_stays_as_it_was() -> None:
    page, _ = filled()
    assert page
    start, end = PAGE.index("<main"), PAGE.index("</main>")
    assert page.startswith(PAGE[:start])
    assert page.endswith(PAGE[end:])
    assert '<form method="post" action="/other/"><input name="note" value="other"></form>' in page
    assert '<form action="/search/"><input name="note" value="search">' in page


def test_a_page_without_the_form_is_not_filled() -> None:
    page, left = filled(action="/elsewhere/")
    assert page is None
    assert left == []


def test_of_two_forms_to_one_address_the_one_with_the_fields_is_filled() -> None:
    from fourfold.web.ui.filling import fill

    page = (
        '<main><form method="post"><input name="a"></form><form method="post"><input name="b"></form></main>'
    )
    told = fill(page, "/x/", "/x/", {"b": ["typed"]}, lambda left: "")
    assert told == page.replace('name="b"', 'name="b" value="typed"')
