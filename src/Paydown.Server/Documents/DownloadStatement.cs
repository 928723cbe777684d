using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Pdf;

namespace Paydown.Server.Documents;

/// <summary>Writes the statement of a loan: its events in a period, with what was outstanding after each.</summary>
public sealed class DownloadStatement(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    private static readonly Field<DateOnly?> From = Field
        .Date("from", "The first day. Absent: the day of the first event.")
        .Optional()
        .NotInExamples();
    private static readonly Field<DateOnly?> To = Field
        .Date("to", "The last day, today or earlier. Absent: today.")
        .Optional()
        .NotInExamples();

    private static readonly PaperColumn[] Columns =
    [
        new("Date", 12, IsAmount: false),
        new("Event", 14, IsAmount: false),
        new("Amount", 11),
        new("Principal", 11),
        new("Interest", 10),
        new("Fees", 9),
        new("Penalties", 11),
        new("Principal left", 11),
        new("Total left", 11),
    ];

    public static Contract Contract { get; } =
        new Contract("Download the statement of a loan as PDF")
            .Takes(From, To)
            .ReturnsFile()
            .Refuses(Refusals.NotFound("loan account"), Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await DocumentLoan.FindAsync(connection, call);
        if (found.IsRefused)
            return Answer.Refused(found.Refusal);
        var (loan, today) = (found.Value, organisation.Today(time));
        var records = await EventRecordStore.ListAsync(connection, loan.Stored, call.Cancellation);
        var events = LoanHistory.Of(loan.Stored, today, records);
        var from = call.Query.Get(From) ?? (events.Count > 0 ? events[0].On : today);
        var to = call.Query.Get(To) ?? today;
        if (to > today)
            return Refused(To.Name, $"must not be after today, {today:yyyy-MM-dd}.");
        if (from > to)
            return Refused(From.Name, $"must not be after the last day, {to:yyyy-MM-dd}.");
        using var paper = Write(loan, organisation, events, from, to);
        return PaperText.Send(paper, $"statement-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}-{loan.Stored.Reference}.pdf");
    }

    private static Paper Write(
        DocumentLoan loan,
        Organisation organisation,
        IReadOnlyList<HistoryEvent> events,
        DateOnly from,
        DateOnly to
    )
    {
        var known = events.Where(one => one.On <= to).ToList();
        var paper = loan.Begin(
            "Loan statement",
            organisation,
            known.Max(one => one.RecordedAt) ?? DateTimeOffset.UnixEpoch,
            ("Period", $"{PaperText.Day(from)} – {PaperText.Day(to)}")
        );
        var before = known.LastOrDefault(one => one.On < from && one.TotalBalance is not null);
        var zero = loan.Stored.Money(0);
        paper.Facts(
            ("Principal left before", PaperText.Amount(before?.PrincipalBalance ?? zero)),
            ("Outstanding before", PaperText.Amount(before?.TotalBalance ?? zero))
        );
        paper.Table(Columns, [.. known.Where(one => one.On >= from).Select(RowOf)]);
        paper.Heading($"On {PaperText.Day(to)}");
        loan.WriteBalances(paper, loan.Stored.Replay(to));
        PaperText.Contact(paper, organisation);
        return paper;
    }

    private static IReadOnlyList<string> RowOf(HistoryEvent one) =>
        [
            PaperText.Day(one.On),
            PaperText.Word(one.Kind) + (one.IsReversed ? " (reversed)" : ""),
            PaperText.Digits(one.Amount),
            PaperText.Digits(one.PrincipalAmount),
            PaperText.Digits(one.InterestAmount),
            PaperText.Digits(one.FeesAmount),
            PaperText.Digits(one.PenaltyAmount),
            one.PrincipalBalance is { } principal ? PaperText.Digits(principal) : "",
            one.TotalBalance is { } total ? PaperText.Digits(total) : "",
        ];

    private static Answer Refused(string field, string message) =>
        Answer.Refused(Refusals.ValidationFailed(new FieldError(field, message)));
}
