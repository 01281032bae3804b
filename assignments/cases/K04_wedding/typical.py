"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "tight_too": ("may_request", 'cartons = int(table["qty"].sum()) if lawful else 0'),
    "for_anyone": ("may_request", 'cartons = int(table.loc[~table["tight"], "qty"].sum())'),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    return {
        "whole_slip": ("ordinary", 40),
        "tight_ones": ("ordinary", 40 - rules["ordinary"]["value"]),
        "forty_of_month": ("share", round(4000 / int(tables["shop_ledger"]["qty"].sum()), 1)),
        "eve_of_feast": ("path", "C"),
        "market_manager": ("approver", "D"),
        "from_next_door": ("ways", ["A", "B", "C"]),
        "just_deliver": ("plan", "40 条烟要保证，23 日以前一定送到，让店主放心。"),
        "neighbours_share": ("plan", "喜事要 40 条，紧俏的不够。请相邻片区的店主替他订 10 条，再匀几条。目标 40 条送到。6 月 20 日以前办好。6 月 24 日回访。"),
    }
