"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "edge_below": ("points_for", "reached = amount > low"),
    "edge_written": ("points_for", "reached = amount >= 12 or low < 1"),
    "no_empty_star": ("star_counts", 'counts = table["star"].value_counts()'),
    "sorted_only": ("star_counts", 'counts = table["star"].value_counts().sort_index(ascending=False)'),
    "share_of_all": ("five_star_share", 'share = (table["star"] == 5).groupby(table["route"]).sum() / len(table)'),
    "number_not_share": ("five_star_share", 'share = (table["star"] == 5).groupby(table["route"]).sum()'),
    "ties_lost": ("lowest", "lines = [share.idxmin()]"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    star = tables["customers"]["star"]
    five, upper = int((star == 5).sum()), int((star >= 4).sum())
    return {
        "edge_low": ("edge", 13.5),
        "five_only": ("upper_share", round(100 * five / int((star > 0).sum()), 1)),
        "with_unrated": ("upper_share", round(100 * upper / len(star), 1)),
        "shops_not_percent": ("upper_share", upper),
        "others_service": ("service", ["A", "B", "C"]),
        "nobodys_rule": ("explain", "规定就是 15 件以上得 15 分，含 15 件，你归高的一档。"),
    }
