"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "growth": ("own_index", 'index = table["now"] / table["before"] - 1'),
    "turned": ("own_index", 'index = table["before"] / table["now"]'),
    "mean_of_indices": ("benchmark", 'total = pd.DataFrame({"now": own_index(old).groupby(old["star"]).mean(), "before": 1})'),
    "with_new_shops": ("benchmark", 'total = table.groupby("star")[["before", "now"]].sum()'),
    "edge_out": ("warned", "flag = own / bench < 0.8"),
    "difference": ("warned", "flag = own - bench <= -0.2"),
    "growth_divided": ("warned", "flag = (own - 1) / (bench - 1) <= 0.8"),
    "falling_base": ("warned_by_rate", "flag = bench_rate != 0 and own_rate / bench_rate <= 0.8"),
    "by_zero": ("warned_by_rate", "flag = own_rate / bench_rate <= 0.8 and bench_rate > 0"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import method135

    sales, shops = tables["sales_week"], tables["customers"][["cust_id", "star"]]
    weeks = sorted(sales["week"].unique())[-8:]
    periods = method135.two_periods(sales, weeks[:4], weeks[4:]).merge(shops, on="cust_id")
    found = method135.warnings(method135.customer_comparisons(periods, "star"))
    volume = found[found["measure"] == "销量"]
    return {
        "by_growth": ("warned_count", int(volume["flag_rate_naive"].sum())),
        "warned_as_unjust": ("upside_down", int(volume["flag_index"].sum())),
        "push": ("first", "A"),
        "more_orders": ("explain", "基准在跌，应当看指数，拿到单子先请他补订一些。"),
    }
