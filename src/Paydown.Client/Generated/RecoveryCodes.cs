namespace Paydown.Client;

/// <summary>Recovery codes, for a user who loses the authenticator app.</summary>
public sealed partial record RecoveryCodes
{
    /// <summary>The codes, each of which works once; null if the response repeats an earlier one.</summary>
    public required IReadOnlyList<string>? Codes { get; init; }
}
