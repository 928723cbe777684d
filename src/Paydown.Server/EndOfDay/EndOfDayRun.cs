using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Paydown.Server.Notices;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.EndOfDay;

/// <summary>
/// Runs the end of a day: every loan with something to do is replayed as of the day, and the difference from what is
/// stored is written. A batch of loans is one transaction, so a run may be stopped anywhere and goes on from there. Any
/// number of workers may share a run. A loan whose replay fails is set aside.
/// </summary>
public sealed class EndOfDayRun(NpgsqlDataSource database, LoanDays days, ReminderWriter reminders, TimeProvider time)
{
    /// <summary>The loans of one transaction. Requests wait at most for one of them.</summary>
    public int BatchSize { get; init; } = 300;

    /// <summary>The batches that are under way at a time: one is computed while another is written.</summary>
    public int LaneCount { get; init; } = 2;

    // Each waits for three seconds. Nobody else holds a loan for that long.
    private const int HeldWaitsMax = 10;

    /// <summary>Asks for the end of a day and runs it.</summary>
    /// <param name="organisation">The organisation.</param>
    /// <param name="day">The day; not after today.</param>
    /// <param name="progress">Receives the progress after each batch.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    public async Task<EndOfDayTotals> RunAsync(
        BusinessDate organisation,
        DateOnly day,
        Action<RequestedDay>? progress,
        CancellationToken cancellation
    )
    {
        await using (var transaction = await WriteTransaction.BeginAsync(database, cancellation))
        {
            await EndOfDayStore.RequestAsync(
                transaction.Connection,
                organisation.OrganisationId,
                day,
                by: null,
                ActionContext.InstantOf(time),
                cancellation
            );
            await transaction.CommitAsync();
        }

        return await ContinueAsync(
            organisation,
            await GetAsync(organisation, day, cancellation),
            progress,
            cancellation
        );
    }

    /// <summary>Runs what is left of a run that was asked for.</summary>
    public async Task<EndOfDayTotals> ContinueAsync(
        BusinessDate organisation,
        RequestedDay run,
        Action<RequestedDay>? progress,
        CancellationToken cancellation
    )
    {
        var areAllCalled =
            organisation.Followed == organisation.Rules.Version || await CallAllAsync(organisation, run, cancellation);
        await EndOfDayStore.BeginAsync(database, run, ActionContext.InstantOf(time), cancellation);
        var totals = new EndOfDayTotals(run.BusinessOn, organisation.Currency);
        await Task.WhenAll(
            Enumerable.Range(0, LaneCount).Select(_ => RunLaneAsync(organisation, run, totals, progress, cancellation))
        );
        await RunHeldAsync(organisation, run, totals, cancellation);
        var context = new ActionContext(UserId.Nobody, ActionContext.InstantOf(time), run.BusinessOn, "");
        totals.ExpiredOffers = await OfferExpiry.RunAsync(database, run.OrganisationId, context, cancellation);
        await EndAsync(organisation, run, areAllCalled, cancellation);
        progress?.Invoke(await GetAsync(organisation, run.BusinessOn, cancellation));
        return totals;
    }

    /// <summary>Computes what a run would write, and writes nothing.</summary>
    public async Task<EndOfDayTotals> TryAsync(BusinessDate organisation, DateOnly day, CancellationToken cancellation)
    {
        var totals = new EndOfDayTotals(day, organisation.Currency);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var after = default(LoanKey);
        while (true)
        {
            var due = await EndOfDayStore.ListDueAsync(
                connection,
                organisation.OrganisationId,
                day,
                organisation.Followed != organisation.Rules.Version,
                after,
                BatchSize,
                cancellation
            );
            if (due.Count == 0)
                return totals;
            var batch = await ReplayAsync(connection, organisation, day, due, cancellation);
            var found = await reminders.DecideAsync(connection, organisation, batch.Changes, day, cancellation);
            totals.Add(batch.Changes, batch.Failed, found.Count);
            after = due[^1].Key;
        }
    }

    // Loans that follow other rules have work now. False if some of them are locked by others even after a wait: the
    // next run calls them.
    private async Task<bool> CallAllAsync(BusinessDate organisation, RequestedDay run, CancellationToken cancellation)
    {
        while (await CallAsync(waits: false) > 0) { }
        try
        {
            while (await CallAsync(waits: true) > 0) { }
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }

        Task<int> CallAsync(bool waits) =>
            LoanDayStore.CallAsync(
                database,
                organisation.OrganisationId,
                organisation.Rules.Version,
                run.BusinessOn,
                waits,
                cancellation
            );
    }

    // What another lane has locked is skipped.
    private async Task RunLaneAsync(
        BusinessDate organisation,
        RequestedDay run,
        EndOfDayTotals totals,
        Action<RequestedDay>? progress,
        CancellationToken cancellation
    )
    {
        DueLoan? after = null;
        while (await RunBatchAsync(organisation, run, after, totals, cancellation) is { } last)
        {
            after = last;
            if (progress is null)
                continue;
            var state = await GetAsync(organisation, run.BusinessOn, cancellation);
            lock (totals)
                progress(state);
        }
    }

    private async Task<DueLoan?> RunBatchAsync(
        BusinessDate organisation,
        RequestedDay run,
        DueLoan? after,
        EndOfDayTotals totals,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<DueLoan> due;
        await using (var transaction = await WriteTransaction.BeginAsync(database, cancellation))
        {
            due = await EndOfDayStore.TakeAsync(transaction.Connection, run, after, BatchSize, cancellation);
            if (due.Count == 0)
                return null;
            try
            {
                await WriteAsync(transaction, organisation, run, due, totals, cancellation);
                return due[^1];
            }
            catch (PostgresException exception) when (IsOfOneLoan(exception))
            {
                // One of them is refused by the database; the others are written without it.
            }
        }

        // One that is locked by now is held.
        foreach (var loan in due)
            await RunOneAsync(organisation, run, loan, totals, cancellation);
        return due[^1];
    }

    // False if others have it locked for too long.
    private async Task<bool> RunOneAsync(
        BusinessDate organisation,
        RequestedDay run,
        DueLoan loan,
        EndOfDayTotals totals,
        CancellationToken cancellation
    )
    {
        string reason;
        await using (var transaction = await WriteTransaction.BeginAsync(database, cancellation))
        {
            try
            {
                await transaction.LimitLockWaitsAsync(cancellation);
                if (await EndOfDayStore.LockDueAsync(transaction.Connection, run, loan.Key, cancellation))
                    await WriteAsync(transaction, organisation, run, [loan], totals, cancellation);
                return true;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                return false;
            }
            catch (PostgresException exception) when (IsOfOneLoan(exception))
            {
                reason = exception.MessageText;
            }
        }

        await using var aside = await WriteTransaction.BeginAsync(database, cancellation);
        var failed = new FailedLoan(loan.Key, reason);
        await using var batch = new NpgsqlBatch(aside.Connection);
        EndOfDayStore.AddProgressTo(batch, run, [], [failed], ActionContext.InstantOf(time));
        await aside.CommitAsync(batch);
        totals.Add([], [failed], reminders: 0);
        return true;
    }

    // What others had locked. A loan that stays locked is left for the next run.
    private async Task RunHeldAsync(
        BusinessDate organisation,
        RequestedDay run,
        EndOfDayTotals totals,
        CancellationToken cancellation
    )
    {
        for (var waits = 0; waits < HeldWaitsMax; )
        {
            var held = await EndOfDayStore.ListHeldAsync(database, run, BatchSize, cancellation);
            if (held.Count == 0)
                return;
            foreach (var loan in held)
            {
                if (!await RunOneAsync(organisation, run, loan, totals, cancellation) && ++waits == HeldWaitsMax)
                    return;
            }
        }
    }

    private async Task WriteAsync(
        WriteTransaction transaction,
        BusinessDate organisation,
        RequestedDay run,
        IReadOnlyList<DueLoan> due,
        EndOfDayTotals totals,
        CancellationToken cancellation
    )
    {
        var (decided, failed) = await ReplayAsync(
            transaction.Connection,
            organisation,
            run.BusinessOn,
            due,
            cancellation
        );
        await using var batch = new NpgsqlBatch(transaction.Connection);
        LoanChangeStore.AddTo(batch, decided);
        var found = await reminders.DecideAsync(
            transaction.Connection,
            organisation,
            decided,
            run.BusinessOn,
            cancellation
        );
        found.AddTo(batch, ActionContext.InstantOf(time));
        EndOfDayStore.AddProgressTo(
            batch,
            run,
            [.. decided.Select(change => new LoanKey(change.After.CustomerId, change.After.Id))],
            failed,
            ActionContext.InstantOf(time)
        );
        await transaction.CommitAsync(batch);
        totals.Add(decided, failed, found.Count);
    }

    private async Task<(List<LoanChange> Changes, List<FailedLoan> Failed)> ReplayAsync(
        NpgsqlConnection connection,
        BusinessDate organisation,
        DateOnly day,
        IReadOnlyList<DueLoan> due,
        CancellationToken cancellation
    )
    {
        var context = new ActionContext(UserId.Nobody, ActionContext.InstantOf(time), day, "");
        var (decided, failed) = (new List<LoanChange>(due.Count), new List<FailedLoan>());
        var stored = await ReadAsync(connection, due, failed, cancellation);
        foreach (var loan in stored)
        {
            try
            {
                decided.Add(days.EndDay(loan, organisation.Rules, context));
            }
#pragma warning disable CA1031 // Whatever a replay throws, the other loans go on.
            catch (Exception exception)
            {
                failed.Add(new FailedLoan(new(loan.CustomerId, loan.Id), exception.Message));
            }
#pragma warning restore CA1031
        }

        return (decided, failed);
    }

    // One loan at a time if one of them cannot be read.
    private static async Task<IReadOnlyList<StoredLoan>> ReadAsync(
        NpgsqlConnection connection,
        IReadOnlyList<DueLoan> due,
        List<FailedLoan> failed,
        CancellationToken cancellation
    )
    {
        try
        {
            return await LoanStore.ListAsync(connection, [.. due.Select(loan => loan.Key)], cancellation);
        }
        catch (Exception exception) when (IsUnreadable(exception) && due.Count > 1)
        {
            var read = new List<StoredLoan>(due.Count);
            foreach (var loan in due)
                read.AddRange(await ReadAsync(connection, [loan], failed, cancellation));
            return read;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            failed.Add(new FailedLoan(due[0].Key, exception.Message));
            return [];
        }
    }

    private async Task EndAsync(
        BusinessDate organisation,
        RequestedDay run,
        bool areAllCalled,
        CancellationToken cancellation
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        await using var batch = new NpgsqlBatch(transaction.Connection);
        EndOfDayStore.AddEndTo(batch, run, ActionContext.InstantOf(time));
        OrganisationStore.AddEndedDayTo(
            batch,
            organisation.OrganisationId,
            run.BusinessOn,
            areAllCalled ? organisation.Rules.Version : organisation.Followed
        );
        await transaction.CommitAsync(batch);
    }

    private async Task<RequestedDay> GetAsync(BusinessDate organisation, DateOnly day, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await EndOfDayStore.FindAsync(connection, organisation.OrganisationId, day, cancellation)
            ?? throw new InvalidOperationException($"The end of day {day} was not asked for.");
    }

    // Not a database that is away, nor a worker that is stopped.
    private static bool IsUnreadable(Exception exception) =>
        exception is not (OperationCanceledException or NpgsqlException);

    // Classes 22 and 23: data that does not fit.
    private static bool IsOfOneLoan(PostgresException exception) =>
        exception.SqlState.StartsWith("22", StringComparison.Ordinal)
        || exception.SqlState.StartsWith("23", StringComparison.Ordinal);
}

