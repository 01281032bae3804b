"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "taken_off": ("last_year", "past = value * (1 - growth)"),
    "as_percent": ("last_year", "past = value / (1 + growth / 100)"),
    "wan_kept": ("per_case", "yuan = wan / cases"),
    "turned": ("per_case", "yuan = cases / wan * 10_000"),
    "first_weeks": ("predict", "latest = history.head(weeks)"),
    "always_four": ("predict", "latest = history.tail(4)"),
    "all_weeks": ("predict", "latest = history"),
    "by_guess": ("accuracy", "right = 1 - abs(guess - actual) / guess"),
    "no_abs": ("accuracy", "right = 1 - (actual - guess) / actual"),
    "error_not_accuracy": ("accuracy", "right = abs(guess - actual) / actual"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    weekly = tables["sales_week"].groupby("week")["qty"].sum().sort_index()
    last = float(weekly.iloc[-1])
    peeked = float(weekly.tail(4).mean())
    june = float(weekly.tail(4).sum())
    return {
        "last_only": ("next_week", last),
        "all_weeks_mean": ("next_week", round(float(weekly.mean()))),
        "peeked": ("last_week", round(100 * (1 - abs(peeked - last) / last), 2)),
        "minus_four": ("year_ago", round(june * 0.96)),
        "before_the_feast": ("festival", "A"),
        "as_a_task": ("report", "下周预测 900 条，四周平均得来，准确率 90%，各店必须完成。"),
    }
