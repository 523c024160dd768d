"""The filter, as a shell sees it: arguments, standard input, standard output, status."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PYTHON = [sys.executable, "-X", "utf8=0", "-m", "ca_normalize"]
TEXT = "Посол США Джули Стафт в Астане.\nФото: sputnik.kz\n"
CLEAN = ("--steps", "transliterate", "--language", "ru")


def run(*args: str, stdin: bytes | str = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    return subprocess.run([*PYTHON, *args], input=data, capture_output=True, check=False, cwd=cwd, timeout=60)


def test_standard_input_to_standard_output():
    done = run(*CLEAN, stdin="Щука\r\nи рак")
    assert (done.returncode, done.stdout) == (0, b"Shchuka\r\ni rak")
    assert done.stderr == b""


def test_the_whole_pipeline_says_what_it_did():
    done = run("--explain", stdin=TEXT)
    assert done.returncode == 0
    assert "Julie Stufft" in done.stdout.decode()
    assert "Фото" not in done.stdout.decode()
    report = done.stderr.decode()
    assert "language: ru-Cyrl" in report
    assert "strip: 1 edit" in report
    assert "photo_credit" in report


def test_json_holds_everything():
    done = run("--json", stdin=TEXT)
    (line,) = done.stdout.decode().splitlines()
    facts = json.loads(line)
    assert facts["source"] == TEXT
    at, parts = 0, []
    for edit in facts["edits"]:
        parts += [TEXT[at : edit["start"]], edit["replacement"]]
        at = edit["end"]
    assert "".join(parts) + TEXT[at:] == facts["text"]
    assert {"repair", "strip", "canonicalize", "transliterate"} >= {edit["step"] for edit in facts["edits"]}


def test_files_and_standard_input_in_order(tmp_path):
    (tmp_path / "a b.txt").write_text("один\n", "utf-8")
    done = run(*CLEAN, "a b.txt", "-", "a b.txt", stdin="два\n", cwd=tmp_path)
    assert done.stdout == b"odin\ndva\nodin\n"


def test_an_unreadable_file_is_named_and_the_others_are_done(tmp_path):
    (tmp_path / "there.txt").write_text("да\n", "utf-8")
    done = run(*CLEAN, "missing.txt", str(tmp_path), "there.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"da\n")
    assert "missing.txt: No such file" in done.stderr.decode()
    assert "ca-normalize-files" in done.stderr.decode()


def test_wrong_usage_is_2_and_names_the_choices():
    done = run("--steps", "repair,cleen")
    assert done.returncode == 2
    assert b"there are: repair, strip, canonicalize, transliterate" in done.stderr


def test_bytes_that_are_no_utf8_do_not_stop_it():
    done = run("--lines", *CLEAN, stdin="да ".encode() + b"\xff\n" + "нет".encode())
    assert (done.returncode, done.stdout) == (0, b"da \xff\nnet")
    assert done.stderr.count(b"1 bytes could not be decoded") == 1


def test_strict_names_file_record_and_byte():
    done = run("--lines", "--errors", "strict", *CLEAN, stdin=b"ok\nabc\xff\n")
    assert done.returncode == 2
    assert b"<stdin>: record 2, byte 3" in done.stderr


def test_an_old_encoding_is_guessed_for_documents_and_can_be_named():
    page = "Сегодня в Астане прошло заседание правительства, на котором обсудили бюджет.\n"
    guessed = run(*CLEAN, stdin=page.encode("cp1251"))
    named = run(*CLEAN, "--encoding", "cp1251", stdin=page.encode("cp1251"))
    assert guessed.stdout == named.stdout == run(*CLEAN, stdin=page).stdout


@pytest.mark.parametrize("flag", ["-0", "--null"])
def test_nul_ended_records(flag):
    assert run(flag, *CLEAN, stdin="да\nнет\0ель\0".encode()).stdout == b"da\nnet\0yel\0"


def test_json_lines_keep_what_is_around_the_field():
    line = '{"id" : 1.50, "body":"да", "tags": ["б",  "\\u0431"]}\n'
    done = run("--jsonl", "--field", "body", *CLEAN, stdin=line)
    assert done.stdout.decode() == line.replace('"да"', '"da"')
    done = run("--jsonl", "--field", "body", "--out-field", "clean", *CLEAN, stdin=line)
    assert done.stdout.decode() == line.replace("]}", '], "clean": "da"}')


def test_json_lines_with_a_mark_deep_arrays_and_long_numbers():
    bad = '{"body": ' + "[" * 100_000 + "\n"
    lines = '\ufeff{"body": "да"}\r\n' + bad + '{"n": ' + "1" * 5000 + ', "body": "да"}'
    done = run("--jsonl", "--field", "body", "--keep-going", *CLEAN, stdin=lines)
    assert done.stdout.decode() == lines.replace("да", "da")
    assert done.returncode == 2
    assert b"<stdin>: line 2: " in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_line_stays_one_line():
    lines = "Ош\u2028Нарын \x0c да\n\x0bда\r\n"
    done = run("--lines", "--steps", "repair", stdin=lines)
    assert done.stdout.decode() == "Ош Нарын да\n да\r\n"
    assert run("--steps", "repair", stdin="Ош\u2028Нарын").stdout.decode() == "Ош\nНарын"


def test_a_bad_json_line_is_named_and_passed_on_when_asked():
    lines = '{"body": "да"}\nnot json\n{"other": 1}\n{"body": "нет"}\n'
    stopped = run("--jsonl", "--field", "body", *CLEAN, stdin=lines)
    assert stopped.returncode == 2
    assert b"<stdin>: line 2" in stopped.stderr
    done = run("--jsonl", "--field", "body", "--keep-going", *CLEAN, stdin=lines)
    assert done.returncode == 2
    assert done.stdout.decode() == '{"body": "da"}\nnot json\n{"other": 1}\n{"body": "net"}\n'
    assert b"line 3: no field 'body'; there are: other" in done.stderr


def test_check_and_diff_exit_with_1_where_something_changes():
    assert run("--check", stdin="Clean already.\n").returncode == 0
    check = run("--check", stdin="да\n")
    assert (check.returncode, check.stdout) == (1, b"")
    diff = run("--diff", *CLEAN, stdin="one\nдва\nthree\n")
    assert diff.returncode == 1
    assert diff.stdout.decode().splitlines()[2:] == ["@@ -1,3 +1,3 @@", " one", "-два", "+dva", " three"]


def test_detect_gives_a_line_a_record():
    done = run("--detect", "--lines", stdin="Бүгүн Бишкекте жыйын өттү, ага министрлер катышты.\n\n123\n")
    tags = [line.split("\t")[0] for line in done.stdout.decode().splitlines()]
    assert tags == ["ky-Cyrl", "und", "und"]


def test_order_is_kept_at_any_number_of_jobs():
    lines = "".join(f"номер {number}\n" for number in range(60))
    alone = run("--lines", *CLEAN, stdin=lines)
    assert run("--lines", "--jobs", "2", *CLEAN, stdin=lines).stdout == alone.stdout
    assert alone.stdout.endswith(b"nomer 59\n")


def test_a_closed_pipe_ends_it_silently():
    filter_ = f"{sys.executable} -m ca_normalize --lines --steps transliterate --language ru"
    script = f"yes да | {filter_} | head -1; echo ${{PIPESTATUS[1]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, timeout=60)
    assert done.stdout == b"da\n141\n"
    assert done.stderr == b""


def test_a_document_over_the_limit_is_refused_with_advice():
    done = run("--max-size", "10", stdin="a" * 11)
    assert done.returncode == 2
    assert b"--lines" in done.stderr
    assert b"--max-size" in done.stderr


def test_version_and_help():
    assert run("--version").stdout.startswith(b"ca-normalize ")
    assert b"exit status" in run("--help").stdout


def test_a_stray_byte_in_a_document_passes_through():
    page = "Токаев приехал в Ташкент. " * 3
    done = run(*CLEAN, stdin=page.encode() + b"\xff" + page.encode())
    assert b"\xff" in done.stdout
    assert b"1 bytes could not be decoded" in done.stderr


def test_an_unknown_scheme_is_refused_with_the_choices_before_any_work():
    done = run("--scheme", "iso9", stdin="x")
    assert done.returncode == 2
    assert b"did you mean 'iso-9'" in done.stderr
    done = run("--scheme", "icao-9303", "--language", "kk", stdin="x")
    assert done.returncode == 2
    assert b"scheme for kk" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_one_line():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PYTHON, *CLEAN], input="да".encode(), stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr.decode().strip() == "ca-normalize: standard output cannot be written: No space left on device"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_unbuffered_waits_for_nothing(jobs):
    command = [*PYTHON, "--lines", "-u", "--jobs", jobs, *CLEAN]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(f"да {number}\n".encode())
            process.stdin.flush()
            assert process.stdout.readline() == f"da {number}\n".encode()
        process.stdin.close()


def test_ctrl_c_ends_it_without_a_traceback():
    import signal

    def heed() -> None:  # what is started in the background of a shell ignores the signal, and so do its children
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    pipe = subprocess.PIPE
    command = [*PYTHON, "--lines", "-u", *CLEAN]
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, preexec_fn=heed)
    assert process.stdin
    assert process.stdout
    process.stdin.write("да\n".encode())
    process.stdin.flush()
    assert process.stdout.readline() == b"da\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"")


def closed(command: str, where: Path) -> subprocess.CompletedProcess[bytes]:
    line = f"{' '.join(PYTHON)} --steps transliterate {command}"
    return subprocess.run(["sh", "-c", line], capture_output=True, check=False, cwd=where, timeout=60)


def test_a_closed_stream_is_an_error_that_is_said(tmp_path):
    (tmp_path / "a.txt").write_text("да\n", "utf-8")
    done = closed("a.txt >&-", tmp_path)
    assert (done.returncode, b"standard output cannot be written" in done.stderr) == (2, True)
    done = closed("<&-", tmp_path)
    assert (done.returncode, done.stderr.startswith(b"ca-normalize: -: ")) == (2, True)


def test_messages_never_go_to_the_output(tmp_path):
    (tmp_path / "a.txt").write_text("да\n", "utf-8")
    done = closed("--explain missing.txt a.txt 2>&-", tmp_path)
    assert (done.returncode, done.stdout) == (2, b"da\n")


def test_a_report_that_cannot_be_written_is_named(tmp_path):
    done = run(*CLEAN, "--report", str(tmp_path / "none" / "report.html"), stdin="да")
    assert done.returncode == 2
    assert b"report.html: the report cannot be written" in done.stderr


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_completion_knows_options_values_and_names_with_spaces(tmp_path):
    (tmp_path / "a page.txt").touch()
    (tmp_path / "completion.bash").write_bytes(run("--completion", "bash").stdout)
    script = 'source ./completion.bash; complete_for() { COMP_WORDS=(ca-normalize "$@"); COMP_CWORD=$#; COMPREPLY=(); '
    script += "_ca_normalize; printf '<%s>' \"${COMPREPLY[@]}\"; }; "
    script += "complete_for --lev; complete_for --level sa; complete_for a"
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=False, cwd=tmp_path, timeout=60)
    assert (done.stdout, done.stderr) == (b"<--level><safe><a page.txt>", b"")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--stpes", "repair"], "'--stpes' is no option: did you mean '--steps'?"),
        (["--level", "sfae"], "--level: invalid choice: 'sfae' (choose from 'safe', 'default', 'aggressive')"),
        (["--json", "--diff"], "--diff: not allowed with argument --json"),
    ],
)
def test_wrong_usage_is_said_in_one_line(wrong: list[str], said: str) -> None:
    done = run(*wrong)
    assert done.returncode == 2
    assert done.stderr.decode() == f"ca-normalize: {said} (see ca-normalize --help)\n"
    assert not done.stdout