/// <summary>What a run has done, or would do.</summary>
public sealed class EndOfDayTotals(DateOnly day, Currency currency)
{
    public DateOnly Day { get; } = day;

    public int Loans { get; private set; }

    public int Entries { get; private set; }

    /// <summary>Interest that was recognised.</summary>
    public Money Interest { get; private set; } = Money.Zero(currency);

    /// <summary>Changes of the bucket of arrears.</summary>
    public int ArrearsChanges { get; private set; }

    /// <summary>Customers who are reminded of an installment.</summary>
    public int Reminders { get; private set; }

    /// <summary>Offers that nobody answered in time.</summary>
    public int ExpiredOffers { get; internal set; }

    public List<FailedLoan> SetAside { get; } = [];

    // Batches end at the same time.
    internal void Add(IReadOnlyList<LoanChange> decided, IReadOnlyList<FailedLoan> failed, int reminders)
    {
        lock (SetAside)
            AddOne(decided, failed, reminders);
    }

    private void AddOne(IReadOnlyList<LoanChange> decided, IReadOnlyList<FailedLoan> failed, int reminders)
    {
        Loans += decided.Count;
        Reminders += reminders;
        SetAside.AddRange(failed);
        foreach (var change in decided)
        {
            Entries += change.Entries.Count;
            ArrearsChanges += change.Messages.Count;
            foreach (var booked in change.Entries)
                if (booked.Entry.Kind == JournalEntryKind.InterestAccrued)
                    Interest += booked.Entry.Postings[0].Amount;
        }
    }
}
