namespace Paydown.Client;

/// <summary>How loans of one product are repaid.</summary>
public sealed partial record RepaymentOfProduct
{
    /// <summary>The product's id.</summary>
    public required Guid ProductId { get; init; }

    /// <summary>The product's name.</summary>
    public required string ProductName { get; init; }

    /// <summary>The smallest number of installments.</summary>
    public required int MinimumDuration { get; init; }

    /// <summary>The largest number of installments.</summary>
    public required int MaximumDuration { get; init; }

    /// <summary>The unit of repayEvery.</summary>
    public required DurationUnit DurationUnit { get; init; }

    /// <summary>The number of durationUnits between installments.</summary>
    public required int RepayEvery { get; init; }

    /// <summary>How interest is computed.</summary>
    public required InterestMethod InterestMethod { get; init; }

    /// <summary>How the loan can be repaid.</summary>
    public required IReadOnlyList<RepaymentMethod> RepaymentMethods { get; init; }

    /// <summary>The penalty for an overdue installment; null if there is none.</summary>
    public required OverduePenalty? OverduePenalty { get; init; }
}
