"""The batch normalizer on hostile files: what should change changes, and nothing is ever damaged."""

from __future__ import annotations

import codecs
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ca_normalize import Normalizer, atomic, batch, files
from ca_normalize.batch import Job, Lately, Task, groups
from ca_normalize.errors import FileError

COMMAND = [sys.executable, "-m", "ca_normalize.batch_cli"]
DIRTY = "Қaзақстан\u200b мен\u00a0Ресей.\n"  # a Latin a, a zero-width space, a no-break space
MENDED = "Қазақстан мен Ресей.\n"
SEEDS = Path(__file__).resolve().parents[1] / "seeds"
needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CA_NORMALIZE_CACHE": str(cwd.parent / "cache")}
    return subprocess.run(
        [*COMMAND, "--steps", "repair", *args],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=environment,
        timeout=120,
    )


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "tree"
    folder.mkdir()
    return folder


def test_check_is_the_default_and_writes_nothing(tree):
    (tree / "a.txt").write_text(DIRTY, "utf-8")
    done = run(".", cwd=tree)
    assert done.returncode == 1
    assert "a.txt:1:1: repair/look-alike" in done.stdout
    assert "1 of 1 files would change" in done.stderr
    assert (tree / "a.txt").read_text("utf-8") == DIRTY


def test_write_then_check_is_clean(tree):
    (tree / "a.txt").write_text(DIRTY, "utf-8")
    assert run("--write", ".", cwd=tree).returncode == 1
    assert (tree / "a.txt").read_text("utf-8") == MENDED
    again = run("--write", ".", cwd=tree)
    assert again.returncode == 0
    assert "0 of 1 files normalized" in again.stderr


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\r\n".join([DIRTY.strip().encode(), b"b"]), b"\r\n".join([MENDED.strip().encode(), b"b"])),
        ((DIRTY + "x\r\ny").encode(), (MENDED + "x\r\ny").encode()),
        (codecs.BOM_UTF8 + DIRTY.encode(), codecs.BOM_UTF8 + MENDED.encode()),
        (codecs.BOM_UTF16_LE + DIRTY.encode("utf-16-le"), codecs.BOM_UTF16_LE + MENDED.encode("utf-16-le")),
        (codecs.BOM_UTF16_BE + DIRTY.encode("utf-16-be"), codecs.BOM_UTF16_BE + MENDED.encode("utf-16-be")),
        (b"caf\xe9 " + DIRTY.encode(), b"caf\xe9 " + MENDED.encode()),
        (b"", b""),
        (b"no last newline", b"no last newline"),
        (b"binary\0" + DIRTY.encode(), b"binary\0" + DIRTY.encode()),
        (codecs.BOM_UTF16_LE + b"a", codecs.BOM_UTF16_LE + b"a"),
    ],
    ids=[
        "crlf",
        "mixed endings",
        "bom",
        "utf-16-le",
        "utf-16-be",
        "latin-1 byte",
        "empty",
        "no newline",
        "nul",
        "odd utf-16",
    ],
)
def test_bytes_around_the_text_stay(tree, before, after):
    (tree / "a.txt").write_bytes(before)
    run("--write", "a.txt", cwd=tree)
    assert (tree / "a.txt").read_bytes() == after
    assert [path.name for path in tree.iterdir()] == ["a.txt"]


def test_odd_names_and_modes_are_kept(tree):
    path = tree / "two words\nand a line.txt"
    path.write_text(DIRTY, "utf-8")
    path.chmod(0o640)
    assert run(".", cwd=tree).stdout.startswith("two words\\nand a line.txt:1:1: ")
    run("--write", ".", cwd=tree)
    assert path.read_text("utf-8") == MENDED
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_read_only_file_is_left_and_named(tree):
    path = tree / "a.txt"
    path.write_text(DIRTY, "utf-8")
    path.chmod(0o444)
    done = run("--write", ".", cwd=tree)
    assert done.returncode == 2
    assert "a.txt: is read-only" in done.stderr
    assert path.read_text("utf-8") == DIRTY


