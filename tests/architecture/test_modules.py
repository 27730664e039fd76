"""Rules of the house that are read from the source itself."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "consultation").rglob("*.py"))
FORBIDDEN_NAMES = {"utils", "util", "helpers", "common", "manager", "base_service", "misc"}
LONGEST_MODULE, LONGEST_FUNCTION = 250, 40
# The audit stands alone in one file, whatever its length (docs/decisions/0007); its functions are short all the same.
ONE_FILE_ON_PURPOSE = {ROOT / "consultation" / "domain" / "verifiability" / "audit.py"}


def parsed() -> Iterator[tuple[Path, ast.Module]]:
    """Every module with its syntax tree."""
    for path in MODULES:
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function with its module."""
    for path, tree in parsed():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_no_module_is_a_drawer() -> None:
    assert [path for path in MODULES if path.stem in FORBIDDEN_NAMES] == []


def test_no_module_and_no_function_is_too_long() -> None:
    modules = [path for path in MODULES if path not in ONE_FILE_ON_PURPOSE]
    long_modules = [str(path) for path in modules if path.read_text(encoding="utf-8").count("\n") > LONGEST_MODULE]
    long_functions = [
        f"{path}:{node.name}"
        for path, node in functions()
        if (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert (long_modules, long_functions) == ([], [])


def test_no_import_hides_inside_a_function() -> None:
    late = [
        f"{path}:{node.name}"
        for path, node in functions()
        if any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
    ]
    assert late == []


def test_every_public_function_and_class_says_what_it_is() -> None:
    silent = [
        f"{path}:{node.name}"
        for path, tree in parsed()
        for owner in (tree, *(node for node in tree.body if isinstance(node, ast.ClassDef)))
        for node in owner.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert silent == []


def test_time_is_read_in_one_place() -> None:
    readers = [
        f"{path}:{node.lineno}"
        for path, tree in parsed()
        if path.name != "clock.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("utcnow", "now", "today")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date", "time")
    ]
    assert readers == []


def test_an_adapter_alone_imports_its_library() -> None:
    """Flask, SQLAlchemy, WTForms and numpy apart, a third-party package is imported by one module."""
    homes: dict[str, set[str]] = {}
    for path, tree in parsed():
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in names:
                homes.setdefault(name.split(".")[0], set()).add(str(path))
    assert all(path.startswith("consultation/cli/") for path in homes["alembic"])
    # One library, two services: boxes and signatures.
    assert homes["cryptography"] <= {"consultation/infrastructure/boxes.py", "consultation/infrastructure/signing.py"}
    for library in ("argon2", "itsdangerous", "markdown_it", "nh3", "granian"):
        assert len(homes.get(library, set())) <= 1, (library, homes[library])


@pytest.mark.parametrize("package", ["consultation.domain", "consultation.domain.social_choice.tally"])
def test_the_domain_loads_no_framework(package: str) -> None:
    script = f"import {package}, sys; print([one for one in ('flask', 'sqlalchemy', 'jinja2') if one in sys.modules])"
    outcome = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert outcome.stdout.strip() == "[]"


def test_a_back_office_uses_the_views_of_its_own_feature_only() -> None:
    for path in (ROOT / "consultation" / "features").glob("*/backoffice.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".views"):
                assert node.module == f"consultation.features.{path.parent.name}.views"
