namespace Paydown.Client;

/// <summary>A bank that can receive transfers.</summary>
public sealed partial record Bank
{
    /// <summary>The CBN code: three digits for a deposit money bank, six for another institution.</summary>
    public required string BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string BankName { get; init; }
}
