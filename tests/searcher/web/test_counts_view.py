"""All names of a facet, and two queries on one timeline."""

from __future__ import annotations

from tests.searcher.web.pages import Read


def test_all_names_of_a_facet_are_listed_with_counts_and_narrow(room) -> None:
    start = Read(room.get("/facet/source?q=نفت باران&lang=en").text)
    assert "names" in start.one("h1")
    names = start.all(".all-names bdi")
    assert {"نفت‌نامه", "پیک باران"} <= set(names)
    address = start.links(".all-names a")[names.index("Reuters")]
    assert Read(room.get(address).text).all(".hit h2") == ["برف در تهران"]
    assert "Reuters" in Read(room.get("/facet/source").text).all(".all-names bdi")  # of all articles, then
    assert Read(room.get("/facet/year").text).all(".all-names bdi")
    assert room.get("/facet/colour").status_code == room.get("/facet/speaker").status_code == 404
    assert room.get("/facet/tag?q=ققنوسستان").status_code == 200


def test_two_queries_share_a_timeline(room) -> None:
    page = Read(room.get("/timeline", params={"q": "باران", "q2": "نفت", "lang": "en"}).text)
    assert page.all(".legend bdi") == ["باران", "نفت"]
    rows = page.tree.css("tbody tr")
    counts = [[int(cell.text()) for cell in row.css("td")] for row in rows]
    assert sum(first for first, _ in counts) == 3  # of those with a date
    assert sum(second for _, second in counts) == 25
    assert page.tree.css("rect.bar-2")
    assert room.get("/timeline").status_code == 200
