using System.CommandLine;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary><c>paydown organisation create | list | show</c>: the lenders of a database.</summary>
internal static class OrganisationVerb
{
    private static readonly JsonSerializerOptions Indented = new(Wire.Options) { WriteIndented = true };

    /// <summary>The verb.</summary>
    /// <param name="dataFolder">The option of the data directory, shared with other verbs.</param>
    /// <param name="connection">The option of the database, shared with other verbs.</param>
    /// <param name="onDatabase">Runs the verb over an existing database.</param>
    /// <param name="output">Receives the result.</param>
    /// <param name="error">Receives warnings, and what is wrong with the command line.</param>
    public static Command Create(
        Option<string> dataFolder,
        Option<string?> connection,
        OnDatabase onDatabase,
        TextWriter output,
        TextWriter error
    )
    {
        var json = new Option<bool>("--json") { Description = "Write one JSON document instead of lines" };
        var id = new Argument<string>("id") { Description = "Id of the organisation" };
        var options = new LenderOptions();
        var create = new Command("create", "Add a lender and its first manager. A server may be running.");
        options.AddTo(create);
        create.SetAction(
            (parsed, token) =>
                SetupVerb.ReportingUsageAsync(
                    error,
                    () =>
                    {
                        var lender = options.Read(parsed, Questions.OfConsole);
                        return onDatabase(
                            parsed,
                            output,
                            (source, to, stop) => CreateAsync(source, lender, parsed.GetValue(json), to, error, stop),
                            token
                        );
                    }
                )
        );
        var list = new Command("list", "List the lenders.");
        list.SetAction(
            (parsed, token) =>
                onDatabase(
                    parsed,
                    output,
                    (source, to, stop) => ListAsync(source, parsed.GetValue(json), to, stop),
                    token
                )
        );
        var show = new Command("show", "Show a lender's settings.") { id };
        show.SetAction(
            (parsed, token) =>
                onDatabase(
                    parsed,
                    output,
                    (source, to, stop) => ShowAsync(source, parsed.GetRequiredValue(id), to, stop),
                    token
                )
        );
        var verb = new Command("organisation", "Add, list and show the lenders of a database.");
        foreach (var one in (Command[])[create, list, show])
        {
            foreach (var option in (Option[])[json, dataFolder, connection])
                one.Add(option);
            verb.Add(one);
        }

        return verb;
    }

    private static async Task<int> CreateAsync(
        NpgsqlDataSource source,
        NewLender lender,
        bool json,
        TextWriter output,
        TextWriter error,
        CancellationToken token
    )
    {
        await new Migrator(source, TimeProvider.System).RequireCurrentAsync(token);
        var result = await SetupVerb.CreateAsync(source, lender, "paydown organisation create", isFirst: false, token);
        await SetupVerb.WriteAsync(result, json, output, error);
        return 0;
    }

    private static async Task<int> ListAsync(
        NpgsqlDataSource source,
        bool json,
        TextWriter output,
        CancellationToken token
    )
    {
        var all = await ReadAsync(source, token);
        if (json)
        {
            var documents = all.Select(one => OrganisationView.Of(one));
            await output.WriteLineAsync(JsonSerializer.Serialize(documents, Wire.Options));
            return 0;
        }

        foreach (var one in all)
            await output.WriteLineAsync($"{one.Id}  {one.Currency}  {one.TimeZone, -20}  {one.Name}");
        if (all.Count == 0)
            await output.WriteLineAsync("There is no organisation yet. Create one with paydown setup.");
        return 0;
    }

    // Its settings are a document in any case.
    private static async Task<int> ShowAsync(
        NpgsqlDataSource source,
        string id,
        TextWriter output,
        CancellationToken token
    )
    {
        var all = await ReadAsync(source, token);
        var wanted = IdText.TryParse(id, "D", out OrganisationId parsed) ? parsed : default;
        var found =
            all.FirstOrDefault(one => one.Id == wanted)
            ?? throw new OperatingException(
                $"There is no organisation with the id {id}. List them with paydown organisation list."
            );
        await output.WriteLineAsync(JsonSerializer.Serialize(OrganisationView.Of(found), Indented));
        return 0;
    }

    private static async Task<IReadOnlyList<OrganisationSettings>> ReadAsync(
        NpgsqlDataSource source,
        CancellationToken token
    )
    {
        await new Migrator(source, TimeProvider.System).RequireCurrentAsync(token);
        await using var connection = await source.OpenConnectionAsync(token);
        return await OrganisationStore.ListAsync(connection, token);
    }
}
