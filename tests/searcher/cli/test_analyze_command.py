import json

CLEAN, DEFECTIVE = "همکاری\u200cهای", "همكاريهاي"


def test_a_text_is_shown_as_a_table_of_its_words(run) -> None:
    code, out, err = run("analyze", DEFECTIVE, "قم")
    assert (code, err) == (0, "")
    header, first, second = out.splitlines()
    assert header.split() == ["word", "position", "form", "lemma", "parts", "rule", "entry"]
    assert first.split()[:2] == [DEFECTIVE, "0"]
    assert second.split()[:2] == ["قم", "1"]


def test_tsv_of_a_text_is_the_text_and_its_lemmas(run) -> None:
    assert run("analyze", "--format", "tsv", CLEAN).out == f"{CLEAN}\tهمکاری\n"


def test_json_of_a_text_has_true_offsets(run) -> None:
    record = json.loads(run("analyze", "--format", "json", f"«{DEFECTIVE}»").out)
    (token,) = record["tokens"]
    assert (token["word"], token["start"], token["lemma"]) == (DEFECTIVE, 1, "همکاری")


def test_each_line_of_standard_input_gives_one_line_even_an_empty_one(run) -> None:
    ran = run("analyze", "-", "--format", "tsv", stdin=f"{CLEAN}\r\n\n، \n{DEFECTIVE}")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == f"{CLEAN}\tهمکاری\n\t\n، \t\n{DEFECTIVE}\tهمکاری\n"


def test_json_of_standard_input_is_one_object_a_line(run) -> None:
    out = run("analyze", "-", "--format", "json", stdin="قم\nرشت\n").out
    assert [json.loads(line)["text"] for line in out.splitlines()] == ["قم", "رشت"]
