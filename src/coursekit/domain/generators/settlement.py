"""D-7 settlement: the debit of every order of a shop with electronic settlement.

Coverage (shops) and success (debits) are two figures (INC-04): the shops are those of the customer
file, 90.26 % of them in the base case; of the debits 95.1 % went through (S2-010). Debits fail at
large shops that forget to look and at small ones that deposit too late (S2-008, S2-009).
"""

from __future__ import annotations

from functools import lru_cache

from coursekit.domain.generators import Row, assumed, customers, sales_week
from coursekit.domain.generators.draws import Draws

LARGE = ("余额不足", "余额不足", "余额不足", "忘记存款", "银行系统故障", "账号变更没报")
SMALL = ("存款太晚", "忘记存款", "存款太晚", "余额不足", "银行系统故障", "账号变更没报")
FUNDS = {"余额不足", "忘记存款", "存款太晚"}


@lru_cache(maxsize=4)
def _made(variant: str | None) -> tuple[Row, ...]:
    draws = Draws("settlement", variant)
    shops = {str(row["cust_id"]): row for row in customers.rows(variant)}
    amounts: dict[tuple[str, str], float] = {}
    for line in sales_week.rows(variant):
        key = (str(line["week"]), str(line["cust_id"]))
        amounts[key] = amounts.get(key, 0.0) + float(str(line["amount"]))
    debits = [key for key in amounts if shops[key[1]]["e_settle"]]
    reminded = {key for key in debits if draws.chance(assumed.number("settlement.reminded"))}
    prone = {id: draws.lognormal(1.0, 1.1) for id in shops}
    luck = {key: draws.unit() ** (1 / (prone[key[1]] * (0.45 if key in reminded else 1.0))) for key in debits}
    success = assumed.number("settlement.success")
    if variant is not None:
        success += draws.span(-0.02, 0.01)
    failures = len(debits) - round(len(debits) * success)
    failed = set(sorted(debits, key=lambda key: -luck[key])[:failures])
    made: list[Row] = []
    for number, key in enumerate(debits, start=1):
        reason = None
        if key in failed:
            reason = draws.pick(SMALL if shops[key[1]]["scale"] == 3 else LARGE)
        share = draws.span(0.1, 0.97) if reason in FUNDS else draws.span(1.02, 3.2)
        made.append(
            {
                "order_id": f"D{number:05d}",
                "week": key[0],
                "cust_id": key[1],
                "amount": amounts[key],
                "balance": round(amounts[key] * share, 2),
                "ok": reason is None,
                "fail_reason": reason,
                "reminded": key in reminded,
            }
        )
    return tuple(made)


def rows(variant: str | None) -> list[Row]:
    """One row per debit, by week and shop."""
    return [dict(row) for row in _made(variant)]
