"""Hands setuptools the steps of `build_package`; all else stands in pyproject.toml.

Named there, they would take the place of those that build the kernel.
"""

from setuptools import setup

from build_package import BuildPy, Sdist

setup(cmdclass={"build_py": BuildPy, "sdist": Sdist})
