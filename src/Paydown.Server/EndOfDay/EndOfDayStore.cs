using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.EndOfDay;

/// <summary>An end of day that was asked for.</summary>
public sealed record RequestedDay
{
    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The day that ends.</summary>
    public required DateOnly BusinessOn { get; init; }

    /// <summary>1 for the first run of the day; one more each time it is asked for again.</summary>
    public required int Round { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Null if no worker has begun.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null if it is not complete.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Loans with something to do when it began.</summary>
    public required int LoansTotal { get; init; }

    public required int LoansDone { get; init; }
}

/// <summary>A loan that a run must leave out, because its replay fails.</summary>
/// <param name="Key">The loan.</param>
/// <param name="Reason">Why.</param>
public sealed record FailedLoan(LoanKey Key, string Reason);

/// <summary>A loan with something to do.</summary>
/// <param name="Key">The loan.</param>
/// <param name="NextActionOn">
/// The day from which it has something to do; null if only the settings have changed.
/// </param>
public readonly record struct DueLoan(LoanKey Key, DateOnly? NextActionOn);

/// <summary>Reads and writes the runs of the end of day.</summary>
public static class EndOfDayStore
{
    private const string Columns = """
        organisation_id, business_on, round, requested_at, started_at, ended_at, loans_total, loans_done
        """;

    // A complete one is run again.
    private const string Request = """
        insert into end_of_day as e (organisation_id, business_on, requested_by, requested_at) values ($1, $2, $3, $4)
        on conflict (organisation_id, business_on) do update
        set requested_by = excluded.requested_by, requested_at = excluded.requested_at, started_at = null,
            ended_at = null, loans_total = 0, loans_done = 0, round = e.round + 1
        where e.ended_at is not null
        """;

    private const string Begin = """
        update end_of_day
        set started_at = $3,
            loans_total = (select count(*) from loan_day where organisation_id = $1 and next_action_on <= $2)
        where organisation_id = $1 and business_on = $2 and started_at is null
        """;

    // Those that this run has set aside are left out.
    private const string IsDue = """
        d.organisation_id = $1 and d.next_action_on <= $2
          and not exists (select from loan_set_aside a
                          where a.customer_id = d.customer_id and a.account_id = d.account_id
                            and a.business_on = $2 and a.round = $3)
        """;

    // Whoever changes a loan locks both rows. Step by step, because a join might lock loans beyond the limit.
    private const string Take = $"""
        with due as materialized (
          select d.customer_id, d.account_id, d.next_action_on from loan_day d
          where {IsDue}
            and (d.next_action_on, d.customer_id, d.account_id) > ($4, $5, $6)
          order by d.next_action_on, d.customer_id, d.account_id limit $7
          for no key update skip locked)
        select due.customer_id, due.account_id, due.next_action_on from due
        cross join lateral (
          select from loan_account l where l.customer_id = due.customer_id and l.id = due.account_id limit 1
          for no key update skip locked) l
        order by due.next_action_on, due.customer_id, due.account_id
        """;

    private const string ListHeld = $"""
        select d.customer_id, d.account_id, d.next_action_on from loan_day d
        where {IsDue}
        order by d.next_action_on, d.customer_id, d.account_id limit $4
        """;

    private const string LockDue = $"""
        select d.customer_id, d.account_id, d.next_action_on
        from loan_day d join loan_account l on l.customer_id = d.customer_id and l.id = d.account_id
        where {IsDue} and d.customer_id = $4 and d.account_id = $5
        for no key update of l, d
        """;

    private const string List = """
        select d.customer_id, d.account_id, d.next_action_on
        from loan_day d join loan_account l on l.customer_id = d.customer_id and l.id = d.account_id
        where d.organisation_id = $1 and (d.next_action_on <= $2 or $3 and l.state = 'ACTIVE')
          and (d.customer_id, d.account_id) > ($4, $5)
        order by d.customer_id, d.account_id limit $6
        """;

    private const string SetAside = """
        insert into loan_set_aside as a (customer_id, account_id, organisation_id, business_on, round, reason,
                                         attempts, recorded_at)
        select customer_id, account_id, $1, $2, $3, reason, 1, $4
        from unnest($5, $6, $7) as r (customer_id, account_id, reason)
        on conflict (customer_id, account_id) do update
        set business_on = excluded.business_on, round = excluded.round, reason = excluded.reason,
            attempts = a.attempts + 1, recorded_at = excluded.recorded_at
        """;

    private const string PutBack = """
        delete from loan_set_aside a using unnest($1, $2) as r (customer_id, account_id)
        where a.customer_id = r.customer_id and a.account_id = r.account_id
        """;

