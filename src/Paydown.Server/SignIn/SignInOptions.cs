namespace Paydown.Server.SignIn;

/// <summary>How often one may try, on each server; 0: as often as they like.</summary>
public sealed record SignInOptions
{
    public const int LoginsPerAccountDefault = 10;
    public const int FailuresPerAddressDefault = 60;
    public const int RegistrationsPerAddressDefault = 10;
    public const int RegistrationsDefault = 120;
    public const int RefreshFailuresPerAddressDefault = 600;

    /// <summary>Sign-ins of one e-mail in a minute.</summary>
    public int LoginsPerAccountAMinute { get; init; } = LoginsPerAccountDefault;

    /// <summary>
    /// Failed sign-ins from one address in a minute. After that its next ones wait their turn, at this pace.
    /// </summary>
    public int FailuresPerAddressAMinute { get; init; } = FailuresPerAddressDefault;

    /// <summary>Registrations from one address in a minute.</summary>
    public int RegistrationsPerAddressAMinute { get; init; } = RegistrationsPerAddressDefault;

    /// <summary>Registrations from anywhere in a minute: each costs a tenth of a second of a core.</summary>
    public int RegistrationsAMinute { get; init; } = RegistrationsDefault;

    /// <summary>Refreshes and logouts from one address in a minute with a token that is none.</summary>
    public int RefreshFailuresPerAddressAMinute { get; init; } = RefreshFailuresPerAddressDefault;
}
