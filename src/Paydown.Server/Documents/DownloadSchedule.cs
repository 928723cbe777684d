using Npgsql;
using Paydown.Lending.Installments;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Pdf;

namespace Paydown.Server.Documents;

/// <summary>
/// Writes the schedule of a loan as of today: each installment, what was paid of it and what is left.
/// </summary>
public sealed class DownloadSchedule(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time)
    : IUseCase
{
    private static readonly PaperColumn[] Columns =
    [
        new("No.", 6, IsAmount: false),
        new("Due", 12, IsAmount: false),
        new("Principal", 12),
        new("Interest", 11),
        new("Fees", 10),
        new("Penalties", 11),
        new("Total", 13),
        new("Paid", 12),
        new("Left", 13),
    ];

    public static Contract Contract { get; } =
        new Contract("Download the schedule of a loan as PDF").ReturnsFile().Refuses(Refusals.NotFound("loan account"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var found = await DocumentLoan.FindAsync(connection, call);
        if (found.IsRefused)
            return Answer.Refused(found.Refusal);
        var (document, today) = (found.Value, organisation.Today(time));
        var records = await EventRecordStore.ListAsync(connection, document.Stored, call.Cancellation);
        var writtenAt = records.Values.Select(record => record.RecordedAt).DefaultIfEmpty().Max();
        var loan = document.Stored.Replay(today);
        using var paper = document.Begin(
            "Repayment schedule",
            organisation,
            writtenAt,
            ("As of", PaperText.Day(today))
        );
        paper.Table(Columns, [.. loan.Installments.Select(row => RowOf(row, document.Stored))]);
        document.WriteBalances(paper, loan);
        PaperText.Contact(paper, organisation);
        return PaperText.Send(paper, $"schedule-{today:yyyy-MM-dd}-{document.Stored.Reference}.pdf");
    }

    private static IReadOnlyList<string> RowOf(Installment row, StoredLoan stored) =>
        [
            row.Number.ToString(),
            PaperText.Day(row.DueOn),
            PaperText.Digits(stored.Money(row.Due.Principal)),
            PaperText.Digits(stored.Money(row.Due.Interest)),
            PaperText.Digits(stored.Money(row.Due.Fees)),
            PaperText.Digits(stored.Money(row.Due.Penalty)),
            PaperText.Digits(stored.Money(row.Due.Total)),
            PaperText.Digits(stored.Money(row.Paid.Total)),
            PaperText.Digits(stored.Money(row.Outstanding.Total)),
        ];
}
