"""The hooks, run by pre-commit itself from a clone of this repository in a scratch repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DIRTY = "Қaзақстан\n"  # the second letter is Latin
MENDED = "Қазақстан\n"

pytestmark = pytest.mark.skipif(
    not (shutil.which("git") and shutil.which("pre-commit") and (ROOT / ".git").exists()),
    reason="needs git, pre-commit and a checkout",
)


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    if command[0] == "git":
        command = ("git", *identity, *command[1:])
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(cwd.parent / "home"),
        "CA_NORMALIZE_CACHE": str(cwd.parent / "c"),
    }
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment, timeout=900)


@pytest.fixture
def scratch(tmp_path):
    clone, repo = tmp_path / "clone", tmp_path / "repo"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    revision = run("git", "rev-parse", "HEAD", cwd=clone).stdout.strip()
    repo.mkdir()
    run("git", "init", "-q", cwd=repo)
    (repo / "a.txt").write_text(DIRTY, "utf-8")
    (repo / "b.md").write_text(DIRTY, "utf-8")
    (repo / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {clone}\n  rev: {revision}\n  hooks:\n  - id: ca-normalize-check\n  - id: ca-normalize\n",
        "utf-8",
    )
    run("git", "add", ".", cwd=repo)
    return repo


def test_check_fails_then_the_fixer_mends_then_both_pass(scratch):
    check = run("pre-commit", "run", "ca-normalize-check", cwd=scratch)
    assert check.returncode == 1, check.stdout + check.stderr
    assert "look-alike" in check.stdout
    assert (scratch / "a.txt").read_text("utf-8") == DIRTY
    fix = run("pre-commit", "run", "ca-normalize", cwd=scratch)
    assert fix.returncode == 1
    assert (scratch / "a.txt").read_text("utf-8") == MENDED
    assert (scratch / "b.md").read_text("utf-8") == DIRTY
    run("git", "add", ".", cwd=scratch)
    assert run("pre-commit", "run", cwd=scratch).returncode == 0