    /// <summary>Asks for an end of day; does nothing if it is asked for already and not complete.</summary>
    public static async Task RequestAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        DateOnly day,
        UserId? by,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(Request, connection)
        {
            Parameters = { Sql.Value(organisationId), Sql.Value(day), Sql.Value(by, NpgsqlDbType.Uuid), Sql.Value(at) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Counts the work of a run, unless somebody has begun it.</summary>
    public static Task<int> BeginAsync(
        NpgsqlDataSource database,
        RequestedDay run,
        DateTimeOffset at,
        CancellationToken cancellation
    ) =>
        WriteTransaction.RunAsync(
            database,
            Begin,
            cancellation,
            Sql.Value(run.OrganisationId),
            Sql.Value(run.BusinessOn),
            Sql.Value(at)
        );

    /// <summary>Returns the runs that are not complete, oldest request first.</summary>
    public static Task<IReadOnlyList<RequestedDay>> ListOpenAsync(
        NpgsqlConnection connection,
        CancellationToken cancellation
    ) =>
        Rows.ReadLastAsync(
            connection,
            [
                new(
                    $"select {Columns} from end_of_day where ended_at is null and not is_moving(organisation_id) "
                        + "order by requested_at"
                ),
            ],
            Read,
            cancellation
        );

    /// <summary>Returns a run; null if it was never asked for.</summary>
    public static async Task<RequestedDay?> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        DateOnly day,
        CancellationToken cancellation
    ) =>
        (
            await Rows.ReadLastAsync(
                connection,
                [
                    new($"select {Columns} from end_of_day where organisation_id = $1 and business_on = $2")
                    {
                        Parameters = { Sql.Value(organisationId), Sql.Value(day) },
                    },
                ],
                Read,
                cancellation
            )
        ).SingleOrDefault();

    /// <summary>Returns the newest runs of an organisation.</summary>
    public static Task<IReadOnlyList<RequestedDay>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        int countMax,
        CancellationToken cancellation
    ) =>
        Rows.ReadLastAsync(
            connection,
            [
                new($"select {Columns} from end_of_day where organisation_id = $1 order by business_on desc limit $2")
                {
                    Parameters = { Sql.Value(organisationId), Sql.Value(countMax) },
                },
            ],
            Read,
            cancellation
        );

    /// <summary>Locks some loans with something to do; those that somebody else has locked are skipped.</summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="run">The run.</param>
    /// <param name="after">The last loan before them; null to start over.</param>
    /// <param name="countMax">The maximum number of loans.</param>
    /// <param name="cancellation">Cancels the statement.</param>
    public static Task<IReadOnlyList<DueLoan>> TakeAsync(
        NpgsqlConnection connection,
        RequestedDay run,
        DueLoan? after,
        int countMax,
        CancellationToken cancellation
    ) =>
        Rows.ReadLastAsync(
            connection,
            [
                new(Take)
                {
                    Parameters =
                    {
                        Sql.Value(run.OrganisationId),
                        Sql.Value(run.BusinessOn),
                        Sql.Value(run.Round),
                        Sql.Value(after?.NextActionOn ?? DateOnly.MinValue.AddYears(1)),
                        Sql.Value(after?.Key.CustomerId ?? default(CustomerId)),
                        Sql.Value(after?.Key.Id ?? default(LoanId)),
                        Sql.Value(countMax),
                    },
                },
            ],
            ReadDue,
            cancellation
        );

    /// <summary>Returns loans that still have something to do, locked or not.</summary>
    public static async Task<IReadOnlyList<DueLoan>> ListHeldAsync(
        NpgsqlDataSource database,
        RequestedDay run,
        int countMax,
        CancellationToken cancellation
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await Rows.ReadLastAsync(
            connection,
            [
                new(ListHeld)
                {
                    Parameters =
                    {
                        Sql.Value(run.OrganisationId),
                        Sql.Value(run.BusinessOn),
                        Sql.Value(run.Round),
                        Sql.Value(countMax),
                    },
                },
            ],
            ReadDue,
            cancellation
        );
    }

    /// <summary>Locks a loan that still has something to do, after whoever has locked it.</summary>
    /// <returns>False if it has nothing to do any more.</returns>
    public static async Task<bool> LockDueAsync(
        NpgsqlConnection connection,
        RequestedDay run,
        LoanKey key,
        CancellationToken cancellation
    )
    {
        var found = await Rows.ReadLastAsync(
            connection,
            [
                new(LockDue)
                {
                    Parameters =
                    {
                        Sql.Value(run.OrganisationId),
                        Sql.Value(run.BusinessOn),
                        Sql.Value(run.Round),
                        Sql.Value(key.CustomerId),
                        Sql.Value(key.Id),
                    },
                },
            ],
            ReadDue,
            cancellation
        );
        return found.Count > 0;
    }

