using Npgsql;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Writes;

/// <summary>
/// The connections over which groups write, one small pool per lane. A shared pool would hand its connections out in
/// turn. Each group would then meet another PostgreSQL backend, and every backend would have to plan the same
/// statements and map the same pages.
/// </summary>
public sealed class GroupConnections : IAsyncDisposable
{
    /// <summary>
    /// The groups of a kind that run at the same time: one is read and decided while the one before it is written.
    /// Decision 0017 has the measurement.
    /// </summary>
    public const int LaneCount = 2;

    /// <summary>
    /// The connections that a lane uses: one for a group of reports, one for a group of verifications.
    /// </summary>
    public const int ConnectionsPerLane = 2;

    /// <summary>The maximum number of connections of a lane, including those with unsettled commits.</summary>
    public const int ConnectionsMax = ConnectionsPerLane + UnsettledMax;

    // A lane writes one group after the other. If two commits of a lane are unsettled, a third would be as well.
    private const int UnsettledMax = 2;

    /// <summary>
    /// The time limit of a statement that reads. A commit has its own limit. It is set per connection and not per
    /// statement, because Npgsql changes a socket option whenever the limit changes.
    /// </summary>
    public const int StepSecondsMax = 3;

    // - lock_timeout: a group waits at most this long for a locked loan, then runs again without it.
    // - idle_in_transaction_session_timeout: frees the locked loans if this server vanishes during a group.
    // - plan_cache_mode and the planner switches: the statements reach rows by key only, so one generic plan fits
    //   arrays of any length, and planning again takes longer than running. Without the switches, a plan made while the
    //   tables were small would scan or hash them as a whole, and would be kept while they grow.
    //
    // They end with the transaction, because behind a connection pooler, others use the same sessions.
    private const string Settings = """
        select set_config('lock_timeout', '100ms', true),
               set_config('idle_in_transaction_session_timeout', '15s', true),
               set_config('plan_cache_mode', 'force_generic_plan', true),
               set_config('enable_seqscan', 'off', true),
               set_config('enable_hashjoin', 'off', true),
               set_config('enable_mergejoin', 'off', true)
        """;

    private readonly NpgsqlDataSource[] lanes;

    /// <summary>Creates the pools; connections are opened when they are needed.</summary>
    /// <param name="connectionString">As for <see cref="Database.Open"/>.</param>
    /// <exception cref="OperatingException">The string cannot be read.</exception>
    public GroupConnections(string connectionString)
    {
        var words = Database.Complete(connectionString, StepSecondsMax);
        (words.MinPoolSize, words.MaxPoolSize) = (0, ConnectionsMax);
        lanes =
        [
            .. Enumerable.Range(1, LaneCount).Select(number => Database.BuilderOf(words, $"groups {number}").Build()),
        ];
    }

    /// <summary>Adds the statements that begin the transaction of a group to its first batch.</summary>
    public static void AddBeginTo(NpgsqlBatch batch)
    {
        batch.BatchCommands.Add(new("begin"));
        batch.BatchCommands.Add(new(Settings));
    }

    /// <summary>Goes to the first result after those of <see cref="AddBeginTo"/>.</summary>
    public static Task SkipBeginAsync(NpgsqlDataReader reader) => reader.NextResultAsync();

    /// <summary>Opens a connection for a group. Its first statements are those of <see cref="AddBeginTo"/>.</summary>
    /// <param name="lane">The lane, from 0.</param>
    /// <exception cref="WritesStuckException">Too many commits of the lane are unsettled.</exception>
    public Task<WriteTransaction> BeginAsync(int lane = 0) =>
        WriteTransaction.OpenAsync(lanes[lane], default, unsettledMax: UnsettledMax);

    /// <summary>Closes the idle connections.</summary>
    public void Clear()
    {
        foreach (var lane in lanes)
            lane.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes)
            await lane.DisposeAsync();
    }
}
