# %% [markdown]
# # 练习 03 数对得上吗(草稿)

# %% nbgrader={"grade_id": "route_sum", "solution": true}
route_sum = None
### BEGIN SOLUTION
route_sum = 59 + 78 + 59 + 57 + 55
### END SOLUTION

# %% nbgrader={"grade_id": "test_route_sum", "grade": true, "points": 2}
assert route_sum is not None, "还没有作答"
### BEGIN HIDDEN TESTS
assert route_sum == 308, "五条线加起来不对"
### END HIDDEN TESTS

# %% nbgrader={"grade_id": "form_coverage", "grade": true, "solution": true, "points": 2}
learn.form("coverage")
