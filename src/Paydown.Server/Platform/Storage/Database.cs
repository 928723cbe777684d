using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Opens the pool of connections of a process; groups have theirs beside it
/// (<see cref="Writes.GroupConnections"/>). What the operator says in its string wins.
/// </summary>
public static class Database
{
    /// <summary>
    /// The name of the environment variable that names a database to use instead of a private cluster.
    /// </summary>
    public const string EnvironmentVariable = "PAYDOWN_DATABASE";

    // Few connections do more work than many: a group commit needs one, reads are short. Three servers fit into
    // PostgreSQL's customary 100 connections.
    private const int ConnectionsMax = 32;

    // For a connection, whether it is made or waited for; then for each answer of the database. A statement that takes
    // longer is cancelled over a connection of its own, which costs as much again where the database is stuck. With
    // what a group waits before it begins, every request has its answer within 12 seconds (docs/operating.md).
    private const int ConnectTimeoutSeconds = 3;
    private const int CommandTimeoutSeconds = 5;
    private const int CancellationTimeoutMilliseconds = 500;

    // More than there are statements. In a full table the oldest gives its name to the next one, and where a batch is
    // cut off in the middle of that, Npgsql and PostgreSQL can differ on what a name stands for: 08P01 and 26000 were
    // seen under cancelled batches with a table of 20, and nothing worse than a lost name with one that never filled.
    private const int PreparedStatementsMax = 2_000;

    /// <summary>The pool of a connection string, in Npgsql's form or as a <c>postgres://</c> address.</summary>
    /// <param name="connectionString">Of either form.</param>
    /// <param name="commandTimeoutSeconds">For one answer of the database; 0: no limit.</param>
    /// <exception cref="OperatingException">The string cannot be read.</exception>
    public static NpgsqlDataSource Open(string connectionString, int commandTimeoutSeconds = CommandTimeoutSeconds) =>
        BuilderOf(Complete(connectionString, commandTimeoutSeconds)).Build();

    /// <summary>
    /// A builder of pools that learn nothing of the schema. Npgsql would read all types at its first connection and
    /// keep them, so that a type that a later migration makes, by this server or another, would stay unknown to it.
    /// With the types of PostgreSQL itself a statement that needs more fails everywhere and always, and so in the first
    /// test: cast arrays of domains and enums to their base type.
    /// </summary>
    internal static NpgsqlDataSourceBuilder BuilderOf(NpgsqlConnectionStringBuilder settings)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder;
    }

    /// <summary>What the operator says, and Paydown's own word on the rest.</summary>
    /// <exception cref="OperatingException">The string cannot be read.</exception>
    internal static NpgsqlConnectionStringBuilder Complete(
        string connectionString,
        int commandTimeoutSeconds = CommandTimeoutSeconds
    )
    {
        var builder = Read(connectionString);
        Default(builder, "Maximum Pool Size", ConnectionsMax);
        Default(builder, "Timeout", ConnectTimeoutSeconds);
        Default(builder, "Command Timeout", commandTimeoutSeconds);
        Default(builder, "Cancellation Timeout", CancellationTimeoutMilliseconds);
        Default(builder, "Max Auto Prepare", PreparedStatementsMax);
        Default(builder, "Auto Prepare Min Usages", 2);
        Default(builder, "Application Name", "paydown");
        Default(builder, "Timezone", "UTC");
        // Nothing here leaves anything on a connection (locks and settings end with their transaction), and to reset it
        // each time takes the database 0.2 ms.
        Default(builder, "No Reset On Close", true);
        return builder;
    }

    /// <summary>Reads a connection string of either form.</summary>
    /// <exception cref="OperatingException">It cannot be read; the message keeps its password to itself.</exception>
    public static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            var builder = IsAddress(connectionString)
                ? FromAddress(new Uri(connectionString))
                : new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrEmpty(builder.Host))
                throw new ArgumentException("It names no Host.");
            return builder;
        }
        catch (Exception exception) when (exception is ArgumentException or UriFormatException or FormatException)
        {
            throw new OperatingException(
                $"The database connection cannot be read: {exception.Message} "
                    + "Expected \"Host=…;Database=…;Username=…;Password=…\" "
                    + "or \"postgres://user:password@host/database\".",
                exception
            );
        }
    }

    private static bool IsAddress(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder FromAddress(Uri address)
    {
        var builder = new NpgsqlConnectionStringBuilder { Host = address.Host };
        if (address.Port > 0)
            builder.Port = address.Port;
        var (user, password) = Split(address.UserInfo, ':');
        if (user.Length > 0)
            builder.Username = Uri.UnescapeDataString(user);
        if (password.Length > 0)
            builder.Password = Uri.UnescapeDataString(password);
        var database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));
        if (database.Length > 0)
            builder.Database = database;
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Split(pair, '=');
            builder[name == "sslmode" ? "SSL Mode" : Uri.UnescapeDataString(name)] = Uri.UnescapeDataString(value)
                .Replace("-", "", StringComparison.Ordinal);
        }
        return builder;
    }

    private static (string Before, string After) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static void Default(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        // Its ContainsKey tells which keywords there are, not which were said.
        if (!builder.Keys.Cast<string>().Contains(keyword))
            builder[keyword] = value;
    }
}
