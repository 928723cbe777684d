namespace Paydown.Client;

/// <summary>The second factor of a user: an authenticator app.</summary>
public sealed partial record SecondFactor
{
    /// <summary>True if a sign-in needs a code.</summary>
    public required bool IsOn { get; init; }

    /// <summary>True if the lender requires one. Until it is on, no other call is accepted.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>Since when it is on; null if it is not.</summary>
    public required DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>The number of unused recovery codes.</summary>
    public required int RecoveryCodesLeft { get; init; }
}
