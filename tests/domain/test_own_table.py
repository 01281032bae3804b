"""A learner's own export with Chinese headers."""

import csv

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursekit.domain import own_table
from coursekit.domain.datasets import read_own
from coursekit.errors import InputError

HEAD = "客户编码,店名,送货线路,星级,电子结算,许可证号"
BODY = "K0001,福满便利店,A,五星,是,081127100001\nK0002,聚源食杂店,B,3,否,081127100002\n"


def write(path, text, coding="utf-8"):
    path.write_bytes(text.encode(coding))
    return path


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_an_export_loads_in_the_encodings_people_have(tmp_path, coding):
    frame = read_own(write(tmp_path / "我的客户.csv", f"{HEAD}\n{BODY}", coding), "customers")
    assert list(frame.columns) == ["cust_id", "licence_no", "name", "route", "star", "e_settle"]
    assert frame.star.tolist() == [5, 3]
    assert frame.e_settle.tolist() == [True, False]
    assert frame.licence_no[0] == "081127100001"


def test_excel_loads_and_numbers_become_text_where_text_is_meant(tmp_path):
    book = openpyxl.Workbook()
    for row in [
        ["客户编码", "店名", "线路", "星级", "电话"],
        [45100012, "福满便利店", "A", 5.0, 15412345678],
    ]:
        book.active.append(row)
    book.save(tmp_path / "客户.xlsx")
    frame = read_own(tmp_path / "客户.xlsx", "customers")
    assert frame.cust_id[0] == "45100012"
    assert frame.phone[0] == "15412345678"
    assert frame.star[0] == 5


def test_headers_are_found_through_spaces_full_width_forms_and_units(tmp_path):
    text = "日期;卷烟名称;类 别;数量(条);进价(元/条);售价\n2024/5/1;青屿(蓝);三类;2;41.5;46\n"
    frame = read_own(write(tmp_path / "台账.csv", text), "shop_ledger")
    assert frame["class"].tolist() == [3]
    assert str(frame.date[0].date()) == "2024-05-01"


def test_what_cannot_be_mapped_is_named_and_left_out(tmp_path):
    path = write(tmp_path / "a.csv", f"{HEAD},备注\n{BODY.replace(chr(10), ',无' + chr(10))}")
    with pytest.warns(UserWarning, match="没有读入：备注"):
        frame = read_own(path, "customers")
    assert frame.attrs["unmapped"] == ["备注"]


def test_missing_and_unknown_headers_are_named_together(tmp_path):
    path = write(tmp_path / "a.csv", "编号X,店名,备注\n1,福满,无\n")
    with pytest.raises(InputError, match=r"客户编码、线路、星级.*编号X、备注"):
        read_own(path, "customers")


def test_a_doubled_header_is_named(tmp_path):
    path = write(tmp_path / "a.csv", "客户编码,客户编号,店名,线路,星级\n1,1,福满,A,5\n")
    with pytest.raises(InputError, match="重复的列：客户编号"):
        read_own(path, "customers")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("K1,福满,A,六星\n", "第 2 行「星级」.*整数.*六星"),
        ("K1,福满,A,5\n\nK2,福满,A,7\n", "第 4 行「星级」.*5、4.*看到的是7"),
        ("K1,福满,A,5\nK1,福满,A,5\n", "第 3 行「客户编码」.*不同的编码"),
        (",福满,A,5\n", "第 2 行「客户编码」.*有值.*空白"),
        ("K1,福满,A,5\nK2,福", "第 3 行.*4 格.*2 格.*没有存完"),
        ("", "至少一行数据"),
    ],
)
def test_a_wrong_value_is_named_by_row_and_column(tmp_path, body, message):
    path = write(tmp_path / "客户.csv", "客户编码,店名,线路,星级\n" + body)
    with pytest.raises(InputError, match=message):
        read_own(path, "customers")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "0 个字节"),
        ("a.csv", b"\x00\x01\x02", "二进制文件"),
        ("a.csv", b"PK\x03\x04zip", "二进制文件"),
        ("a.csv", b"\xff\x81\xff\xff", "两种都解不开"),
        ("a.csv", '客户编码,店名\n"K1,福满'.encode(), "读到中间断了"),
        ("a.xlsx", b"PK\x03\x04broken", "打不开的文件"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0old", "打不开的文件"),
        ("a.csv", b"x" * 20_000_001, "不超过 20 MB"),
    ],
)
def test_a_broken_file_gives_one_line_that_says_what_to_do(tmp_path, name, data, message):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        read_own(tmp_path / name, "customers")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="没有这个文件"):
        read_own(tmp_path / "none.csv", "customers")