    /// <summary>Returns loans that a run would take, in order of customers, without locks.</summary>
    public static Task<IReadOnlyList<DueLoan>> ListDueAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        DateOnly day,
        bool allOpen,
        LoanKey after,
        int countMax,
        CancellationToken cancellation
    ) =>
        Rows.ReadLastAsync(
            connection,
            [
                new(List)
                {
                    Parameters =
                    {
                        Sql.Value(organisationId),
                        Sql.Value(day),
                        Sql.Value(allOpen),
                        Sql.Value(after.CustomerId),
                        Sql.Value(after.Id),
                        Sql.Value(countMax),
                    },
                },
            ],
            ReadDue,
            cancellation
        );

    /// <summary>Adds the statements that record the progress of a run to a batch.</summary>
    public static void AddProgressTo(
        NpgsqlBatch batch,
        RequestedDay run,
        IReadOnlyList<LoanKey> done,
        IReadOnlyList<FailedLoan> failed,
        DateTimeOffset at
    )
    {
        new RowsStatement<LoanKey>(PutBack, done).Column(key => key.CustomerId).Column(key => key.Id).AddTo(batch);
        if (failed.Count > 0)
        {
            batch.BatchCommands.Add(
                new(SetAside)
                {
                    Parameters =
                    {
                        Sql.Value(run.OrganisationId),
                        Sql.Value(run.BusinessOn),
                        Sql.Value(run.Round),
                        Sql.Value(at),
                        Sql.Value(failed.Select(loan => loan.Key.CustomerId).ToList()),
                        Sql.Value(failed.Select(loan => loan.Key.Id).ToList()),
                        Sql.Value(failed.Select(loan => loan.Reason).ToArray()),
                    },
                }
            );
        }

        batch.BatchCommands.Add(
            new("update end_of_day set loans_done = loans_done + $3 where organisation_id = $1 and business_on = $2")
            {
                Parameters =
                {
                    Sql.Value(run.OrganisationId),
                    Sql.Value(run.BusinessOn),
                    Sql.Value(done.Count + failed.Count),
                },
            }
        );
    }

    /// <summary>Adds the statement that completes a run to a batch.</summary>
    public static void AddEndTo(NpgsqlBatch batch, RequestedDay run, DateTimeOffset at) =>
        batch.BatchCommands.Add(
            new(
                """
                update end_of_day set ended_at = $3
                where organisation_id = $1 and business_on = $2 and ended_at is null
                """
            )
            {
                Parameters = { Sql.Value(run.OrganisationId), Sql.Value(run.BusinessOn), Sql.Value(at) },
            }
        );

    /// <summary>Returns the loans of an organisation that are set aside.</summary>
    public static Task<IReadOnlyList<LoanSetAside>> ListSetAsideAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        int countMax,
        CancellationToken cancellation
    ) =>
        Rows.ReadLastAsync(
            connection,
            [
                new(
                    """
                    select account_id, business_on, reason, attempts, recorded_at from loan_set_aside
                    where organisation_id = $1 order by account_id limit $2
                    """
                )
                {
                    Parameters = { Sql.Value(organisationId), Sql.Value(countMax) },
                },
            ],
            reader => new LoanSetAside
            {
                AccountId = reader.Id<LoanId>("account_id"),
                Date = reader.Date("business_on"),
                Reason = reader.Text("reason"),
                Attempts = reader.Integer("attempts"),
                RecordedAt = reader.Instant("recorded_at"),
            },
            cancellation
        );

    private static DueLoan ReadDue(NpgsqlDataReader reader) =>
        new(
            new(reader.Id<CustomerId>("customer_id"), reader.Id<LoanId>("account_id")),
            reader.DateOrNull("next_action_on")
        );

    private static RequestedDay Read(NpgsqlDataReader reader) =>
        new()
        {
            OrganisationId = reader.Id<OrganisationId>("organisation_id"),
            BusinessOn = reader.Date("business_on"),
            Round = reader.Integer("round"),
            RequestedAt = reader.Instant("requested_at"),
            StartedAt = reader.InstantOrNull("started_at"),
            EndedAt = reader.InstantOrNull("ended_at"),
            LoansTotal = reader.Integer("loans_total"),
            LoansDone = reader.Integer("loans_done"),
        };
}
