namespace Paydown.Client;

/// <summary>The approved terms. What is null is as requested, at the product's rate.</summary>
public sealed partial record ApprovedTerms
{
    /// <summary>The approved amount, within the product's limits. Null: the requested amount.</summary>
    public decimal? Amount { get; init; }

    /// <summary>
    /// The approved interest rate in percent per year, within the product's range. Null: the product's rate.
    /// </summary>
    public decimal? InterestRate { get; init; }

    /// <summary>The approved number of installments, within the product's limits. Null: the requested number.</summary>
    public int? Duration { get; init; }

    /// <summary>
    /// The first due date, within the product's range of days after payout. Null: the requested date, or one period
    /// after payout.
    /// </summary>
    public DateOnly? FirstDueDate { get; init; }
}
