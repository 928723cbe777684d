namespace Paydown.Client;

/// <summary>A product that customers can apply for.</summary>
public sealed partial record ProductOffer
{
    /// <summary>The product's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The product's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the product is for; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The currency of its loans, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The smallest loan.</summary>
    public required decimal MinimumAmount { get; init; }

    /// <summary>The largest loan.</summary>
    public required decimal MaximumAmount { get; init; }

    /// <summary>The smallest number of installments.</summary>
    public required int MinimumDuration { get; init; }

    /// <summary>The largest number of installments.</summary>
    public required int MaximumDuration { get; init; }

    /// <summary>The unit of repayEvery.</summary>
    public required DurationUnit DurationUnit { get; init; }

    /// <summary>The interest rate in percent per year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>How interest is computed.</summary>
    public required InterestMethod InterestMethod { get; init; }

    /// <summary>The fees for making the loan.</summary>
    public required IReadOnlyList<ProductFee> Fees { get; init; }

    /// <summary>How the loan can be repaid.</summary>
    public required IReadOnlyList<RepaymentMethod> RepaymentMethods { get; init; }

    /// <summary>
    /// The range of first due dates that can be agreed. Null if none can: the first installment is then due one period
    /// after payout.
    /// </summary>
    public required FirstDueDateRange? FirstDueDate { get; init; }

    /// <summary>The number of durationUnits between installments.</summary>
    public required int RepayEvery { get; init; }
}
