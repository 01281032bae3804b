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


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "explain": [
            "界线就划在15件，到了15件就算上面那档，14.9件差一点没到，所以少半分。这是福建省2014年公布的表，我们这里不一定照它。",
            "你正好够到15件这条线，压线算高的那档，得15分；14.9没够上，是14.5分。表是福建2014年的。",
            "表上写15件以上，正好15件也在里头，所以你归上一档，14.9件归下一档。这张表是福建公司2014年用的。",
        ],
    }
