using Paydown.Lending.Installments;

namespace Paydown.Lending.Interest;

/// <summary>What a further disbursement has changed in the rows of the book.</summary>
/// <param name="DownPaymentAt">Where the row of its down payment was inserted; null: it has none.</param>
/// <param name="ExtendedAt">Where the plan was made longer.</param>
/// <param name="ExtendedCount">By how many rows.</param>
/// <param name="Before">The rows after both, before the amount was spread over them.</param>
internal readonly record struct AddedRows(
    int? DownPaymentAt,
    int ExtendedAt,
    int ExtendedCount,
    InstallmentState[] Before
);
