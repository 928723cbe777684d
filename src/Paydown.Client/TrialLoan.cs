namespace Paydown.Client;

/// <summary>A loan of a product that is being written.</summary>
public sealed record TrialLoan
{
    /// <summary>The principal, within the limits of the product.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The number of installments.</summary>
    public required int Duration { get; init; }

    /// <summary>Another rate within the product's range. Null: the product's rate.</summary>
    public decimal? InterestRate { get; init; }

    /// <summary>The day of payout. Null: today.</summary>
    public DateOnly? PayoutDate { get; init; }

    /// <summary>The first due date, if the product lets one be agreed. Null: one period after payout.</summary>
    public DateOnly? FirstDueDate { get; init; }
}
