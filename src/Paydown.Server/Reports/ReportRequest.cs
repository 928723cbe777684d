using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Reports;

/// <summary>The parameters that were sent for a report, as they were sent; null for absent ones.</summary>
public sealed record ReportChoice
{
    public DateOnly? AsOf { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    public string? Product { get; init; }

    public LedgerAccount? Account { get; init; }

    public LoanId? AccountId { get; init; }

    public ReportKnowledge Known { get; init; }
}

/// <summary>What a report is about, checked.</summary>
/// <param name="From">The first day; the same as the last one for a report of one day.</param>
/// <param name="To">The last day.</param>
public sealed record ReportRequest(DateOnly From, DateOnly To)
{
    /// <summary>The maximum number of days of a period.</summary>
    public const int DaysMax = 3_660;

    // Far after any instant of recording.
    private static readonly DateTimeOffset Always = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The product; null for all.</summary>
    public string? Product { get; init; }

    /// <summary>The account of the ledger; null if the report has no such parameter.</summary>
    public LedgerAccount? Account { get; init; }

    /// <summary>The loan; null if the report has no such parameter.</summary>
    public LoanId? AccountId { get; init; }

    public ReportKnowledge Known { get; init; }

    /// <summary>The first instant whose records do not count.</summary>
    public required DateTimeOffset RecordedBefore { get; init; }

    /// <summary>The last day whose events count: the last day of the report, or today if that is earlier.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>True if the last day is today, or only what was known then counts: the ledger shows the same.</summary>
    public required bool IsAsBooked { get; init; }

    /// <summary>Checks the parameters of a report, and fills in the days that were not sent.</summary>
    public static Result<ReportRequest> Of(Report report, ReportChoice sent, Organisation organisation, DateOnly today)
    {
        var errors = new List<FieldError>();
        foreach (var (name, parameter, isSent) in Parameters(sent))
        {
            if (isSent && !report.Parameters.HasFlag(parameter))
                errors.Add(new(name, $"is not a parameter of {report.Name}. Leave it out."));
            else if (!isSent && IsRequired(parameter) && report.Parameters.HasFlag(parameter))
                errors.Add(new(name, $"is required for {report.Name}."));
        }

        var to = (report.IsOfDay ? sent.AsOf : sent.To) ?? today;
        var from = report.IsOfDay ? to : sent.From ?? new DateOnly(to.Year, to.Month, 1);
        var last = report.LooksAhead ? today.AddDays(DaysMax) : today;
        if (to > last)
            errors.Add(new(report.IsOfDay ? "asOf" : "to", $"must not be after {last:yyyy-MM-dd}."));
        if (from > to)
            errors.Add(new("from", $"must not be after the last day, {to:yyyy-MM-dd}."));
        else if (to.DayNumber - from.DayNumber >= DaysMax)
            errors.Add(new("from", $"must be less than {DaysMax} days before the last day."));
        if (errors.Count > 0)
            return Refusals.ValidationFailed(errors);
        return new ReportRequest(from, to)
        {
            Product = sent.Product,
            Account = sent.Account,
            AccountId = sent.AccountId,
            Known = sent.Known,
            RecordedBefore = sent.Known == ReportKnowledge.Then ? EndOf(to, organisation) : Always,
            Through = to < today ? to : today,
            IsAsBooked = sent.Known == ReportKnowledge.Then || to >= today,
        };
    }

    private static (string Name, ReportParameters Parameter, bool IsSent)[] Parameters(ReportChoice sent) =>
        [
            ("asOf", ReportParameters.AsOf, sent.AsOf is not null),
            ("from", ReportParameters.Period, sent.From is not null),
            ("to", ReportParameters.Period, sent.To is not null),
            ("product", ReportParameters.Product, sent.Product is not null),
            ("account", ReportParameters.Account, sent.Account is not null),
            ("accountId", ReportParameters.AccountId, sent.AccountId is not null),
        ];

    private static bool IsRequired(ReportParameters parameter) =>
        parameter is ReportParameters.Account or ReportParameters.AccountId;

    private static DateTimeOffset EndOf(DateOnly day, Organisation organisation)
    {
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return organisation.EndOf(new Moment(midnight, MomentForm.Date)) ?? Always;
    }
}
