using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Paydown.Lending.Identifiers;
using Paydown.Server.Databases;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary><c>paydown organisation move</c>: a lender goes to another database of the file.</summary>
internal static class MoveVerb
{
    private static readonly Option<OrganisationId?> Organisation = SharedOptions.Organisation("The lender to move");

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Name of the database in the file that the lender goes to",
        HelpName = "NAME",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Show the rows per table, and move nothing",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "move",
            "Move a lender to another database of the file. Its changes get 503 until it is there; servers may be "
                + "running. If it is interrupted, run it again.",
            "paydown organisation move --databases databases.json "
                + "--organisation 01900000-0000-7000-8000-000000000001 --to south",
            "operating.md#move-a-lender"
        )
        {
            Organisation,
            To,
            DryRun,
            SharedOptions.Databases,
            SharedOptions.Json,
        };
        verb.SetAction((parsed, token) => RunAsync(parsed, token));
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var configuration = Configuration.Of(parsed);
        var databases =
            NamedDatabases.Find(parsed, configuration) ?? throw new UsageException("--databases is missing.");
        var lender = parsed.GetValue(Organisation) ?? throw new UsageException("--organisation is missing.");
        var to = parsed.GetValue(To) ?? throw new UsageException("--to is missing: the name of the other database.");
        var target = NamedDatabases.Get(databases, to);
        var (output, isJson) = (parsed.InvocationConfiguration.Output, parsed.GetValue(SharedOptions.Json));
        await using var move = new LenderMove(databases, lender, to, TimeProvider.System);
        if (parsed.GetValue(DryRun))
        {
            await WriteAsync(
                output,
                isJson,
                new Report(lender, to, IsDryRun: true, await move.CountAsync(cancellation))
            );
            return 0;
        }

        var result = await move.RunAsync(cancellation);
        if (!isJson)
            await WriteAsync(output, isJson, new Report(lender, to, IsDryRun: false, result));
        await using var db = Database.Open(target.ConnectionString, commandTimeoutSeconds: 0);
        var breaches = await Audit.RunAsync(db, isJson ? TextWriter.Null : output, json: false, cancellation);
        if (isJson)
            await WriteAsync(
                output,
                isJson,
                new Report(lender, to, IsDryRun: false, result) { IsSound = breaches == 0 }
            );
        return breaches;
    }

    private static async Task WriteAsync(TextWriter output, bool isJson, Report report)
    {
        if (isJson)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(report, Wire.Options));
            return;
        }

        foreach (var (table, rows) in report.Tables.Where(one => one.Rows > 0))
            await output.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{table, -26} {rows, 12:N0} rows")
            );
        await output.WriteLineAsync(report.Sentence);
    }

    private sealed record Report(
        OrganisationId OrganisationId,
        string To,
        bool IsDryRun,
        [property: JsonIgnore] MoveResult Result
    )
    {
        public string? From => Result.From;

        public IReadOnlyList<TableCount> Tables => Result.Tables;

        /// <summary>Whether the audit of the target found nothing; null without an audit.</summary>
        public bool? IsSound { get; init; }

        [JsonIgnore]
        public string Sentence =>
            (From, IsDryRun) switch
            {
                (null, _) => $"The lender {OrganisationId} is on {To} already. Nothing was changed.",
                (_, true) => $"The lender {OrganisationId} would go from {From} to {To}. Nothing was changed.",
                _ => $"The lender {OrganisationId} has gone from {From} to {To}.",
            };
    }
}
