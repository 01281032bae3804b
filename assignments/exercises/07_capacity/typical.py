"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

import math

CODE = {
    "shops_not_visits": ("visits_due", "total = len(table)"),
    "sums_multiplied": ("stay_total", 'minutes = float(table["star"].map(times).sum() * table["star"].map(stay).sum())'),
    "times_forgotten": ("stay_total", 'minutes = float(table["star"].map(stay).sum())'),
    "noon_as_road": ("travel_each", "minutes = round(float(gap[same_day].mean()), 1)"),
    "overlap_as_road": ("travel_each", "minutes = round(float(gap[same_day & (gap < 60)].mean()), 1)"),
    "no_road": ("days_needed", "needed = stay_minutes\ndays = math.ceil(needed / day_minutes)"),
    "rounded": ("days_needed", "needed = stay_minutes + visits * travel\ndays = round(needed / day_minutes)"),
    "always_one_more": ("days_needed", "needed = stay_minutes + visits * travel\ndays = int(needed // day_minutes) + 1"),
    "exact_is_too_much": ("impossible", "too_much = days_needed(visits_due(table, own_times), stay_total(table, own_times, stay), travel, 390) >= days"),
}

# Answers that agree with each other, not with ours, and the hidden check that must give nothing for them.
ATTACKS = [
    ({"days_needed": "days = 0", "impossible": "pass"}, "check_impossible_own"),
    ({"days_needed": "days = 99", "impossible": "too_much = True"}, "check_impossible_own"),
    ({"days_needed": "days = 21 if visits % 2 else 0", "impossible": "too_much = visits_due(table, own_times) % 2 == 1"}, "check_impossible_own"),
]


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    from coursekit.domain import delivery, visits

    shops = tables["customers"]
    case = visits.capacity(shops, 5.0)
    scattered = int((delivery.service_modes(shops)["mode"] == "mobile").sum())
    return {
        "stay_only": ("needed", round(case.stay)),
        "four_weeks": ("month", case.visits),
        "not_divided": ("month", round(case.visits * 4.3333, 1)),
        "overtime": ("road", "C"),
        "fill_in": ("three", "A"),
        "six_points": ("points", math.ceil(10 * scattered / (188 / 6))),
        "not_whole": ("points", round(10 * scattered / (188 / 8), 2)),
        "shops_not_points": ("points", 10 * scattered),
        "own_district": ("points", math.ceil(scattered / (188 / 8))),
        "carries": ("carry", "A"),
        "own_will": ("report", "要多走几百分钟，20 天不够，我把记录写满就行。"),
    }


def texts(rules):
    """Plainly right answers to the text fields, each in words of its own."""
    return {
        "report": [
            "五星户加到每周两次，一个周期要11000分钟，20天只有7800分钟，还差3200分钟，走不完。要么五星户里只挑10家加，要么一二星户改打电话。请您拍板。",
            "算下来要 29 天，一个周期 20 天，少 9 天。可以把三星户两月一次，或者增加人手。这个由市场经理来定。",
            "按每周两次，要12,400分钟，可20天总共才7,800分钟，缺4,600分钟。建议先选十户试，或者把低星户的拜访次数减下来。怎么取舍请市场经理决定。",
        ],
    }