def test_links_are_not_followed_in_a_walk_and_resolved_when_named(tree, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text(DIRTY, "utf-8")
    link = tree / "link.txt"
    link.symlink_to(outside)
    run("--write", ".", cwd=tree)
    assert outside.read_text("utf-8") == DIRTY
    run("--write", "link.txt", cwd=tree)
    assert outside.read_text("utf-8") == MENDED
    assert link.is_symlink()


def test_a_link_to_itself_or_to_nothing_is_named_and_the_others_are_done(tree):
    (tree / "loop.txt").symlink_to("loop.txt")
    (tree / "lost.txt").symlink_to("nothing.txt")
    (tree / "a.txt").write_text(DIRTY, "utf-8")
    done = run("loop.txt", "lost.txt", "a.txt", cwd=tree)
    assert done.stderr.splitlines()[:2] == ["loop.txt: no such file or folder", "lost.txt: no such file or folder"]
    assert "1 of 1 files would change, 2 failed" in done.stderr
    assert done.returncode == 2


def test_a_file_that_is_named_by_several_ways_is_done_once(tree):
    (tree / "a.txt").write_text(DIRTY, "utf-8")
    (tree / "self").symlink_to(".")
    (tree / "link.txt").symlink_to("a.txt")
    done = run("--write", ".", "self", "link.txt", "a.txt", cwd=tree)
    assert done.stderr.strip() == "1 of 1 files normalized"
    assert done.returncode == 1


def test_a_file_that_goes_away_meanwhile_is_named(tree):
    (outcome,) = Job(Normalizer(steps=()))([Task(tree / "gone.txt")])
    assert outcome.problem == f"{tree / 'gone.txt'}: No such file or directory"


def test_a_folder_that_cannot_be_read_is_named_and_the_others_are_done(tree, monkeypatch):
    (tree / "a.txt").write_text(DIRTY, "utf-8")
    (tree / "locked").mkdir()
    listed = os.scandir

    def scan(folder):  # the tests may run as root, whom no mode keeps out
        if os.fspath(folder).endswith("locked"):
            raise PermissionError(13, "Permission denied", os.fspath(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scan)
    monkeypatch.setattr(files, "_listed_by_git", lambda folder: None)
    found = files.select([tree], files.Selection())
    assert next(found) == tree / "a.txt"
    with pytest.raises(FileError, match="locked: Permission denied"):
        next(found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(tree):
    os.mkfifo(tree / "pipe.txt")
    done = run("pipe.txt", cwd=tree)
    assert (done.returncode, done.stderr.splitlines()[0]) == (0, "pipe.txt: skipped: no regular file")


def test_a_full_disk_for_the_output_is_said(tree):
    if not Path("/dev/full").exists():
        pytest.skip("the system has no /dev/full")
    (tree / "a.txt").write_text(DIRTY, "utf-8")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, "--no-cache", "."], stdout=full, stderr=subprocess.PIPE, cwd=tree, check=False)
    assert (done.returncode, b"standard output cannot be written" in done.stderr) == (2, True)


def test_a_file_that_changed_meanwhile_is_left(tree):
    path = tree / "a.txt"
    path.write_text("old", "utf-8")
    before = atomic.read(path)
    path.write_text("newer", "utf-8")
    with pytest.raises(FileError, match="changed while it was worked on"):
        atomic.write(path, b"ours", before)
    assert path.read_text("utf-8") == "newer"
    assert [file.name for file in tree.iterdir()] == ["a.txt"]


def test_a_kill_in_the_middle_leaves_old_or_new(tree):
    for number in range(300):
        (tree / f"{number}.txt").write_text(DIRTY * 20, "utf-8")
    command = [*COMMAND, "--no-cache", "--steps", "repair", "--write", "."]
    process = subprocess.Popen(command, cwd=tree, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        if any(path.read_text("utf-8") == MENDED * 20 for path in list(tree.glob("*.txt"))[:50]):
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.01)
    process.wait()
    assert {path.read_text("utf-8") for path in tree.glob("*.txt")} <= {DIRTY * 20, MENDED * 20}


def test_text_with_a_syntax_is_left_out_unless_asked_for(tree):
    for name in ("a.md", "b.html", "c.json"):
        (tree / name).write_text(DIRTY, "utf-8")
    done = run(".", cwd=tree)
    assert done.returncode == 0
    assert "md is not plain text" in done.stderr
    assert run("--markup", ".", cwd=tree).returncode == 1


def test_jsonl_is_done_by_record(tree):
    path = tree / "a.jsonl"
    path.write_text(json.dumps({"id": 1, "body": DIRTY}) + "\n\n", "utf-8")
    assert "needs --field" in run("--write", ".", cwd=tree).stderr
    run("--write", "--field", "body", ".", cwd=tree)
    first, rest = path.read_text("utf-8").split("\n", 1)
    assert json.loads(first) == {"id": 1, "body": MENDED}
    assert rest == "\n"


def test_globs_hold_for_named_files_too(tree):
    (tree / "a.txt").write_text(DIRTY, "utf-8")
    assert run("--exclude", "*.txt", "a.txt", cwd=tree).returncode == 0
    assert run("--include", "*.log", "a.txt", cwd=tree).returncode == 0
    assert run("--include", "*.txt", "a.txt", cwd=tree).returncode == 1


@needs_git
def test_what_git_ignores_is_left_out(tree):
    subprocess.run(["git", "init", "-q"], cwd=tree, check=True)
    (tree / ".gitignore").write_text("ignored.txt\n", "utf-8")
    for name in ("ignored.txt", "seen.txt"):
        (tree / name).write_text(DIRTY, "utf-8")
    assert "1 of 2 files" in run(".", cwd=tree).stderr


def test_gitignore_holds_without_a_repository(tree):
    (tree / ".gitignore").write_text("ignored/\n*.log\n", "utf-8")
    (tree / "ignored").mkdir()
    for name in ("ignored/a.txt", "b.log", "seen.txt"):
        (tree / name).write_text(DIRTY, "utf-8")
    done = run(".", cwd=tree)
    assert "seen.txt" in done.stdout
    assert "a.txt" not in done.stdout
    assert "b.log" not in done.stdout


def test_comments_protect_lines_blocks_and_files(tree):
    line = DIRTY.strip()
    path = tree / "a.txt"
    path.write_text(
        f"{line}  # ca-normalize: ignore\n// ca-normalize: ignore-next-line\n{line}\n"
        f"# ca-normalize: off\n{line}\n{line}\n# ca-normalize: on\n{line}\n",
        "utf-8",
    )
    run("--write", ".", cwd=tree)
    lines = path.read_text("utf-8").splitlines()
    assert [number for number, text in enumerate(lines) if "стан" in text and "\u200b" not in text] == [7]
    path.write_text(f"# ca-normalize: ignore-file\n{line}\n", "utf-8")
    assert run(".", cwd=tree).returncode == 0


def test_a_protected_line_ends_where_git_says(tree):
    text = "бір\u2028Қaзақстан  # ca-normalize: ignore\nҚaзақстан\n"
    (tree / "a.txt").write_text(text, "utf-8")
    run("--write", ".", cwd=tree)
    assert (tree / "a.txt").read_text("utf-8") == text.replace("\nҚa", "\nҚа")


def test_settings_are_found_upwards_and_checked(tree):
    (tree / "sub").mkdir()
    (tree / "sub" / "a.txt").write_text(DIRTY, "utf-8")
    (tree / "ca-normalize.toml").write_text('ignore-rules = ["look-alike"]\n', "utf-8")
    assert "look-alike" not in run(".", cwd=tree / "sub").stdout
    assert "look-alike" in run("--no-config", ".", cwd=tree / "sub").stdout
    (tree / "ca-normalize.toml").write_text('levl = "safe"\n', "utf-8")
    done = run(".", cwd=tree / "sub")
    assert done.returncode == 2
    assert "'levl' is no setting: did you mean 'level'?" in done.stderr


def test_no_steps_are_no_steps(tree):
    (tree / "a.txt").write_text(DIRTY, "utf-8")
    (tree / "ca-normalize.toml").write_text("steps = []\n", "utf-8")
    done = subprocess.run([*COMMAND, "a.txt"], capture_output=True, text=True, check=False, cwd=tree, timeout=60)
    assert "0 of 1 files would change" in done.stderr


def test_formats_for_machines(tree):
    (tree / "a.txt").write_text(DIRTY, "utf-8")
    first = json.loads(run("--format", "jsonl", ".", cwd=tree).stdout.splitlines()[0])
    assert (first["file"], first["line"], first["column"], first["rule"]) == ("a.txt", 1, 1, "look-alike")
    github = run("--format", "github", ".", cwd=tree).stdout.splitlines()[0]
    assert github.startswith("::warning file=a.txt,line=1,col=1,title=repair/look-alike::")
    (tree / "a.txt").rename(tree / "b: c.txt")
    other = run("--format", "github", ".", cwd=tree).stdout.splitlines()[0]
    assert other == github.replace("a.txt", "b%3A c.txt", 1)


def test_diff_shows_the_lines(tree):
    (tree / "a.txt").write_text("one\n" + DIRTY, "utf-8")
    done = run("--diff", "a.txt", cwd=tree)
    assert done.returncode == 1
    assert done.stdout.splitlines()[2:] == ["@@ -1,2 +1,2 @@", " one", "-" + DIRTY.strip(), "+" + MENDED.strip()]


@pytest.mark.skipif(not shutil.which("patch"), reason="patch is not installed")
def test_a_diff_can_be_applied(tree, tmp_path):
    (tree / "two words.txt").write_text(DIRTY.rstrip("\n"), "utf-8")
    (tree / "bytes.txt").write_bytes(b"a\xff " + DIRTY.encode())
    (tree / "breaks.txt").write_text("бір\rекі\u2028\n\x0b" + DIRTY + "бес\r\n", "utf-8", newline="")
    written = shutil.copytree(tree, tmp_path / "written")
    diff = subprocess.run([*COMMAND, "--diff", "--steps", "repair", "."], capture_output=True, check=False, cwd=tree)
    subprocess.run(["patch", "--binary", "-p0"], input=diff.stdout, check=True, cwd=tree, timeout=60)
    run("--write", ".", cwd=written)
    for path in written.iterdir():
        assert (tree / path.name).read_bytes() == path.read_bytes() != b""
    assert diff.returncode == 1


def test_lines_are_counted_as_git_does(tree):
    (tree / "a.txt").write_text("бір\u2028екі\x0b\r" + DIRTY, "utf-8", newline="")
    places = [line.split(": ")[0] for line in run(".", cwd=tree).stdout.splitlines()]
    assert places[0] == "a.txt:1:4"
    assert {place.rsplit(":", 1)[0] for place in places} == {"a.txt:1"}


def test_the_cache_does_not_hide_a_change(tree):
    path = tree / "a.txt"
    path.write_text(MENDED, "utf-8")
    assert run(".", cwd=tree).returncode == 0
    assert run(".", cwd=tree).returncode == 0
    path.write_text(DIRTY, "utf-8")
    assert run(".", cwd=tree).returncode == 1


def test_processes_give_the_same_answer_in_order(tree):
    for number in range(40):
        (tree / f"{number:02}.txt").write_text(DIRTY, "utf-8")
    alone = run("--no-cache", ".", cwd=tree)
    assert run("--no-cache", "--jobs", "2", ".", cwd=tree).stdout == alone.stdout
    assert alone.stdout.count("look-alike") == 40


def test_files_done_together_come_out_as_one_by_one(tree):
    for number in range(150):
        (tree / f"{number:03}.txt").write_text(f"Джули Стафт, {number}.\n" * (number % 7), "utf-8")
    (tree / "005.txt").write_bytes(b"\0binary")
    (tree / "006.txt").write_bytes("Джули Стафт\n".encode("utf-16"))
    paths = sorted(tree.glob("*.txt"))
    job = Job(Normalizer(steps=("canonicalize",), language="ru", all_names=False))
    tasks = [Task(path) for path in [*paths, tree / "gone.txt"]]
    alone = [outcome for task in tasks for outcome in job([task])]
    assert job(tasks) == alone
    grouped = list(groups(tasks))
    assert [task for group in grouped for task in group] == tasks
    assert len(grouped) > 1


def test_check_and_write_agree_on_what_changes(tree):
    """Check goes through the steps once, write until nothing changes."""
    texts = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    texts += [DIRTY, MENDED, *(text.upper() for text in texts), *(line for text in texts for line in text.split("\n"))]
    for number, text in enumerate(texts):
        (tree / f"{number:04}.txt").write_text(text, "utf-8")
    normalizer = Normalizer(steps=("repair", "strip", "canonicalize"), level="safe", all_names=False)
    tasks = [Task(path) for path in sorted(tree.glob("*.txt"))]
    checked = [outcome.changed for outcome in Job(normalizer)(tasks)]
    assert any(checked)
    assert not all(checked)
    assert [outcome.changed for outcome in Job(normalizer, "write")(tasks)] == checked
    assert not any(outcome.changed for outcome in Job(normalizer)(tasks))


def test_lines_that_recur_in_the_files_go_on_request(tree):
    for number in range(3):
        (tree / f"{number}.txt").write_text(f"Bul saityň şygary\nMakala {number}.\n", "utf-8")
    run("--steps", "strip", "--write", "--recurring", "--keep-first", ".", cwd=tree)
    texts = [(tree / f"{number}.txt").read_text("utf-8") for number in range(3)]
    assert texts == ["Bul saityň şygary\nMakala 0.\n", "Makala 1.\n", "Makala 2.\n"]


def test_an_id_that_there_is_not_is_no_silent_setting(tree):
    (tree / "a.txt").write_text(MENDED, "utf-8")
    (tree / "ca-normalize.toml").write_text('ignore-names = ["kyrgystan"]\n', "utf-8")
    done = run(".", cwd=tree)
    assert done.returncode == 2
    assert "no entity has the id 'kyrgystan': did you mean 'kyrgyzstan'?" in done.stderr


@pytest.mark.parametrize(
    ("identity", "complaint"),
    [
        ("look-alik", "no rule, and no step, has the id 'look-alik': did you mean 'look-alike'?"),
        ("zzzz", "no rule, and no step, has the id 'zzzz'; --explain shows the rule of each edit"),
    ],
)
def test_a_rule_that_there_is_not_is_no_silent_setting(tree, identity, complaint):
    (tree / "ca-normalize.toml").write_text(f'ignore-rules = ["{identity}"]\n', "utf-8")
    done = run(".", cwd=tree)
    assert done.returncode == 2
    assert complaint in done.stderr


def test_every_kind_of_rule_may_be_ignored(tree):
    ids = ["strip", "nfc", "mojibake", "stand-in", "photo-credit", "recurring-line", "kk/press", "strong", "key:Алматы"]
    (tree / "ca-normalize.toml").write_text(f"ignore-rules = {ids!r}\n", "utf-8")
    assert run(".", cwd=tree).returncode in (0, 1)


def test_a_file_in_an_old_encoding_is_said_to_be_one(tree):
    (tree / "a.txt").write_bytes("Сегодня в Астане".encode("cp1251"))
    done = run(".", cwd=tree)
    assert "a.txt: 14 bytes are not UTF-8, and stay as they are" in done.stderr


def test_files_of_one_content_are_done_once_and_reported_each(tree, monkeypatch):
    texts = []
    together = Normalizer.together

    def noted(self, pairs, passes):
        pairs = list(pairs)
        texts.extend(text for text, _ in pairs)
        return together(self, pairs, passes)

    monkeypatch.setattr(Normalizer, "together", noted)
    for number in range(6):
        (tree / f"{number}.txt").write_text(DIRTY if number % 2 else MENDED, "utf-8")
    job = Job(Normalizer(steps=("repair",)), "write")
    tasks = [Task(tree / f"{number}.txt") for number in range(6)]
    outcomes = [*job(tasks[:4]), *job(tasks[4:])]
    assert texts == [MENDED, DIRTY]
    assert [outcome.changed for outcome in outcomes] == [False, True] * 3
    assert {(tree / f"{number}.txt").read_text("utf-8") for number in range(6)} == {MENDED}


def test_the_same_content_with_other_recurring_lines_is_other_content(tree):
    for name in ("a.txt", "b.txt"):
        (tree / name).write_text("Bul saityň şygary\nMakala 1.\n", "utf-8")
    recurring = frozenset(["Bul saityň şygary"])
    job = Job(Normalizer(steps=("strip",)), "write")
    outcomes = job([Task(tree / "a.txt"), Task(tree / "b.txt", recurring)])
    assert [outcome.changed for outcome in outcomes] == [False, True]


def test_what_is_remembered_of_files_is_bounded(monkeypatch):
    monkeypatch.setattr(batch, "REMEMBERED", 3 * batch.LEAST)
    lately, result = Lately(), Normalizer(steps=("repair",)).normalize("")
    contents = [(bytes([number]), frozenset()) for number in range(9)]
    for content in contents:
        lately.put(content, result)
        assert lately.get(content) is result
    assert len(list(filter(lately.get, contents))) <= 3
