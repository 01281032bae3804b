"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "missed_as_zero": ("short_visits", 'minutes = ((log["leave"] - log["arrive"]).dt.total_seconds() / 60).fillna(0)\ntoo_short = log[minutes < least]'),
    "seconds": ("short_visits", 'minutes = (log["leave"] - log["arrive"]).dt.total_seconds()\ntoo_short = log[minutes < least]'),
    "edge_short": ("short_visits", 'minutes = (log["leave"] - log["arrive"]).dt.total_seconds() / 60\ntoo_short = log[minutes <= least]'),
    "excused_missed": ("missed", 'not_made = log["arrive"].isna()\nsilent = not_made'),
    "blanks_are_words": ("missed", 'not_made = log["arrive"].isna()\nsilent = log["reason"].isna()'),
    "urgent_above": ("execution_rate", 'planned = log[log["planned"]]\nrate = float(log["arrive"].notna().sum() / len(planned))'),
    "excused_below": ("execution_rate", 'planned = log[log["planned"] & (log["arrive"].notna() | log["reason"].isna())]\nrate = float(planned["arrive"].notna().mean())'),
    "plan_month": ("made_in", 'made = log[(log["date"].dt.to_period("M") == month) & log["arrive"].notna()]'),
    "never_seen": ("too_few", 'five = customers[customers["star"] == 5]["cust_id"]\ncounts = made_in(log, month)\ntimes = counts[counts.index.isin(five)]'),
    "everyone": ("too_few", 'five = customers["cust_id"]\ntimes = made_in(log, month).reindex(five, fill_value=0)'),
}

# Answers that agree with each other, not with ours, and the hidden check that must give nothing for them.
ATTACKS = [
    ({"made_in": "made = log[:0]", "too_few": "times = made_in(log, month)"}, "check_few_own"),
    ({"made_in": "made = log[:1]", "too_few": 'times = pd.Series(0, index=customers[customers["star"] == 5]["cust_id"])'}, "check_few_own"),
    ({"made_in": 'return pd.Series({"x": 1})', "too_few": 'times = pd.Series(0, index=customers[customers["star"] == 5]["cust_id"])'}, "check_few_own"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    rows = tables["visits"]
    rows = rows[(rows["date"] >= "2024-06-01") & (rows["date"] <= "2024-06-30")]
    due = rows[rows["planned"].astype(bool)]
    made, not_made = int(due["arrive"].notna().sum()), due[due["arrive"].isna()]
    return {
        "with_urgent": ("rate", round(100 * int(rows["arrive"].notna().sum()) / len(due), 2)),
        "without_excused": ("rate", round(100 * made / (len(due) - int(not_made["reason"].notna().sum())), 2)),
        "share": ("rate", round(made / len(due), 4)),
        "excused_too": ("silent", len(not_made)),
        "rain_is_made": ("rain", "A"),
        "excused_blamed": ("breach", ["E", "B", "C", "D"]),
        "records_made_up": ("report", "六月执行率 90%，少走五星户 3 家，下周补记录，以后写明原因。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "report": [
            "六月计划走 480 次，走成 455 次，执行率 94.8%。五星户少走了 3 家。漏掉的 8 次，7月第一周全部去补。今后没去当天就把缘由记上。",
            "执行率 94.71%。有4家五星店没走够四次，我安排在下星期走到。以后每周五查一遍没走的，提早改期。",
            "本月计划 473 次，走了 448 次，执行率 94.71%。五星店里有三家没走够四次。漏的那 8 次下周二以前补走。今后有事去不了，当天就把理由填进去。",
        ],
    }
