using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.EndOfDay;
using Paydown.Server.Loans;
using Paydown.Server.Notices;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary><c>paydown end-of-day</c>: runs the end of a day of one organisation or of all.</summary>
internal sealed class EndDay(NpgsqlDataSource db, TimeProvider time)
{
    private const int ExitIncomplete = 1;

    /// <summary>The day; null for yesterday.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The organisation; null for all.</summary>
    public OrganisationId? OrganisationId { get; init; }

    /// <summary>True to write nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>True to write JSON lines instead of sentences.</summary>
    public bool IsJson { get; init; }

    /// <summary>Runs it.</summary>
    /// <returns>0; 1 if a loan was set aside, or if one of several organisations failed.</returns>
    /// <exception cref="OperatingException">There is no such organisation, or the day is after today.</exception>
    public async Task<int> RunAsync(TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        await new Migrator(db, time).RequireCurrentAsync(cancellation);
        var ids = new Ids(time);
        var run = new EndOfDayRun(db, new LoanDays(ids), new ReminderWriter(ids, time), time);
        var exit = 0;
        var chosen = await ChosenAsync(cancellation);
        foreach (var organisation in chosen)
        {
            if (Date > organisation.Today(time))
                throw new OperatingException(
                    $"{Date:yyyy-MM-dd} is after today, {organisation.Today(time):yyyy-MM-dd}."
                );
        }

        foreach (var organisation in chosen)
        {
            try
            {
                var totals = await RunAsync(run, organisation, error, cancellation);
                await output.WriteLineAsync(IsJson ? ToJson(organisation, totals) : ToText(organisation, totals));
                if (totals.SetAside.Count > 0)
                    exit = ExitIncomplete;
            }
#pragma warning disable CA1031 // Whatever stops one lender's day, the others' days end.
            catch (Exception exception) when (chosen.Count > 1 && !cancellation.IsCancellationRequested)
            {
                await error.WriteLineAsync($"{organisation.Name}: {exception.Message}");
                exit = ExitIncomplete;
            }
#pragma warning restore CA1031
        }

        return exit;
    }

    private async Task<EndOfDayTotals> RunAsync(
        EndOfDayRun run,
        BusinessDate organisation,
        TextWriter error,
        CancellationToken cancellation
    )
    {
        var day = Date ?? organisation.Today(time).AddDays(-1);
        ProgressBar? bar = null;
        return IsDryRun
            ? await run.TryAsync(organisation, day, cancellation)
            : await run.RunAsync(organisation, day, Show, cancellation);

        void Show(RequestedDay state)
        {
            if (IsJson || state.LoansTotal == 0)
                return;
            bar ??= new ProgressBar(error, state.LoansTotal, "loans", !Console.IsErrorRedirected);
            bar.Show(Math.Min(state.LoansDone, state.LoansTotal));
        }
    }

    private async Task<IReadOnlyList<BusinessDate>> ChosenAsync(CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        var all = await OrganisationStore.ListBusinessDatesAsync(connection, cancellation);
        if (OrganisationId is not { } id)
            return all;
        return all.FirstOrDefault(one => one.OrganisationId == id) is { } chosen
            ? [chosen]
            : throw new OperatingException($"There is no organisation with the id {id}.");
    }

    private string ToText(BusinessDate organisation, EndOfDayTotals totals)
    {
        var lines = new List<string>
        {
            $"{organisation.Name}, end of {totals.Day:yyyy-MM-dd}{(IsDryRun ? ", nothing written" : "")}: "
                + $"{totals.Loans} loans, {totals.Entries} entries, {totals.Interest} interest recognised, "
                + $"{totals.ArrearsChanges} changes of arrears, {totals.Reminders} reminders, "
                + $"{totals.ExpiredOffers} offers expired, {totals.SetAside.Count} loans set aside",
        };
        lines.AddRange(totals.SetAside.Select(failed => $"  {failed.Key.Id}: {failed.Reason}"));
        return string.Join(Environment.NewLine, lines);
    }

    private string ToJson(BusinessDate organisation, EndOfDayTotals totals) =>
        JsonSerializer.Serialize(
            new
            {
                organisation.OrganisationId,
                Date = totals.Day,
                IsDryRun,
                totals.Loans,
                totals.Entries,
                totals.Interest,
                totals.ArrearsChanges,
                totals.Reminders,
                totals.ExpiredOffers,
                SetAside = totals.SetAside.Select(failed => new { AccountId = failed.Key.Id, failed.Reason }),
            },
            Wire.Options
        );
}
