"""Which further cells of a table must be hidden so that a hidden one cannot be worked out.

A table with totals is a network. Every row and every column (those of totals too) is a node whose cells
balance; every cell is an edge between its row and its column. A hidden cell can take another value exactly
where a change can travel on from it, over other hidden cells, and come back: along a cycle. So for each
small cell that has no such cycle, the cheapest is found by a shortest path, and its cells are hidden. What
is hidden later only adds paths, so one pass over the small cells is enough.
"""

from __future__ import annotations

import heapq

import numpy as np

from fourfold.statistics.interval import BoolArray, FloatArray

Cell = tuple[int, int]
Arcs = list[list[tuple[int, Cell]]]
"""For each node, where a change can travel: the next node, and the cell it goes over."""


def complementary_cells(whole: FloatArray, primary: BoolArray, lowest: int) -> BoolArray:
    """Return the cells to hide beside the primary ones, of the shape of `whole`.

    `whole`: counts with totals in the last row and column. `primary`: the cells hidden already. `lowest`:
    the least value a reader knows a hidden cell to have, 0 or 1; no cell below it is hidden. After it
    every hidden cell, primary or not, could hold at least two values.

    Raises ValueError for totals that are not the sums of their parts.
    Source: Cox 1995 (Journal of the American Statistical Association 90); Castro 2007 (INFORMS Journal on
    Computing 19).
    """
    hidden = primary.copy()
    prices = np.where(primary, 0, _prices(whole)).tolist()
    arcs = _arcs(whole, primary, lowest)
    for row, column in np.argwhere(primary).tolist():
        tail, head = _direction((row, column), whole.shape)
        ways = [_cheapest_path(arcs, prices, head, tail, (row, column))]  # the cell could be more
        if whole[row, column] > lowest:
            ways.append(_cheapest_path(arcs, prices, tail, head, (row, column)))  # the cell could be less
        found = [way for way in ways if way is not None]
        if not found:
            raise ValueError(f"The totals of the table do not add up at row {row}, column {column}.")
        for other in min(found)[1]:
            hidden[other] = True
            prices[other[0]][other[1]] = 0
    return hidden & ~primary


def _direction(cell: Cell, shape: tuple[int, ...]) -> tuple[int, int]:
    """Return the node that a rise in this cell takes from, and the one it gives to.

    Rows are nodes 0 to rows - 1, columns follow. A total stands on the other side of its balance than the
    cells it sums, hence the turn for the last row and the last column; the grand total turns twice.
    """
    rows, columns = shape
    row, column = cell
    ends = (row, rows + column)
    return ends if (row == rows - 1) == (column == columns - 1) else (ends[1], ends[0])


def _prices(whole: FloatArray) -> FloatArray:
    """Return what hiding each cell costs: its count; for a total, more than all the cells inside together."""
    inside = whole[:-1, :-1].sum() + whole.size
    prices = whole + 1.0
    prices[:, -1] += inside
    prices[-1, :] += inside
    prices[-1, -1] += inside * whole.size  # the grand total goes last of all
    return prices


def _arcs(whole: FloatArray, primary: BoolArray, lowest: int) -> Arcs:
    arcs: Arcs = [[] for _ in range(sum(whole.shape))]
    for row, column in np.argwhere(primary | (whole >= max(lowest, 1))).tolist():
        tail, head = _direction((row, column), whole.shape)
        arcs[tail].append((head, (row, column)))
        if whole[row, column] > lowest:  # only then could it also be less
            arcs[head].append((tail, (row, column)))
    return arcs


def _cheapest_path(
    arcs: Arcs, prices: list[list[float]], start: int, goal: int, without: Cell
) -> tuple[float, list[Cell]] | None:
    """Return the cost and cells of the path that costs least, None where there is none (Dijkstra 1959)."""
    queue: list[tuple[float, int, list[Cell]]] = [(0.0, start, [])]
    settled: set[int] = set()
    while queue:
        cost, node, cells = heapq.heappop(queue)
        if node == goal:
            return cost, cells
        if node in settled:
            continue
        settled.add(node)
        for following, cell in arcs[node]:
            if following not in settled and cell != without:
                price = prices[cell[0]][cell[1]]
                heapq.heappush(queue, (cost + price, following, [*cells, cell]))
    return None
