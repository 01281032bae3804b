"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "not_times_cartons": ("per_area", 'value = (table["price"] - table["cost"]).sum() / area'),
    "sales_not_profit": ("per_area", 'value = (table["qty"] * table["price"]).sum() / area'),
    "not_divided": ("per_area", 'value = (table["qty"] * (table["price"] - table["cost"])).sum()'),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    ledger = tables["shop_ledger"]
    return {
        "whole_counter": ("area", rules["area"]["known"][0]["value"]),
        "one_square_metre": ("fair", round(rules["area"]["value"] / 6, 2)),
        "sold_ones_only": ("slow", _seen(ledger)),
        "one_star": ("deliver", "B"),
        "stars_taken": ("ways", ["A", "B", "C", "E"]),
        "tell_him_off": ("plan", "台面乱，要求店主马上整改，以后经常检查，提高终端形象。"),
        "stars_down": ("plan", "好走的压在秤底下。再摆不好就降星级，必须上柜 3 个品种。目标做到整齐。6 月 10 日以前。月底检查。"),
    }


def _seen(ledger):
    """Slow brands that were sold at all on the days of the fair: those with nothing sold are forgotten."""
    from coursekit.domain import policy

    terms = policy.load("cases")
    days = ledger["date"].astype("datetime64[ns]").dt.day
    sold = ledger[days.isin(terms["k07.fair_days"])].groupby("sku")["qty"].sum()
    return int((sold < terms["k07.slow_below"]).sum())
