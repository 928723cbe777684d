namespace Paydown.Client;

/// <summary>
/// What a customer has borrowed, repaid and still owes over all loans, in the organisation's currency. Loans in another
/// currency are not counted, because there is no exchange rate.
/// </summary>
public sealed partial record LoanTotals
{
    /// <summary>The agreed principal of all loans.</summary>
    public required decimal TotalBorrowed { get; init; }

    /// <summary>The principal paid out so far.</summary>
    public required decimal TotalDisbursed { get; init; }

    /// <summary>Everything still owed: principal, interest, fees and penalties.</summary>
    public required decimal TotalOutstanding { get; init; }

    /// <summary>Everything paid so far: principal, interest, fees and penalties.</summary>
    public required decimal TotalRepaid { get; init; }

    /// <summary>The number of loans that are being repaid.</summary>
    public required int ActiveLoans { get; init; }

    /// <summary>
    /// The earliest due date with something outstanding. It may have passed; null if nothing is outstanding.
    /// </summary>
    public required DateOnly? NextDueDate { get; init; }

    /// <summary>The amount outstanding on the installments of nextDueDate; 0 if there is none.</summary>
    public required decimal NextDueAmount { get; init; }

    /// <summary>The organisation's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }
}
