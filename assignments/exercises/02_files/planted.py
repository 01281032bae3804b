"""The faults planted in `customers_raw`: trainer's side only, never in what learners receive.

Found by comparing a learner's raw file with the file as it should be, so that it cannot drift from
the generator.
"""

from __future__ import annotations

import pandas as pd

from coursekit.domain.generators import customers_raw

PROBLEMS = {
    "cust_id": "重复登记",
    "licence_no": "丢了前导零",
    "owner": "缺失",
    "phone": "号码不可能",
    "addr": "地址与位置不符",
    "scale": "代码不存在",
    "joined": "日期在将来",
}


def ledger(variant: str | None = None) -> pd.DataFrame:
    """Every planted fault of one learner's raw file, one row each.

    Returns
    -------
    DataFrame
        `cust_id`, `field`, `problem`; a moved shop is a fault of `addr`, a phantom row of `cust_id`.
    """
    right = {row["cust_id"]: row for row in customers_raw.truth(variant)}
    found = []
    for row in customers_raw.rows(variant):
        key = row["cust_id"]
        if key not in right:
            found.append((key, "cust_id"))
            continue
        for field in ("licence_no", "owner", "phone", "scale", "joined"):
            if row[field] != right[key][field]:
                found.append((key, field))
        if (row["lon"], row["lat"]) != (right[key]["lon"], right[key]["lat"]):
            found.append((key, "addr"))
    return pd.DataFrame(
        [(key, field, PROBLEMS[field]) for key, field in found], columns=["cust_id", "field", "problem"]
    )
