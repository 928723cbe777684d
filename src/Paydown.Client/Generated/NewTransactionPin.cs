namespace Paydown.Client;

/// <summary>A transaction PIN to set.</summary>
public sealed partial record NewTransactionPin
{
    /// <summary>The new PIN: 4 to 6 digits, neither one digit repeated nor digits in sequence.</summary>
    public required string NewPin { get; init; }

    /// <summary>The PIN to replace. Null if there is none or it was forgotten.</summary>
    public string? CurrentPin { get; init; }

    /// <summary>The sign-in password; required if currentPin is null.</summary>
    public string? Password { get; init; }
}
