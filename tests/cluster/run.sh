#!/usr/bin/env bash
# run.sh PYTHON [LINE...]: the tests of clusters on three real OpenSearch processes, of each line (2.19 and 3).
# What is fetched lies in $KHABARJOO_CLUSTER_HOME, by default a folder beside Maven's own.
# Exit 69 where they cannot be run: no JDK, no Maven, no jars, no three processes; one line says which. Else pytest's.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=$1; shift
export TARGET=${KHABARJOO_CLUSTER_HOME:-${HOME}/.cache/khabarjoo-cluster} PORT=${PORT:-9400}
[ $# -gt 0 ] || set -- 2.19 3
for LINE in "$@"; do . "$here/java.sh" "$LINE"; done # what is missing is said before minutes are spent
command -v curl >/dev/null || { echo "the tests of clusters need curl" >&2; exit 69; }
for LINE in "$@"; do
  export LINE
  [ -d "$TARGET/os-$LINE/classes" ] || "$here/fetch.sh" "$LINE" "$TARGET" || exit 69 # having said why
  "$here/node.sh" stop # of a run that was killed
  "$here/node.sh" clean
  trap '"$here/node.sh" stop; "$here/node.sh" clean' EXIT
  "$here/node.sh" start 3 || exit 69
  "$here/node.sh" wait 3 300 >/dev/null || { echo "three processes of OpenSearch $LINE did not find together" >&2; exit 69; }
  echo "== OpenSearch $LINE, three processes"
  KHABARJOO_TEST_CLUSTER="127.0.0.1:$((PORT + 1)),127.0.0.1:$((PORT + 2)),127.0.0.1:$((PORT + 3))" \
    "$python" -m pytest -k cluster tests/searcher/test_engine_contract.py tests/searcher/test_speaker_plans.py \
      tests/searcher/opensearch tests/index/opensearch
  "$here/node.sh" stop
  "$here/node.sh" clean
  echo "== OpenSearch $LINE: passed, $SECONDS s since the beginning"
done
