namespace Paydown.Client;

/// <summary>
/// The amount that closes a loan on a day. The four component amounts add up to TotalOwed; less PendingRepayments, that
/// is PayoffAmount.
/// </summary>
public sealed partial record PayoffQuote
{
    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The day of the payment that was asked for.</summary>
    public required DateOnly PayoffDate { get; init; }

    /// <summary>
    /// The amount to pay, and the only one that payoff-loan accepts. Once it and all pending repayments are verified,
    /// nothing is owed and nothing is overpaid.
    /// </summary>
    public required decimal PayoffAmount { get; init; }

    /// <summary>The principal that the payoff settles.</summary>
    public required decimal PrincipalAmount { get; init; }

    /// <summary>The interest that the payoff settles, up to the day on which the loan closes.</summary>
    public required decimal InterestAmount { get; init; }

    /// <summary>The fees that the payoff settles.</summary>
    public required decimal FeesAmount { get; init; }

    /// <summary>The penalties that the payoff settles.</summary>
    public required decimal PenaltyAmount { get; init; }

    /// <summary>Everything owed on the payoff date, before pending repayments are subtracted.</summary>
    public required decimal TotalOwed { get; init; }

    /// <summary>The sum of the loan's repayments that await verification.</summary>
    public required decimal PendingRepayments { get; init; }

    /// <summary>The last day on which the amount stays the same, unless something else happens to the loan.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }
}
