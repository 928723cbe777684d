using System.Data;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;

namespace Paydown.Server.Reports;

/// <summary>
/// A report that is being read, in one snapshot and row by row. Its first row is read when it is opened, so a report
/// that cannot be read fails before anything is sent.
/// </summary>
public sealed class ReportRun : IAsyncDisposable
{
    private readonly NpgsqlTransaction snapshot;
    private readonly ReportReading reading;
    private readonly IAsyncEnumerator<object?[]> rows;
    private bool isDisposed;
    private bool hasRow;

    private ReportRun(NpgsqlTransaction snapshot, ReportReading reading, ReportHead head)
    {
        (this.snapshot, this.reading, Head) = (snapshot, reading, head);
        rows = head.Report.Rows(reading).GetAsyncEnumerator(reading.Cancellation);
    }

    public ReportHead Head { get; }

    /// <summary>Opens a report and reads its first row.</summary>
    public static async Task<Result<ReportRun>> OpenAsync(
        NpgsqlDataSource database,
        Report report,
        ReportRequest request,
        Organisation organisation,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            var first = new ReportReading(connection, organisation, request, cancellation);
            if (request.AccountId is { } loanId && !await HasLoanAsync(first, loanId))
            {
                await connection.DisposeAsync();
                return Refusals.NotFound("loan");
            }

            var run = new ReportRun(transaction, first, new(report, request, organisation, time.GetUtcNow()));
            run.hasRow = await run.rows.MoveNextAsync();
            return run;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the whole report.</summary>
    public async Task WriteToAsync(ReportWriter writer, CancellationToken cancellation)
    {
        var totals = new ReportTotals(Head.Report.Columns, reading.Currency);
        await writer.BeginAsync(Head, cancellation);
        while (hasRow)
        {
            totals.Add(rows.Current);
            await writer.WriteRowAsync(rows.Current, cancellation);
            hasRow = await rows.MoveNextAsync();
        }

        var ties = Head.Report.Ties is { } tie ? await tie(reading, totals) : [];
        await writer.EndAsync(totals.ToRow(), ties, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        await rows.DisposeAsync();
        await snapshot.DisposeAsync();
        await reading.Connection.DisposeAsync();
    }

    private static async Task<bool> HasLoanAsync(ReportReading reading, LoanId id) =>
        await LoanStore.FindInOrganisationAsync(
            reading.Connection,
            reading.OrganisationId,
            id,
            forUpdate: false,
            reading.Cancellation
        )
            is not null;
}

/// <summary>What is known of a report before its rows are read.</summary>
/// <param name="Report">The report.</param>
/// <param name="Request">Its parameters.</param>
/// <param name="Organisation">Whose report it is.</param>
/// <param name="ComputedAt">The instant of the snapshot.</param>
public sealed record ReportHead(
    Report Report,
    ReportRequest Request,
    Organisation Organisation,
    DateTimeOffset ComputedAt
)
{
    /// <summary>The name of a file with the report, for example <c>income-2026-01-01-2026-01-31.csv</c>.</summary>
    public string FileName(string ending)
    {
        var days = Report.IsOfDay ? $"{Request.To:yyyy-MM-dd}" : $"{Request.From:yyyy-MM-dd}-{Request.To:yyyy-MM-dd}";
        var known = Request.Known == ReportKnowledge.Then ? "-as-known-then" : "";
        return $"{Report.Name}-{days}{known}.{ending}";
    }
}
