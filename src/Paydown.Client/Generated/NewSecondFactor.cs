namespace Paydown.Client;

/// <summary>The secret of an authenticator app.</summary>
public sealed partial record NewSecondFactor
{
    /// <summary>The secret in base32; null if the response repeats an earlier one.</summary>
    public required string? Secret { get; init; }

    /// <summary>The otpauth address to show as a QR code; null if the response repeats an earlier one.</summary>
    public required string? Address { get; init; }
}
