namespace Paydown.Server.SignIn;

/// <summary>How often one may try, on each server. Benchmarks and tests raise it.</summary>
public sealed record SignInOptions
{
    /// <summary>Sign-ins of one e-mail in a minute.</summary>
    public int LoginsPerAccountAMinute { get; init; } = 10;

    /// <summary>Sign-ins from one address in a minute. Behind a proxy that hides the callers, raise it.</summary>
    public int LoginsPerAddressAMinute { get; init; } = 60;

    /// <summary>Registrations from one address in a minute.</summary>
    public int RegistrationsPerAddressAMinute { get; init; } = 10;

    /// <summary>Registrations from anywhere in a minute: each costs a tenth of a second of a core.</summary>
    public int RegistrationsAMinute { get; init; } = 120;

    /// <summary>Refreshes and logouts from one address in a minute.</summary>
    public int RefreshesPerAddressAMinute { get; init; } = 600;
}
