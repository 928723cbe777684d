namespace Paydown.Client;

/// <summary>How a bank is listed.</summary>
public sealed partial record BankDefinition
{
    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }

    /// <summary>False if its account numbers have no NUBAN check digit. Null: true.</summary>
    public bool? HasNuban { get; init; }
}
