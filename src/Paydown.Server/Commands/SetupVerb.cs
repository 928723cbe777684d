using System.CommandLine;
using System.Text.Json;
using Npgsql;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown setup</c>: migrates a database and creates its first lender with a manager. If there is a lender already,
/// nothing is changed.
/// </summary>
internal static class SetupVerb
{
    // "setup", so two that run at the same moment create one lender.
    private const long SetupLock = 0x73_65_74_75_70;

    private static readonly LenderOptions Lender = new();

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "setup",
            "Create the first lender and its manager on an empty database. On a terminal, it asks for missing options.",
            LenderOptions.Example("paydown setup"),
            "operating.md#a-new-lender"
        )
        {
            SharedOptions.DataFolder,
            SharedOptions.Connection,
            SharedOptions.Json,
        };
        Lender.AddTo(verb);
        verb.SetAction(RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var questions = Questions.OfConsole;
        // With a wrong command line, no database is created.
        var configuration = Configuration.Of(parsed);
        var isNew =
            configuration.Get(SharedOptions.Connection) is null
            && !HasCluster(configuration.Get(SharedOptions.DataFolder));
        var lender = isNew ? Lender.Read(parsed, questions) : null;
        return await OnDatabase.RunAsOwnerAsync(
            parsed,
            async (db, _, stop) =>
                await WriteAsync(parsed, await RunAsync(db, () => lender ?? Lender.Read(parsed, questions), stop)),
            cancellation
        );
    }

    private static bool HasCluster(string folder) =>
        Directory.Exists(folder) && new ClusterFolders(folder).ClusterVersion is not null;

    /// <summary>Migrates, and creates a lender unless there is one.</summary>
    /// <param name="source">The database, as the owner of the tables.</param>
    /// <param name="read">Returns the lender to create.</param>
    /// <param name="token">Stops it; nothing is created then.</param>
    internal static async Task<LenderResult> RunAsync(
        NpgsqlDataSource source,
        Func<NewLender> read,
        CancellationToken token
    )
    {
        await new Migrator(source, TimeProvider.System).ApplyAsync(token);
        await using (var reading = await source.OpenConnectionAsync(token))
        {
            if (await OrganisationStore.ListAsync(reading, token) is [var first, ..])
                return LenderResult.OfExisting(first);
        }

        var lender = read();
        return await CreateAsync(source, lender, "paydown setup", isFirst: true, token);
    }

    /// <summary>Creates a lender with its manager and its products, all or nothing.</summary>
    /// <param name="source">The database.</param>
    /// <param name="lender">The lender.</param>
    /// <param name="verb">The command, for the audit trail.</param>
    /// <param name="isFirst">True to create it only if there is no other.</param>
    /// <param name="token">Stops it; nothing is created then.</param>
    internal static async Task<LenderResult> CreateAsync(
        NpgsqlDataSource source,
        NewLender lender,
        string verb,
        bool isFirst,
        CancellationToken token
    )
    {
        var password = lender.Password is { } text ? PasswordHash.Create(text) : null;
        await using var transaction = await WriteTransaction.BeginAsync(
            source,
            token,
            answerMax: Timeout.InfiniteTimeSpan
        );
        var session = transaction.Connection;
        await using (var locking = new NpgsqlCommand("select pg_advisory_xact_lock($1)", session))
        {
            locking.Parameters.Add(Sql.Value(SetupLock));
            await locking.ExecuteNonQueryAsync(token);
        }

        var existing = await OrganisationStore.ListAsync(session, token);
        if (existing.FirstOrDefault(one => isFirst || one.Name == lender.Name) is { } found)
            return LenderResult.OfExisting(found);
        var created = await lender.AddAsync(session, password, verb, TimeProvider.System, token);
        var products = lender.ProductsFile is { } file
            ? await ImportProducts.AddAsync(session, created.Settings, file, TimeProvider.System, token)
            : 0;
        await transaction.CommitAsync();
        return new LenderResult
        {
            IsNew = true,
            OrganisationId = created.Settings.Id,
            OrganisationName = created.Settings.Name,
            ManagerId = created.Manager.Id,
            ManagerEmail = created.Manager.Email,
            Invitation = created.Invitation,
            ProductCount = products,
            Warnings = lender.Warnings,
        };
    }

    /// <summary>Writes a result; warnings go to the error stream too, so a script's operator sees them.</summary>
    /// <returns>0.</returns>
    public static async Task<int> WriteAsync(ParseResult parsed, LenderResult result)
    {
        var to = parsed.InvocationConfiguration;
        foreach (var warning in result.Warnings)
            await to.Error.WriteLineAsync($"Warning: {warning}");
        await to.Output.WriteLineAsync(
            parsed.GetValue(SharedOptions.Json) ? JsonSerializer.Serialize(result, Wire.Options) : result.ToText()
        );
        return 0;
    }
}
