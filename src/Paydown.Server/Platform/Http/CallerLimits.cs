using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>The request rates of a caller on each server.</summary>
public sealed record CallerLimitOptions
{
    /// <summary>No limit.</summary>
    public const int Unlimited = 0;

    public const int RequestsPerSecondDefault = 200;
    public const int NameEnquiriesPerHourDefault = 20;

    /// <summary>The number of seconds whose quota may be used at once.</summary>
    public const int BurstSeconds = 2;

    /// <summary>The factor for staff and API tokens, who work for many customers.</summary>
    public const int StaffFactor = 10;

    /// <summary>The requests per second of a customer; <see cref="Unlimited"/> for no limit.</summary>
    public int RequestsPerSecond { get; init; } = RequestsPerSecondDefault;

    /// <summary>
    /// How often per hour a customer may look up the holder of a bank account. Without a limit, a caller could compile
    /// a directory of account holders.
    /// </summary>
    public int NameEnquiriesPerHour { get; init; } = NameEnquiriesPerHourDefault;
}

/// <summary>Keeps one caller from overloading the server. Each server counts separately.</summary>
public sealed class CallerLimits(CallerLimitOptions options, TimeProvider time)
{
    private readonly Buckets customers = PerSecond(time, options.RequestsPerSecond);

    private readonly Buckets staff = PerSecond(time, (long)options.RequestsPerSecond * CallerLimitOptions.StaffFactor);

    private readonly Buckets namesForCustomers = Buckets.PerHour(time, options.NameEnquiriesPerHour);

    private readonly Buckets namesForStaff = Buckets.PerHour(
        time,
        options.NameEnquiriesPerHour * CallerLimitOptions.StaffFactor
    );

    /// <summary>Counts a request; returns a refusal if the limit is exceeded.</summary>
    public Refusal? Check(Caller caller) => Check(caller, customers, staff);

    /// <summary>Counts a look-up of an account holder; returns a refusal if the limit is exceeded.</summary>
    public Refusal? CheckNameEnquiry(Caller caller) => Check(caller, namesForCustomers, namesForStaff);

    private static Refusal? Check(Caller caller, Buckets customers, Buckets staff)
    {
        var taken = (caller.Role == Role.Customer ? customers : staff).Take(HashCode.Combine(caller.UserId));
        return taken.IsTaken ? null : Refusals.RateLimitExceeded(taken.Seconds);
    }

    private static Buckets PerSecond(TimeProvider time, long times) =>
        new(time, times, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(CallerLimitOptions.BurstSeconds));
}
