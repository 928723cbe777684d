namespace Paydown.Server.SignIn;

/// <summary>The limits of each server on sign-ins and registrations; 0 means no limit.</summary>
public sealed record SignInOptions
{
    public const int LoginsPerAccountDefault = 10;
    public const int FailuresPerAddressDefault = 60;
    public const int RegistrationsPerAddressDefault = 10;
    public const int RegistrationsDefault = 120;
    public const int RefreshFailuresPerAddressDefault = 600;

    /// <summary>Sign-ins per e-mail and minute.</summary>
    public int LoginsPerAccountAMinute { get; init; } = LoginsPerAccountDefault;

    /// <summary>Failed sign-ins per address and minute. Further attempts are delayed to this rate.</summary>
    public int FailuresPerAddressAMinute { get; init; } = FailuresPerAddressDefault;

    /// <summary>Registrations per address and minute.</summary>
    public int RegistrationsPerAddressAMinute { get; init; } = RegistrationsPerAddressDefault;

    /// <summary>All registrations per minute. Each costs a tenth of a second of one core.</summary>
    public int RegistrationsAMinute { get; init; } = RegistrationsDefault;

    /// <summary>Refreshes and logouts with an invalid token per address and minute.</summary>
    public int RefreshFailuresPerAddressAMinute { get; init; } = RefreshFailuresPerAddressDefault;
}
