using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.SignIn;

/// <summary>
/// The failed sign-ins, and the locks that follow from them. The more failures, the longer the lock: 5 lock an account
/// until 15 minutes after the first of them, 10 for an hour, 20 for four hours. So guesses become rare, and every lock
/// ends by itself.
/// </summary>
public sealed class SignInFailures(Ids ids)
{
    /// <summary>The longest time in which failures count.</summary>
    public static readonly TimeSpan WindowMax = TimeSpan.FromHours(4);

    private const string LockWaitMax = "set local lock_timeout = '5s'";

    private const string Rules = """
        (values (5, interval '15 minutes'), (10, interval '1 hour'), (20, interval '4 hours'))
          rule (failures, lasts)
        """;

    /// <summary>
    /// Returns the SQL of the instant until which failures lock an account; null if there are too few of them.
    /// </summary>
    /// <param name="condition">A condition on the failure <c>f</c> that leads with its account.</param>
    internal static string LockedUntil(string condition) =>
        $"""
            (select max(nth.failed_at + rule.lasts)
             from {Rules}
             cross join lateral (select f.failed_at from sign_in_failure f where {condition}
                                 order by f.id desc offset rule.failures - 1 limit 1) nth)
            """;

    private static readonly string OfAccount = $"""
        select {LockedUntil(
            """
            f.account = $1 and f.failed_at > $2 and (f.organisation_id = $3 or f.organisation_id is null)
            and ($4::bytea is null or f.client = $4)
            """
        )}
        """;

    /// <summary>Returns until when the failures of an account at a lender lock it; null if they do not.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="account">The account.</param>
    /// <param name="client">The client whose failures count; null for those of all clients.</param>
    /// <param name="organisationId">The lender; null to count only failures that named none.</param>
    /// <param name="after">Only later failures count.</param>
    /// <param name="token">Cancels the query.</param>
    public static async Task<DateTimeOffset?> FindLockAsync(
        NpgsqlConnection connection,
        AccountKey account,
        ClientKey? client,
        OrganisationId? organisationId,
        DateTimeOffset after,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(OfAccount, connection)
        {
            Parameters =
            {
                Sql.Value(account.Hash),
                Sql.Value(after),
                Sql.Value(organisationId, NpgsqlDbType.Uuid),
                Sql.Value(client?.Hash, NpgsqlDbType.Bytea),
            },
        };
        return await command.ExecuteScalarAsync(token) is DateTime until ? new DateTimeOffset(until) : null;
    }

    /// <summary>
    /// Locks the e-mail until the transaction ends, so its sign-ins are decided one after the other on all servers.
    /// </summary>
    public static async Task SerializeAsync(NpgsqlConnection connection, AccountKey account, CancellationToken token)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(LockWaitMax),
                new("select pg_advisory_xact_lock($1)") { Parameters = { Sql.Value(account.Number) } },
            },
        };
        await batch.ExecuteNonQueryAsync(token);
    }

    /// <summary>Records a failed sign-in at a lender; null if the request named no lender.</summary>
    public async Task AddAsync(
        NpgsqlConnection connection,
        AccountKey account,
        ClientKey client,
        OrganisationId? organisationId,
        DateTimeOffset now,
        CancellationToken token
    )
    {
        await using var command = new NpgsqlCommand(
            """
            insert into sign_in_failure (account, id, failed_at, organisation_id, client) values ($1, $2, $3, $4, $5)
            """,
            connection
        )
        {
            Parameters =
            {
                Sql.Value(account.Hash),
                Sql.Value(ids.Next<FailureId>()),
                Sql.Value(now),
                Sql.Value(organisationId, NpgsqlDbType.Uuid),
                Sql.Value(client.Hash),
            },
        };
        await command.ExecuteNonQueryAsync(token);
    }

    /// <summary>
    /// Adds the statement that deletes the failures of an account at a lender to a batch. Failures that named no lender
    /// are kept, because they were guesses at the users of other lenders too. If the client is known, the failures of
    /// strangers are kept, and still count against strangers.
    /// </summary>
    public static void AddClearTo(
        NpgsqlBatch batch,
        AccountKey account,
        ClientKey client,
        bool isKnown,
        OrganisationId organisationId
    ) =>
        batch.BatchCommands.Add(
            new("delete from sign_in_failure where account = $1 and organisation_id = $2 and (client = $3 or not $4)")
            {
                Parameters =
                {
                    Sql.Value(account.Hash),
                    Sql.Value(organisationId),
                    Sql.Value(client.Hash),
                    Sql.Value(isKnown),
                },
            }
        );

    /// <summary>Deletes the failures before an instant.</summary>
    public static Task RemoveBeforeAsync(
        NpgsqlDataSource database,
        DateTimeOffset failedBefore,
        CancellationToken token
    ) =>
        WriteTransaction.RunAsync(
            database,
            "delete from sign_in_failure where failed_at <= $1",
            token,
            Sql.Value(failedBefore)
        );
}
