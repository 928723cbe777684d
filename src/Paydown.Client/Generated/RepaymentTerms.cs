namespace Paydown.Client;

/// <summary>How loans of the open products are repaid.</summary>
public sealed partial record RepaymentTerms
{
    /// <summary>One entry per open product.</summary>
    public required IReadOnlyList<RepaymentOfProduct> Products { get; init; }
}
