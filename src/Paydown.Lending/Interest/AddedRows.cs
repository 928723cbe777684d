using Paydown.Lending.Installments;

namespace Paydown.Lending.Interest;

/// <summary>What a further disbursement has changed in the rows of the book.</summary>
/// <param name="DownPaymentAt">The index of its down payment's row; null: it has none.</param>
/// <param name="ExtendedAt">The index of the first row that was added to the plan.</param>
/// <param name="ExtendedCount">The number of rows that were added.</param>
/// <param name="Before">The rows after both, before the amount was spread over them.</param>
internal readonly record struct AddedRows(
    int? DownPaymentAt,
    int ExtendedAt,
    int ExtendedCount,
    InstallmentState[] Before
);
