import io
import json

from khabarjoo.searcher.output.hits_data import hit_record, write_jsonl


def test_each_hit_is_one_line_with_what_json_says_of_it(page, hit) -> None:
    hits = (hit(1), hit(2, title="یک\nدو"))
    out = io.StringIO()
    write_jsonl(page(*hits), out)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [hit_record(each) for each in hits]
