import pytest

from searcher.output.links import web_link


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/1?a=1&b=2#c", "https://example.org/1?a=1&b=2#c"),
        ("HTTP://example.org", "HTTP://example.org"),
        (" https://example.org/%D8%AE \n", "https://example.org/%D8%AE"),
        ("https://example.org/خبر", "https://example.org/%D8%AE%D8%A8%D8%B1"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/a\\b{c}|`d`^", "https://example.org/a%5Cb%7Bc%7D%7C%60d%60%5E"),
        ("https://example.org/\u202eexe", "https://example.org/%E2%80%AEexe"),
        ("https://example.org/\ud800", "https://example.org/?"),
    ],
)
def test_web_addresses_are_percent_encoded(url: str, link: str) -> None:
    assert web_link(url) == link


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org",
     "www.example.org", "ftp://example.org", "https://", "https:///x", "\x01https://example.org", "xhttps://a"],
)  # fmt: skip
def test_other_addresses_are_no_links(url: str) -> None:
    assert web_link(url) == ""
