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
        "joined_too": ("change", ["A", "C", "D", "E"]),
        "guessed": ("issue", f"{report['cust_id'].iloc[0]} 的电话少一位，我猜是 0，直接删掉。"),
    }
