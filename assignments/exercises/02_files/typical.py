"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "length_only": ("bad_phones", 'good = table["phone"].str.len() == 11'),
    "first_digit_only": ("bad_phones", 'good = table["phone"].str.startswith("1", na=False)'),
    "licence_as_number": ("wrong_length", 'length = table["licence_no"].astype("int64").astype(str).str.len()'),
    "one_of_two": ("doubled", 'twice = table["licence_no"].duplicated()'),
    "zero_is_a_scale": ("impossible", 'scale_bad = table["scale"] > 3\ndate_bad = table["joined"] > TODAY'),
    "today_is_future": ("impossible", 'scale_bad = ~table["scale"].isin([1, 2, 3])\ndate_bad = table["joined"] >= TODAY'),
    "rows_deleted": ("issue_table", 'nobody = codes(table, table["owner"].isna())\ntable.dropna(inplace=True)'),
    "empty_is_a_word": ("issue_table", 'nobody = codes(table, table["owner"] == "")'),
}

# Listed without having been looked for, and the hidden check that must give nothing for it.
_EVERYONE = {
    "bad_phones": 'good = table["phone"] == "?"',
    "wrong_length": 'length = table["licence_no"].str.len() * 0',
    "doubled": 'twice = table["cust_id"].notna()',
    "impossible": 'scale_bad = date_bad = table["cust_id"].notna()',
    "issue_table": 'nobody = codes(table, table["cust_id"].notna())',
}
ATTACKS = [
    (_EVERYONE, "check_recall"),
    ({"issue_table": _EVERYONE["issue_table"]}, "check_recall"),
    ({name: code for name, code in _EVERYONE.items() if name != "issue_table"}, "check_recall"),
    ({"issue_table": 'nobody = ["A"]'}, "check_precision"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import customers

    report = customers.cleaning_report(tables["customers_raw"])
    return {
        "all_issues": ("phones", len(report)),
        "certain_ones": ("doubts", int((report["kind"] == "错").sum())),
        "moved_for_sure": ("moved", "A"),
        "joined_too": ("change", ["B", "C", "D", "E"]),
        "guessed": ("issue", f"{report['cust_id'].iloc[0]} 的电话少一位，我猜是 0，直接删掉。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    code = rules["issue"]["phrases"][0]["any"][0]
    return {
        "issue": [
            f"{code} 这户，电话那栏只有 10 位数，应当 11 位。我下次去店里问店主本人的号再改。",
            f"{code}：许可证号和另一家一模一样。麻烦后台翻开户档案，看哪个是真的。",
            f"{code} 的经营规模写的是 9，没有这个代码，请按规模标准重新核定。",
            f"{code} 入网日期写到了 2104 年，还没到呢，请调原始开户单看看。",
            f"{code}，户主姓名那一格没写。下回走访看一眼许可证，把名字补上来。",
        ],
    }
