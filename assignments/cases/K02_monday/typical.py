"""What newcomers typically write here, tried by the tests. Never leaves the trainer's side."""

CODE = {
    "days_that_last": ("days_short", "days = stock / pace"),
    "below_zero": ("days_short", "days = wait - stock / pace"),
}


def fields(tables, rules):
    """Wrong answers to fields by id: field and value, from the learner's own tables and the key."""
    return {
        "month_for_day": ("pace", round(31 * rules["pace"]["value"])),
        "days_it_lasts": ("gap", round(7 - rules["gap"]["value"], 1)),
        "whole_week": ("lost", round(7 * rules["pace"]["value"], 1)),
        "cartons_for_yuan": ("money", rules["lost"]["value"]),
        "borrowed_day": ("lawful", ["A", "B", "C"]),
        "slogans": ("plan", "加强货源沟通，做好客户维护，尽快解决断货问题，让店主满意。"),
        "borrowed_day_plan": ("plan", "每个星期断货。借用订货日，替他订 20 条。目标减到 0 天。6 月 3 日以前办好。月底检查。"),
    }
