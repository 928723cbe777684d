using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.EndOfDay;

/// <summary>
/// Runs the end of each day after the closing time of each organisation, and those that a manager asks for. Days that
/// were missed are made up. Any number of workers may run: they share the loans of a run.
/// </summary>
public sealed class EndOfDayWorker(
    NpgsqlDataSource database,
    EndOfDayRun endOfDay,
    TimeProvider time,
    ILogger<EndOfDayWorker> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    /// <summary>Asks for the ends of day that are due, and runs all that are not complete.</summary>
    /// <returns>The number of runs that have ended. One that fails stops no other.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var (organisations, open) = await ReadAsync(cancellation);
        var ended = 0;
        foreach (var run in open)
        {
            try
            {
                var totals = await endOfDay.ContinueAsync(
                    organisations[run.OrganisationId],
                    run,
                    progress: null,
                    cancellation
                );
                ended++;
                EndOfDayLog.Ended(logger, run.OrganisationId, run.BusinessOn, totals.Loans, totals.Entries);
                foreach (var failed in totals.SetAside)
                    EndOfDayLog.SetAside(logger, failed.Key.Id, failed.Reason);
            }
#pragma warning disable CA1031 // Whatever stops one lender's day, the others' days end.
            catch (Exception exception) when (!cancellation.IsCancellationRequested)
            {
                EndOfDayLog.RunFailed(logger, exception, run.OrganisationId, run.BusinessOn);
            }
#pragma warning restore CA1031
        }

        return ended;
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        WorkLoop.RunAsync(
            async token => await RunOnceAsync(token) > 0,
            Pause,
            PauseMax,
            time,
            exception => EndOfDayLog.Failed(logger, exception),
            stoppingToken
        );

    private async Task<(
        Dictionary<OrganisationId, BusinessDate> Organisations,
        IReadOnlyList<RequestedDay> Open
    )> ReadAsync(CancellationToken cancellation)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var organisations = await OrganisationStore.ListBusinessDatesAsync(connection, cancellation);
        var isAnyDue = false;
        foreach (var organisation in organisations)
        {
            var day = organisation.LastClosed(time);
            if (organisation.IsMoving || organisation.On > day)
                continue;
            isAnyDue = true;
            await EndOfDayStore.RequestAsync(
                connection,
                organisation.OrganisationId,
                day,
                by: null,
                ActionContext.InstantOf(time),
                cancellation
            );
        }

        var open = await EndOfDayStore.ListOpenAsync(connection, cancellation);
        if (isAnyDue)
            await transaction.CommitAsync();
        return (organisations.ToDictionary(organisation => organisation.OrganisationId), open);
    }
}
