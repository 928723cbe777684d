using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;

namespace Paydown.Server.Organisations;

/// <summary>The business date of an organisation, and what its end of day needs to know.</summary>
public sealed record BusinessDate
{
    public required OrganisationId OrganisationId { get; init; }

    public required string Name { get; init; }

    public required TimeZoneInfo TimeZone { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>The first day whose end of day is not complete.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The local time after which a worker runs the end of the day before.</summary>
    public required TimeOnly ClosesAt { get; init; }

    /// <summary>What it has decided about the passing of time.</summary>
    public required DayRules Rules { get; init; }

    /// <summary>The version of the rules that all loans follow; null before the first run has ended.</summary>
    public required int? Followed { get; init; }

    /// <summary>True while it goes to another database, which runs its days then.</summary>
    public required bool IsMoving { get; init; }

    /// <summary>The calendar date.</summary>
    public DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(Now(time));

    /// <summary>The last day that is over and whose closing time has passed.</summary>
    public DateOnly LastClosed(TimeProvider time)
    {
        var now = Now(time);
        return DateOnly.FromDateTime(now).AddDays(TimeOnly.FromDateTime(now) >= ClosesAt ? -1 : -2);
    }

    /// <summary>The instant at which a day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, TimeZone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private DateTime Now(TimeProvider time) => TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZone).DateTime;
}
