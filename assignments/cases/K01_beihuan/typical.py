"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "multiplied": ("price_needed", "price = profit * margin / cartons"),
    "sales_not_price": ("price_needed", "price = profit / margin"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    ledger = tables["shop_ledger"]
    return {
        "target_price": ("price", 40),
        "bundle_price": ("price", round(50 * rules["price"]["value"], 2)),
        "cartons_as_bundles": ("bundles", int(ledger["qty"].sum())),
        "target_profit": ("profit_450", 1800),
        "everything_binds": ("loose", "B"),
        "owner_outside": ("outside", ["A", "B", "C", "E"]),
        "tasting": ("refuse", ["A", "B", "C", "D"]),
        "targets_copied": ("plan", "要做到利润率 10%，总销量 9 件，利润过 1,800 元，一、二类占 35% 以上。要加强沟通，提高店主的积极性。"),
        "old_tricks": ("plan", "新品在最下层。门外摆新品海报，再请老顾客试吸。目标做到 450 条。6 月 7 日以前做好。月底检查。"),
    }
