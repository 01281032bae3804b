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


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "explain": [
            "同类店都在往下掉，增长率是负数，正数除以负数得出负的，他涨了反倒报警。应该拿本月除上月，再跟同星级的比。接到单子先看数对不对，再去店里问是怎么回事。",
            "因为整个三星的合计六月比五月低，基准增长率小于零，一除就反了。改用指数之比。拿到单子先核实再上门问情况。",
            "这个月同星级整体在下滑，增长率是负的，他涨一点，相除就成了负数，落到线下面。改成拿六月除以五月再相比，他就不会上单子。拿到名单，先核实数据。",
        ],
    }
