"""Score tables as people save them; what is no such table is refused by line and column."""

from pathlib import Path

import numpy as np
import pytest

from coursekit.errors import InputError
from coursekit.quiz.item_report import analyse
from coursekit.quiz.score_table import read_scores


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", ["s.csv", "s.zip", "s.txt"])
def test_a_column_of_names_is_left_out(tmp_path: Path, encoding: str, name: str) -> None:
    """Whatever the file is called, it is read as the text it is."""
    path = tmp_path / name
    path.write_text("学员,Q1, Q2\n甲,1,0\n乙,0,1\n", encoding=encoding)

    names, blocks = read_scores(path)

    assert names == ["Q1", "Q2"]
    assert np.concatenate(list(blocks)).tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Q1,Q2\n1,0\n1,x\n", ["第 3 行", "Q2", "“x”"]),
        ("Q1,Q2\n1,\n", ["第 2 行", "Q2", "“”"]),
        ("Q1,Q2\n1,0.5\n", ["第 2 行", "“0.5”"]),
        ("Q1,Q2\n1,0\n1,0,1\n", ["列数不一样"]),
        ("Q1,Q2\n1,0,1\n1,0,1\n", ["列数不一样"]),
        ("Q1,Q2\n1,0\n", ["至少 2 人", "1 人"]),
        ("Q1,Q2\n", ["至少 2 人", "0 人"]),
        ("Q1,Q1\n1,0\n", ["表头", "重复的“Q1”"]),
        ("学员\n甲\n", ["没有题目的表头"]),
        ("", ["CSV"]),
        (b"PK\x03\x04" + b"\0" * 40, ["不是文字"]),
        (b"Q1\xff\xff\xff\n1\n", ["两种都解不开"]),
        (b"Q1\n" + b"1\n" * 40_000 + b"\xd6\xd0\n", ["换了编码"]),
        ('"Q1' + "x" * 200_000, ["读不懂"]),
    ],
)
def test_bad_tables_are_named_by_line_and_column(
    tmp_path: Path, content: str | bytes, words: list[str]
) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(InputError) as caught:
        analyse(path)

    assert all(word in str(caught.value) for word in words)
    assert "codec" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有.csv.*打不开"):
        read_scores(tmp_path / "没有.csv")
