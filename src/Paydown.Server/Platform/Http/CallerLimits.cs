using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Platform.Http;

/// <summary>How often one caller may call, on each server.</summary>
public sealed record CallerLimitOptions
{
    /// <summary>No limit at all.</summary>
    public const int Unlimited = 0;

    public const int RequestsPerSecondDefault = 200;
    public const int NameEnquiriesPerHourDefault = 20;

    /// <summary>How many seconds' worth may come at once.</summary>
    public const int BurstSeconds = 2;

    /// <summary>Staff and API tokens work for many, and may call so many times as often.</summary>
    public const int StaffFactor = 10;

    /// <summary>Of one customer, over any length of time; <see cref="Unlimited"/>: as often as they like.</summary>
    public int RequestsPerSecond { get; init; } = RequestsPerSecondDefault;

    /// <summary>
    /// How often one customer may ask a bank for the name of an account holder: whoever may ask without end makes a
    /// directory of them.
    /// </summary>
    public int NameEnquiriesPerHour { get; init; } = NameEnquiriesPerHourDefault;
}

/// <summary>Keeps one caller from taking the server from all others; each server counts for itself.</summary>
public sealed class CallerLimits(CallerLimitOptions options, TimeProvider time)
{
    private readonly Buckets customers = PerSecond(time, options.RequestsPerSecond);

    private readonly Buckets staff = PerSecond(time, (long)options.RequestsPerSecond * CallerLimitOptions.StaffFactor);

    private readonly Buckets namesForCustomers = Buckets.PerHour(time, options.NameEnquiriesPerHour);

    private readonly Buckets namesForStaff = Buckets.PerHour(
        time,
        options.NameEnquiriesPerHour * CallerLimitOptions.StaffFactor
    );

    /// <summary>Counts a request; a refusal if it is one too many.</summary>
    public Refusal? Check(Caller caller) => Check(caller, customers, staff);

    /// <summary>Counts a question for the holder of a bank account; a refusal if it is one too many.</summary>
    public Refusal? CheckNameEnquiry(Caller caller) => Check(caller, namesForCustomers, namesForStaff);

    private static Refusal? Check(Caller caller, Buckets customers, Buckets staff)
    {
        var taken = (caller.Role == Role.Customer ? customers : staff).Take(HashCode.Combine(caller.UserId));
        return taken.IsTaken ? null : Refusals.RateLimitExceeded(taken.Seconds);
    }

    private static Buckets PerSecond(TimeProvider time, long times) =>
        new(time, times, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(CallerLimitOptions.BurstSeconds));
}
