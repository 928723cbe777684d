namespace Paydown.Client;

/// <summary>A bank as managers see it.</summary>
public sealed partial record ListedBank
{
    /// <summary>The bank's code.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }

    /// <summary>False if its account numbers have no NUBAN check digit; then any ten digits are accepted.</summary>
    public required bool HasNuban { get; init; }
}
