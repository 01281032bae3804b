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


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "report": [
            "下周估计 10,016 条，是最近四个星期的均数。平常误差在 4% 左右。遇到过节或者断供就不准。这个数只用来备货，不当任务压给店里。",
            "7月1日那周大约 10016 条，用近 4 周平均得来；准确率 96.53%。放假、台风那几周别用。它不是指标，订多少店主说了算。",
            "7月1日这一周预计一万零十六条，是前四周平均下来的。这办法平时准确率 96% 上下。碰上节日、断货就别信它。只给订单部参考，不给店里派任务。",
        ],
    }
