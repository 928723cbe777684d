using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// The connections of groups that write: few, and not those of everything else. A pool hands its connections out in
/// turn, so that each group would meet another backend of PostgreSQL, and all of them would have to plan the same
/// statements and map the same pages. Here each lane has its own (<see cref="GroupTurn"/>).
/// </summary>
public sealed class GroupConnections : IAsyncDisposable
{
    /// <summary>Groups of a kind under way at once: one is read and decided, the one before it is written.</summary>
    public const int LaneCount = 2;

    /// <summary>One for each group that may be under way in a lane: of reports, and of verifications.</summary>
    public const int ConnectionsPerLane = 2;

    /// <summary>Those of a lane, with the ones that wait for unsettled commits.</summary>
    public const int ConnectionsMax = ConnectionsPerLane + UnsettledMax;

    // Groups come one after the other, and each has many requests: with so few unsettled the database writes no more.
    private const int UnsettledMax = 2;

    /// <summary>
    /// The limit for the reading of a group; its commit has one of its own. Said here rather than by each statement,
    /// since Npgsql tells the socket of every change.
    /// </summary>
    public const int StepSecondsMax = 3;

    // A group waits for a held loan no longer than the lock_timeout, and should the server vanish in the middle of it,
    // its loans are free again soon. Its statements reach rows by key alone, so one plan fits arrays of any length, and
    // to plan them anew takes longer than to run them; but a plan made while the tables were small would read and hash
    // them as a whole, and be kept while they grow.
    private const string Settings = """
        set lock_timeout = '100ms';
        set idle_in_transaction_session_timeout = '15s';
        set plan_cache_mode = force_generic_plan;
        set enable_seqscan = off;
        set enable_hashjoin = off;
        set enable_mergejoin = off
        """;

    private readonly NpgsqlDataSource[] lanes;

    /// <summary>Opens none yet.</summary>
    /// <param name="connectionString">As for <see cref="Database.Open"/>.</param>
    /// <exception cref="OperatingException">The string cannot be read.</exception>
    public GroupConnections(string connectionString)
    {
        var words = Database.Complete(connectionString, StepSecondsMax);
        (words.MinPoolSize, words.MaxPoolSize) = (0, ConnectionsMax);
        // A reset would take the settings away.
        words.NoResetOnClose = true;
        var builder = Database.BuilderOf(words);
        builder.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException("The connections of groups are opened with await."),
            async connection =>
            {
                await using var command = new NpgsqlCommand(Settings, connection);
                await command.ExecuteNonQueryAsync();
            }
        );
        lanes = [.. Enumerable.Range(0, LaneCount).Select(_ => builder.Build())];
    }

    /// <summary>A transaction of a group, which begins it with its first statement.</summary>
    /// <param name="lane">From 0.</param>
    /// <exception cref="WritesStuckException">Too many commits of the lane are unsettled.</exception>
    public Task<WriteTransaction> BeginAsync(int lane = 0) =>
        WriteTransaction.OpenAsync(lanes[lane], default, unsettledMax: UnsettledMax);

    /// <summary>Gives up the connections that there are.</summary>
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
