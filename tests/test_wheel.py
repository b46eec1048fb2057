"""The wheel, installed into an environment of its own, works outside the checkout, whatever lies there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from khabarjoo.analyzers.lexicon import Lexicon, default_lexicon

LEXICON = ("lexicon.bin", "lexicon_notice.txt")
CHECKOUT = Path(__file__).resolve().parents[1]
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, made of the sdist: what an old build left in the checkout is in neither."""
    folder = tmp_path_factory.mktemp("wheel")
    compiled = {"CARGO_TARGET_DIR": str(CHECKOUT / "native" / "target")}  # the kernel's dependency, at least
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, env=os.environ | compiled)
    (made,) = folder.glob("khabarjoo-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """A fresh environment with the wheel in it; of this one it borrows only the dependencies."""
    environment = tmp_path_factory.mktemp("installed") / "env"
    venv.create(environment, with_pip=False)
    (packages,) = environment.glob("lib/python*/site-packages")
    subprocess.run([*PIP, "install", "--no-deps", "--target", packages, wheel], check=True)
    # Nested .pth files are not followed, so the editable checkout stays out of sight.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    """A user's folder with modules of their own that are called like folders of ours."""
    folder = tmp_path / "user"
    (folder / "searcher").mkdir(parents=True)
    for name in ("index.py", "seeds.py", "analyzers.py", "searcher/__init__.py"):
        (folder / name).write_text(f'raise SystemExit("{name} of the user was imported")\n')
    return folder


def _run(environment: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KHABARJOO", "XDG", "PYTHON"))}
    return subprocess.run(
        [environment / "bin" / "python", *arguments],
        cwd=folder,
        env={**clean, "HOME": str(folder)},
        text=True,
        capture_output=True,
        check=False,
    )


def test_the_installed_command_searches_the_sample_outside_the_checkout(installed, tmp_path) -> None:
    found = _run(installed, tmp_path, "-m", "khabarjoo", "search", "--format", "json", "خشکسالی")
    assert found.returncode == 0, found.stderr
    assert "sample" in found.stderr
    assert json.loads(found.stdout)["hits"]


def test_a_script_beside_modules_called_like_our_folders_builds_and_searches(installed, crowded) -> None:
    (crowded / "pages").mkdir()
    for number in range(40):
        text = f"باران در قم {number}\n\nباران آمد و رفت. " + "خبر از قم رسید. " * 400
        (crowded / "pages" / f"{number}.txt").write_text(text, encoding="utf-8")
    (crowded / "script.py").write_text(
        "import khabarjoo\n"
        "if __name__ == '__main__':\n"
        "    report = khabarjoo.build('my.index', 'pages', jobs=2)\n"
        "    with khabarjoo.open('my.index') as news:\n"
        "        print(report.added, news.search('باران').total)\n",
        encoding="utf-8",
    )
    ran = _run(installed, crowded, "script.py")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "40 40\n", "")


def test_worker_processes_import_no_module_of_the_user(installed, crowded) -> None:
    (crowded / "worker.py").write_text(
        "from pathlib import Path\n"
        "import khabarjoo.index.folder_sink as folder_sink\n"
        "import khabarjoo.index.file_sync as sync\n"
        "if __name__ == '__main__':\n"
        "    folder_sink.WORTH_SHARING = 0\n"
        '    Path(\'pages.jsonl\').write_text(\'\'.join(\'{"id": "%d", "text": "باران"}\\n\' % n for n in range(9)))\n'
        "    print(sync.build('my.index', 'pages.jsonl', jobs=2).added)\n",
        encoding="utf-8",
    )
    ran = _run(installed, crowded, "worker.py")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "9\n", "")


def test_the_modules_come_from_the_wheel_and_are_marked_as_typed(installed, tmp_path) -> None:
    for package in ("khabarjoo", "khabarjoo.analyzers", "khabarjoo.index", "khabarjoo.searcher", "khabarjoo.seeds"):
        where = _run(installed, tmp_path, "-c", f"import {package}; print({package}.__path__[0])").stdout.strip()
        assert Path(where).is_relative_to(installed)
    (typed,) = installed.glob("lib/python*/site-packages/khabarjoo/py.typed")
    assert typed.is_file()


def test_the_wheel_holds_one_import_package_and_no_link(wheel) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        tops = {name.split("/")[0] for name in names if ".dist-info" not in name and ".data/" not in name}
        links = [info.filename for info in archive.infolist() if info.external_attr >> 28 == 0xA]
    assert (tops, links) == ({"khabarjoo"}, [])
    assert any(name.endswith(".data/data/share/man/man1/khabarjoo.1") for name in names)


def test_the_wheel_holds_every_file_of_the_four_folders(wheel) -> None:
    folders = ("analyzers", "index", "searcher", "seeds")
    ours = {
        str(path.relative_to(CHECKOUT)) for name in folders for path in (CHECKOUT / name).rglob("*") if path.is_file()
    }
    with ZipFile(wheel) as archive:
        packed = {name.removeprefix("khabarjoo/") for name in archive.namelist()}
    assert {name for name in ours if not name.endswith(".pyc")} - packed == set()


def test_the_lexicon_and_its_notice_come_in_both_and_are_what_hazm_compiles_to(wheel) -> None:
    with ZipFile(wheel) as archive:
        lexicon, notice = (archive.read(f"khabarjoo/analyzers/data/{name}") for name in LEXICON)
    (sdist,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        packed = {Path(member.name).name: member for member in archive.getmembers()}
        assert [archive.extractfile(packed[name]).read() for name in LEXICON] == [lexicon, notice]
    assert Lexicon(lexicon).digest == default_lexicon().digest
    assert "Permission is hereby granted" in notice.decode()
    assert "hazm" in notice.decode()


def test_without_hazm_the_first_search_needs_and_compiles_nothing(installed, tmp_path) -> None:
    command = "import sys; sys.modules['hazm'] = None; from khabarjoo.__main__ import main; main()"
    found = _run(installed, tmp_path, "-c", command, "analyze", "کتاب‌ها")
    assert found.returncode == 0, found.stderr
    assert "کتاب" in found.stdout
    assert list(tmp_path.rglob("lexicon*")) == []


def test_the_wheel_puts_the_command_on_the_path(installed) -> None:
    (entry_points,) = installed.glob("lib/python*/site-packages/khabarjoo-*.dist-info/entry_points.txt")
    assert "khabarjoo = khabarjoo.__main__:main" in entry_points.read_text()


@pytest.mark.skipif(not shutil.which("cargo"), reason="no cargo here to build the kernel with")
def test_the_wheel_holds_the_kernel_where_it_could_be_built(installed, tmp_path) -> None:
    assert "(native)" in _run(installed, tmp_path, "-m", "khabarjoo", "--version").stdout
