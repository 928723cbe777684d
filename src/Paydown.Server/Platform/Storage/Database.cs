using Npgsql;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Opens the connection pool of a process; groups have separate pools (<see cref="Writes.GroupConnections"/>). The
/// settings in the operator's connection string win.
/// </summary>
public static class Database
{
    // Few connections do more work than many: a group commit needs one, and reads are short. Three servers fit into
    // PostgreSQL's default of 100 connections.
    private const int ConnectionsMax = 32;

    // Time limits to get a connection and for each statement. A statement that takes longer is cancelled over a
    // separate connection, which takes as long again if the database is stuck. With the wait before a group begins,
    // every request is answered within 12 seconds (docs/operating.md).
    private const int ConnectTimeoutSeconds = 3;
    private const int CommandTimeoutSeconds = 5;
    private const int CancellationTimeoutMilliseconds = 500;

    // How long it may take until a promoted standby is found.
    private const int HostRecheckSeconds = 1;

    // More than the number of statements. In a full table, the name of the oldest statement is reused. If a batch is
    // cancelled during that, Npgsql and PostgreSQL can disagree about the name: with a table of 20, 08P01 and 26000
    // were seen after cancelled batches. With a table that never filled, at most a name was lost.
    private const int PreparedStatementsMax = 2_000;

    /// <summary>
    /// The role of the application: it adds facts and cannot change them, and it cannot change the schema.
    /// </summary>
    public const string ApplicationRole = "paydown_application";

    // A login that owns the tables, or one that is a member of the role, takes the role. Where the role is missing
    // because the owner could not create it, the login stays as it is.
    private const string TakeRole = $"""
        select set_config('role', rolname, false) from pg_roles
        where rolname = '{ApplicationRole}' and pg_has_role(rolname, 'MEMBER')
        """;

    /// <summary>Opens a pool whose connections have the role of the application.</summary>
    /// <param name="connectionString">A connection string of Npgsql, or a <c>postgres://</c> address.</param>
    /// <param name="commandTimeoutSeconds">The time limit of a statement; 0 for none.</param>
    /// <exception cref="OperatingException">The string cannot be read.</exception>
    public static NpgsqlDataSource Open(string connectionString, int commandTimeoutSeconds = CommandTimeoutSeconds) =>
        BuilderOf(Complete(connectionString, commandTimeoutSeconds), "requests").Build();

    /// <summary>Opens a pool whose connections have the role of their login, to migrate the schema.</summary>
    /// <inheritdoc cref="Open"/>
    public static NpgsqlDataSource OpenAsOwner(string connectionString) =>
        WithoutTypes(Complete(connectionString, commandTimeoutSeconds: 0), "owner").Build();

    /// <summary>True if a connection leads to a standby, which takes no writes and sends no notifications.</summary>
    public static async Task<bool> IsStandbyAsync(NpgsqlConnection connection, CancellationToken token)
    {
        await using var command = new NpgsqlCommand("select pg_is_in_recovery()", connection);
        return await command.ExecuteScalarAsync(token) is true;
    }

    /// <summary>Returns a builder of pools whose connections have the role of the application.</summary>
    /// <param name="settings">The connection string.</param>
    /// <param name="name">The name of the pool in metrics, which would otherwise show the connection string.</param>
    internal static NpgsqlDataSourceBuilder BuilderOf(NpgsqlConnectionStringBuilder settings, string name)
    {
        var builder = WithoutTypes(settings, name);
        builder.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException("Open connections asynchronously."),
            async connection =>
            {
                await using var command = new NpgsqlCommand(TakeRole, connection);
                await command.ExecuteNonQueryAsync();
            }
        );
        return builder;
    }

    // Npgsql would load all types with its first connection and cache them, so types from later migrations, by this
    // server or another, would be unknown. With the built-in types only, a statement that needs another type always
    // fails, and so in its first test. Cast arrays of domains and enums to their base type.
    private static NpgsqlDataSourceBuilder WithoutTypes(NpgsqlConnectionStringBuilder settings, string name)
    {
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name };
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder;
    }

    /// <summary>Adds Paydown's defaults to the operator's settings.</summary>
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
        if (HasSeveralHosts(builder))
        {
            // Standbys take no writes. By default, Npgsql would remember for 10 seconds which host was the primary.
            Default(builder, "Target Session Attributes", "primary");
            Default(builder, "Host Recheck Seconds", HostRecheckSeconds);
        }

        // All locks and settings end with their transaction, so there is nothing to reset, and a reset takes 0.2 ms.
        Default(builder, "No Reset On Close", true);
        return builder;
    }

    private static bool HasSeveralHosts(NpgsqlConnectionStringBuilder builder) => builder.Host!.Contains(',');

    /// <summary>Parses a connection string of either form.</summary>
    /// <exception cref="OperatingException">It is invalid; the message does not contain the password.</exception>
    public static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            var builder = IsAddress(connectionString)
                ? FromAddress(connectionString)
                : new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrEmpty(builder.Host))
                throw new ArgumentException("Host is missing.");
            return builder;
        }
        catch (Exception exception) when (exception is ArgumentException or UriFormatException or FormatException)
        {
            throw new OperatingException(
                $"The database connection is invalid: {exception.Message} "
                    + "Expected \"Host=…;Database=…;Username=…;Password=…\" "
                    + "or \"postgres://user:password@host/database\".",
                exception
            );
        }
    }

    /// <summary>What is wrong with a connection string, without its password; null if it can be read.</summary>
    public static string? FindProblem(string connectionString)
    {
        try
        {
            Read(connectionString);
            return null;
        }
        catch (OperatingException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Hides the passwords of a connection string. One without passwords stays as it is.</summary>
    public static string WithoutPassword(string connectionString)
    {
        const string Hidden = "***";
        if (FindProblem(connectionString) is not null)
            return Hidden;
        var builder = Read(connectionString);
        if (string.IsNullOrEmpty(builder.Password) && string.IsNullOrEmpty(builder.SslPassword))
            return connectionString;
        if (!string.IsNullOrEmpty(builder.Password))
            builder.Password = Hidden;
        if (!string.IsNullOrEmpty(builder.SslPassword))
            builder.SslPassword = Hidden;
        return builder.ConnectionString;
    }

    private static bool IsAddress(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static NpgsqlConnectionStringBuilder FromAddress(string written)
    {
        var hosts = HostsOf(written);
        // .NET's addresses have one host; the others are not needed to read the rest.
        var first = hosts.IndexOf(',', StringComparison.Ordinal);
        var address = new Uri(first < 0 ? written : written.Replace(hosts, hosts[..first], StringComparison.Ordinal));
        var builder = new NpgsqlConnectionStringBuilder { Host = first < 0 ? address.Host : hosts };
        if (first < 0 && address.Port > 0)
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
            var text = Uri.UnescapeDataString(value);
            // libpq writes verify-full where Npgsql has VerifyFull.
            if (name == "sslmode")
                builder["SSL Mode"] = text.Replace("-", "", StringComparison.Ordinal);
            else
                builder[Uri.UnescapeDataString(name)] = text;
        }
        return builder;
    }

    // postgres://user:password@one:5432,two:5432/database
    private static string HostsOf(string text)
    {
        var begin = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = text.IndexOfAny(['/', '?'], begin);
        var authority = end < 0 ? text[begin..] : text[begin..end];
        return authority[(authority.LastIndexOf('@') + 1)..];
    }

    private static (string Before, string After) Split(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private static void Default(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        // ContainsKey is true for every known keyword, not only for those in the string.
        if (!builder.Keys.Cast<string>().Contains(keyword))
            builder[keyword] = value;
    }
}
