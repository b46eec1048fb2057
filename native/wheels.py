"""Builds wheels with the native kernel for machines without a compiler: Linux with an old glibc, macOS, Windows.

    pip install build wheel cargo-zigbuild ziglang
    rustup target add aarch64-unknown-linux-gnu x86_64-apple-darwin aarch64-apple-darwin x86_64-pc-windows-gnu
    python native/wheels.py DIR [TARGET ...]

Zig links for all of them, from any machine, as cargo-zigbuild has it do; its wheel on PyPI is all that is needed. One
wheel is built as always, and for each target the kernel in it is replaced by the target's, and the wheel renamed. The
interface of Python that the kernel uses is the stable one, so a wheel serves every version from 3.11 on.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]


class Target(NamedTuple):
    """Where a wheel runs, as cargo-zigbuild and as wheels call it; what the kernel's file is made and called as."""

    triple: str
    platform: str
    made: str = "lib_native.so"
    module: str = "_native.abi3.so"
    flags: str = ""


# A module of Python's on macOS finds the interpreter's names when it is loaded.
_ON_MACOS = {"made": "lib_native.dylib", "flags": "-Clink-arg=-undefined -Clink-arg=dynamic_lookup"}

TARGETS = (
    Target("x86_64-unknown-linux-gnu.2.17", "manylinux_2_17_x86_64.manylinux2014_x86_64"),
    Target("aarch64-unknown-linux-gnu.2.17", "manylinux_2_17_aarch64.manylinux2014_aarch64"),
    Target("x86_64-apple-darwin", "macosx_10_12_x86_64", **_ON_MACOS),
    Target("aarch64-apple-darwin", "macosx_11_0_arm64", **_ON_MACOS),
    Target("x86_64-pc-windows-gnu", "win_amd64", "_native.dll", "_native.pyd"),
)


def main() -> int:
    """Builds the wheels that the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the wheels go")
    names = [target.triple for target in TARGETS]
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(names)}; all when none is named")
    options = parser.parse_args()
    if unknown := set(options.targets) - set(names):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    missing = [name for name in ("build", "wheel", "ziglang") if find_spec(name) is None]
    missing += [name for name in ("cargo-zigbuild",) if shutil.which(name) is None]
    if missing:
        parser.error(f"{', '.join(missing)} is not there: pip install {' '.join(missing)}")
    with tempfile.TemporaryDirectory() as temporary:
        _run(sys.executable, "-m", "build", "--wheel", "--outdir", temporary, str(ROOT))
        (plain,) = Path(temporary).glob("*.whl")
        for target in TARGETS:
            if target.triple in (options.targets or names):
                print(_wheel(plain, target, Path(temporary), options.folder), flush=True)
    return 0


def _wheel(plain: Path, target: Target, temporary: Path, folder: Path) -> str:
    """Makes the wheel of one target; returns its name."""
    unpacked, packed = temporary / "unpacked", temporary / target.triple
    for needed in (unpacked, packed, folder):
        needed.mkdir(parents=True, exist_ok=True)
    _run(sys.executable, "-m", "wheel", "unpack", "--dest", str(unpacked), str(plain))
    (content,) = unpacked.iterdir()
    for other in (content / "khabarjoo").glob("_native.*"):
        if other.suffix != ".pyi":
            other.unlink()
    shutil.copy(_kernel(target), content / "khabarjoo" / target.module)
    _run(sys.executable, "-m", "wheel", "pack", "--dest-dir", str(packed), str(content))
    shutil.rmtree(unpacked)
    (whole,) = packed.iterdir()
    tags = ("--python-tag", "cp311", "--abi-tag", "abi3", "--platform-tag", target.platform)
    name = _run(sys.executable, "-m", "wheel", "tags", "--remove", *tags, str(whole)).strip()
    shutil.move(packed / name, folder / name)
    return name


def _kernel(target: Target) -> Path:
    """Builds the kernel for a target."""
    environment = os.environ | {
        "PYO3_BUILD_EXTENSION_MODULE": "1",  # so that no Python of the target's is linked with
        "RUSTFLAGS": target.flags,
    }
    manifest = ("--manifest-path", str(ROOT / "native" / "Cargo.toml"))
    _run("cargo-zigbuild", "zigbuild", "--release", "--locked", "--target", target.triple, *manifest, env=environment)
    built = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "native" / "target"))
    return built / target.triple.removesuffix(".2.17") / "release" / target.made


def _run(*command: str, env: dict[str, str] | None = None) -> str:
    return subprocess.run(command, check=True, env=env, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
