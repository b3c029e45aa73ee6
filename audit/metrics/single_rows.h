#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "audit/counts/contingency_table.h"
#include "audit/counts/weighted_rows.h"
#include "audit/statistics/bootstrap.h"

namespace af::audit {

/// Leaves out a row of a table in turn, for a jackknife. Rows of one cell and weight are alike;
/// where there are more than 1,000 kinds of rows, 1,000 random parts of the rows are left out
/// instead, which has the same limit.
/// @param visit  visit(without, rows): `without` [cells] is the table without the row, `rows` how
///               many rows are like it.
void leave_out_rows(const ContingencyTable& table, std::uint64_t seed,
                    const std::function<void(std::span<const WeightedRows>, double)>& visit);

/// Adds a row of the mean weight to each cell of a table in turn, to the empty ones too.
/// @param visit  visit(with, alike): `with` [cells] is the table with the row, `alike` what the
///               cell's own rows weigh beside it.
void add_rows(const ContingencyTable& table,
              const std::function<void(std::span<const WeightedRows>, const WeightPowers&)>& visit);

}  // namespace af::audit
