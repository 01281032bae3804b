"""Score tables as people save them; what is no such table is refused by line and column."""

from pathlib import Path

import numpy as np
import pytest

from coursekit.errors import InputError
from coursekit.quiz.irt import Fit, ItemCurve
from coursekit.quiz.item_report import analyse, people
from coursekit.quiz.score_table import read_ids, read_scores


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
        ("工号,Q1\nkh1,1\nkh2,0\nkh1,1\n", ["第 4 行", "kh1 在第 2 行已经有了"]),
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


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_sets_the_columns_apart_is_told_by_the_header(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "s.csv"
    path.write_text("姓名,Q1,Q2\n小林,1,0\n小林,0,1\n".replace(",", separator), encoding="utf-8")

    names, blocks = read_scores(path)

    assert names == ["Q1", "Q2"]
    assert np.concatenate(list(blocks)).tolist() == [[1, 0], [0, 1]]
    assert read_ids(path) == ["小林", "小林"]


def test_a_model_that_does_not_converge_leaves_the_classical_statistics(tmp_path: Path) -> None:
    """Takers in one line from weak to strong: no slope fits, which is said; nothing else is lost."""
    path = tmp_path / "s.csv"
    rows = "\n".join(",".join(str(int(n % 6 > item)) for item in range(5)) for n in range(300))
    path.write_text(f"Q1,Q2,Q3,Q4,Q5\n{rows}\n", encoding="utf-8")

    report = analyse(path, "2pl")

    assert report.fit is None
    assert "不收敛" in report.refused
    assert report.classical.n == 300


def test_people_get_a_line_each_and_an_ability_only_from_a_model(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("Q1,Q2,Q3\n1,0,1\n\n0,0,0\n1,1,1\n", encoding="utf-8")
    curves = tuple(ItemCurve(name, 1.0, 0.0, None, None) for name in ("Q1", "Q2", "Q3"))

    bare = people(path, None)
    told = people(path, Fit("1pl", 3, 0.0, curves))

    assert [(row["taker"], row["right"], row["ability"]) for row in bare] == [
        ("1", 2, None),
        ("2", 0, None),
        ("3", 3, None),
    ]
    assert told[1]["ability"] < 0 < told[0]["ability"] < told[2]["ability"]
    assert all(0 < row["se"] < 1 for row in told)


def test_the_share_who_passed(tmp_path: Path) -> None:
    """Three of five right is 60 %, which passes."""
    path = tmp_path / "s.csv"
    path.write_text("a,b,c,d,e\n1,1,1,0,0\n1,1,0,0,0\n1,1,1,1,1\n0,0,0,0,0\n", encoding="utf-8")

    report = analyse(path)

    assert report.classical.totals == (1, 0, 1, 1, 0, 1)
    assert report.pass_rate == 0.5
    assert any("及格的占 50.0%" in line for line in report.lines())
