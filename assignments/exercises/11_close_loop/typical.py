"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "no_index": ("recovery_mark", "mark = before * 0.8"),
    "divided": ("recovery_mark", "mark = before / bench * 0.8"),
    "all_the_way": ("recovery_mark", "mark = before * bench"),
    "came_is_done": ("spoken_with", 'spoken = table[table["arrive"].notna()]["cust_id"]'),
    "planned_is_done": ("spoken_with", 'spoken = table[about]["cust_id"]'),
    "edge_not_back": ("not_recovered", 'short = lines[lines["after"] <= lines["target"]]'),
    "turned": ("not_recovered", 'short = lines[lines["after"] >= lines["target"]]'),
    "plan_as_source": ("join_up", 'next_plan["source_id"] = improvements["plan_id"]\nimprovements["next_plan_id"] = next_plan["plan_id"]'),
    "one_way": ("join_up", 'next_plan["source_id"] = improvements["improvement_id"]'),
}

# Answers that agree with each other, not with ours, and the hidden check that must give nothing for them.
ATTACKS = [
    ({"join_up": 'improvements["improvement_id"] = next_plan["source_id"] = [f"G{k}" for k in range(len(lines))]\nimprovements["next_plan_id"] = next_plan["plan_id"]'}, "check_loop"),
    ({"join_up": 'next_plan["source_id"] = improvements["improvement_id"]\nimprovements["next_plan_id"] = next_plan["plan_id"] = improvements["plan_id"]'}, "check_loop"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import method135

    sales, visits = tables["sales_week"], tables["visits"]
    weeks = sorted(sales["week"].unique())[-12:]
    periods = method135.two_periods(sales, weeks[:4], weeks[4:8]).merge(tables["customers"][["cust_id", "star"]], on="cust_id")
    found = method135.warnings(method135.customer_comparisons(periods, "star"))
    found = found[(found["measure"] == "销量") & found["flag_index"]]
    june = sales[sales["week"].isin(weeks[8:])].groupby("cust_id")["qty"].sum()
    after = found["key"].map(june).fillna(0).to_numpy()
    short = after < (found["before"] * found["benchmark"] * 0.8).round(2).to_numpy()
    came = visits[(visits["date"] >= "2024-06-01") & visits["cust_id"].isin(found["key"]) & visits["arrive"].notna()]
    return {
        "came": ("done", came["cust_id"].nunique()),
        "not_back": ("recovered", int(after[short].sum())),
        "excused_is_a_break": ("breaks", ["A", "E", "C", "B"]),
        "push": ("improvement", "原因是库存多，七月第一周请他补订 5 条，看订货条数。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "improvement": [
            "这家没回升是由于主销的两个牌子老缺货。我换成给他推两个口味差不多的，7月8日那周当面去讲，月底查他四周订了多少条。",
            "他说不会网上订货所以少订了，我7月第二周去教他订，到7月31日看他订的条数过没过线。",
            "原因可能是他那条街修路，过路客少了。办法是和他一起挑两个老顾客常要的品种放到前面。7月10日去做，7月底看四周的订货有没有到线。",
        ],
    }