def test_too_many_rows_are_refused(tmp_path):
    path = write(tmp_path / "a.csv", "客户编码,店名,线路,星级\n" + "K,店,A,5\n" * 200_001)
    with pytest.raises(InputError, match="最多 200000 行"):
        read_own(path, "customers")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), suffix=st.sampled_from([".csv", ".xlsx", ".txt", ""]))
def test_no_file_makes_anything_but_an_input_error(tmp_path, data, suffix):
    path = tmp_path / f"x{suffix}"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_own(path, "customers")


CELL = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=4))
def test_any_cells_load_or_are_named(tmp_path, rows):
    path = tmp_path / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("客户编码", "店名", "线路", "星级"), *rows])
    try:
        frame = read_own(path, "customers")
    except InputError:
        return
    assert frame.star.isin([0, 1, 2, 3, 4, 5]).all()
    assert len(frame) <= len(rows)


@pytest.mark.parametrize(
    ("cell", "field"),
    [
        ("1e30", "qty"), ("2.5", "qty"), ("-", "qty"), ("inf", "price"), ("nan", "price"), ("五十", "price"),
        ("45460", "date"), ("2024", "date"), ("2024-13-01", "date"), ("2024-02-30", "date"), ("昨天", "date"),
        ("2024-05-01T08:30:00Z", "date"), ("2024-05-01 08:30:00+08:00", "date"), ("2024-05-01 Monday", "date"),
    ],
)  # fmt: skip
def test_an_impossible_number_or_date_is_refused(tmp_path, cell, field):
    good = {"date": "2024-05-01", "sku": "青屿(蓝)", "class": "3", "qty": "2", "cost": "41.5", "price": "46"}
    row = {**good, field: cell}
    path = write(tmp_path / "a.csv", f"{','.join(row)}\n{','.join(row.values())}\n")
    with pytest.raises(InputError, match="第 2 行"):
        read_own(path, "shop_ledger")


@pytest.mark.parametrize(
    "cell", ["2024-05-01", "2024/5/1", "2024.5.1", "2024年5月1日", "20240501", "2024-05-01 08:30:00",
             "2024-05-01 08:30:00.500", "2024年5月1日08:30", "2024-05-01T8:30", "2024/5/1 8:30 PM"]
)  # fmt: skip
def test_dates_are_read_as_people_write_them(tmp_path, cell):
    path = write(tmp_path / "a.csv", f"日期,品名,类别,数量,进价,售价\n{cell},青屿,3,2,41.5,46\n")
    assert str(read_own(path, "shop_ledger").date[0].date()) == "2024-05-01"


def test_one_time_zone_among_plain_times_names_its_row(tmp_path):
    body = "2024-05-01,青屿,3,2,41.5,46\n2024-05-02T08:30:00Z,青屿,3,2,41.5,46\n"
    path = write(tmp_path / "a.csv", f"日期,品名,类别,数量,进价,售价\n{body}")
    with pytest.raises(InputError, match=r"第 3 行「日期」.*2024-05-02T08:30:00Z"):
        read_own(path, "shop_ledger")


def test_lines_that_end_as_on_an_old_machine_are_lines(tmp_path):
    path = write(tmp_path / "a.csv", (HEAD + "\n" + BODY).replace("\n", "\r"))
    assert read_own(path, "customers")["cust_id"].tolist() == ["K0001", "K0002"]


def test_a_path_that_is_none_is_told():
    with pytest.raises(InputError, match="文件：应当是一个 CSV 或 Excel 文件的路径"):
        read_own(None, "customers")


def test_a_file_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    path = write(tmp_path / "a.csv", "客户编码\n1\n")

    def refuse(_self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    with pytest.raises(InputError, match=r"读不出来.*别的程序"):
        read_own(path, "customers")


def test_a_workbook_that_unpacks_to_too_much_is_told(tmp_path, monkeypatch):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    monkeypatch.setattr(own_table, "LARGEST_UNPACKED", 10)
    with pytest.raises(InputError, match="解开以后过大"):
        read_own(tmp_path / "a.xlsx", "customers")
