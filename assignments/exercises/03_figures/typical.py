"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "rows_counted": ("route_total", "total = len(table)"),
    "unrated_as_graded": ("star_totals", 'graded = everyone = int(table["star"].notna().sum())'),
    "unrated_left_out": ("star_totals", 'graded = everyone = int((table["star"] > 0).sum())'),
    "not_sorted": ("off_route", 'codes = list(table[table["route"].isna()]["cust_id"])'),
    "whole_table_below": ("coverage", 'part = int(table["e_settle"].sum())\nwhole = len(table)'),
    "percent_from_function": ("coverage", 'part = 100 * int(table["e_settle"].sum())\nwhole = route_total(table)'),
}

# Answers that agree with each other, not with ours, and the hidden check that must give nothing for them.
ATTACKS = [
    ({"route_total": "total = 1", "coverage": "part = whole = 1"}, "check_coverage_own"),
    ({"route_total": "total = 1000", "coverage": 'part = int(table["e_settle"].sum())\nwhole = 1000'}, "check_coverage_own"),
    ({"route_total": "total = len(table)", "coverage": 'part = int(table["e_settle"].sum())\nwhole = len(table)'}, "check_coverage_own"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    table = tables["customers_raw"]
    settled, on_line = int(table["e_settle"].sum()), int(table["route"].notna().sum())
    return {
        "share_not_percent": ("coverage", round(settled / on_line, 4)),
        "rows_below": ("coverage", f"{100 * settled / len(table):.2f}%"),
        "made_equal": ("difference", 0),
        "unrated_forgotten": ("difference", int((table["star"] > 0).sum()) - on_line),
        "coverage_for_success": ("which_rate", "A"),
        "no_dates": ("report", f"星级合计比线路合计差{len(table) - on_line}户，我去核对。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    more = rules["difference"]["value"]
    return {
        "report": [
            f"星级合计是季度初评的，线路合计是今天的，前者比后者多 {more} 户。我先把这几户列出来逐户去问，不改数。",
            f"星级是4月初评的数，线路是眼下的数，线路少{more}户，我会一户户弄清楚再报。",
            f"季度初评星级的时候有的户，今天已经不在线路上了，两个数差{more}户。名单附后，我这周挨家核一遍。",
        ],
    }
