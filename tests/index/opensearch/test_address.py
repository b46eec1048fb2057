from pathlib import Path

import pytest

from khabarjoo.index.opensearch.address import Credentials, WrongAddress, is_address, place_of, read_address


def test_an_address_names_hosts_and_an_index() -> None:
    address = read_address("opensearch+https://a.example:9201,b.example,[::1]:9203/اخبار-1402")
    assert address.hosts == ("https://a.example:9201", "https://b.example:9200", "https://[::1]:9203")
    assert (address.name, address.is_secure) == ("اخبار-1402", True)
    assert read_address(str(address)) == address


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("opensearch://localhost", "the name of the index is missing"),
        ("opensearch://localhost/", "the name of the index is missing"),
        ("opensearch:///news", "is no host"),
        ("opensearch://localhost:99999/news", "is no host"),
        ("opensearch://a b/news", "is no host"),
        ("opensearch://me:secret@localhost/news", "a password does not belong there; set KHABARJOO_OPENSEARCH_USER"),
        ("opensearch://localhost/News", "takes no index named"),
        ("opensearch://localhost/_all", "takes no index named"),
        ("opensearch://localhost/a*", "takes no index named"),
        ("opensearch://localhost/" + "ن" * 120, "takes no index named"),
        ("opensearch://localhost/a/b", "it is none"),
    ],
)
def test_a_wrong_address_is_told_with_what_one_looks_like(text: str, why: str) -> None:
    with pytest.raises(WrongAddress, match="an address looks like opensearch://host:9200/name") as error:
        read_address(text)
    assert why in str(error.value)
    assert "\n" not in str(error.value)


def test_what_is_no_address_is_a_folder() -> None:
    assert place_of("news.index") == Path("news.index")
    assert place_of(Path("opensearch:/x")) == Path("opensearch:/x")
    assert not is_address("http://localhost/news")
    assert place_of("opensearch://localhost/news") == read_address("opensearch://localhost:9200/news")


def test_credentials_come_from_the_environment() -> None:
    assert Credentials.of({}) == Credentials()
    given = {"KHABARJOO_OPENSEARCH_USER": "me", "KHABARJOO_OPENSEARCH_PASSWORD": "رمز"}
    assert Credentials.of(given | {"KHABARJOO_OPENSEARCH_CA_FILE": "ca.pem"}) == Credentials(
        "me", "رمز", "", Path("ca.pem")
    )
    assert Credentials.of({"KHABARJOO_OPENSEARCH_API_KEY": "k"}).api_key == "k"
