"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "rounded_down": ("bundles_needed", "bundles = max(int((point - stock) / 50), 0)"),
    "cartons": ("bundles_needed", "bundles = max(math.ceil(point - stock), 0)"),
    "below_zero": ("bundles_needed", "bundles = math.ceil((point - stock) / 50)"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    sales = tables["sales_week"]
    shop = sales[sales["cust_id"] == sales.groupby("cust_id")["qty"].sum().idxmax()]
    rows = shop[shop["sku"] == shop.groupby("sku")["qty"].sum().idxmax()].groupby("week")["qty"].sum()
    return {
        "weeks_sold": ("absent", len(rows)),
        "by_26": ("safety", round(int(rows.max()) - int(rows.sum()) / 26, 1)),
        "no_reserve": ("point", round(2 * float(rows.mean()), 1)),
        "one_week": ("point", int(rows.max())),
        "into_the_order": ("ways", ["A", "B", "C", "E"]),
        "more_stock": ("plan", "断货多，建议店主多订一些，把仓库备足，保证不断货。"),
        "decided_for_him": ("plan", "半年里断货。替店主定下每次 3 件，直接录进订单。目标断货降到 0 周。7 月 1 日以前做好。9 月 30 日检查。"),
    }
