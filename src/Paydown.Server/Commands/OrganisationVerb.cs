using System.CommandLine;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary><c>paydown organisation create | list | show | move</c>: the lenders of a database.</summary>
internal static class OrganisationVerb
{
    private static readonly JsonSerializerOptions Indented = new(Wire.Options) { WriteIndented = true };

    private static readonly LenderOptions Lender = new();

    private static readonly Argument<string> Id = new("id") { Description = "Id of the organisation" };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = Of(
            "organisation",
            "Add, list, show and move the lenders of a database.",
            "paydown organisation list --data .paydown"
        );
        var create = Of(
            "create",
            "Add a lender and its first manager. On a terminal, it asks for missing options. A server may be running.",
            LenderOptions.Example("paydown organisation create")
        );
        Lender.AddTo(create);
        create.SetAction(CreateAsync);
        var list = Of("list", "List the lenders.", "paydown organisation list --data .paydown");
        list.SetAction(
            (parsed, token) =>
                OnDatabase.RunAsync(
                    parsed,
                    (db, output, stop) => ListAsync(db, parsed.GetValue(SharedOptions.Json), output, stop),
                    token
                )
        );
        var show = Of(
            "show",
            "Show a lender's settings.",
            "paydown organisation show 01900000-0000-7000-8000-000000000001 --data .paydown"
        );
        show.Add(Id);
        show.SetAction(
            (parsed, token) =>
                OnDatabase.RunAsync(
                    parsed,
                    (db, output, stop) => ShowAsync(db, parsed.GetRequiredValue(Id), output, stop),
                    token
                )
        );
        foreach (var one in (Verb[])[create, list, show])
        {
            one.Add(SharedOptions.DataFolder);
            one.Add(SharedOptions.Connection);
            one.Add(SharedOptions.Databases);
            one.Add(SharedOptions.On);
            one.Add(SharedOptions.Json);
            verb.Add(one);
        }

        verb.Add(MoveVerb.Create());
        return verb;
    }

    private static Verb Of(string name, string description, string example) =>
        new(name, description, example, "operating.md#several-lenders");

    private static Task<int> CreateAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var lender = Lender.Read(parsed, Questions.OfConsole);
        return OnDatabase.RunAsync(
            parsed,
            async (db, _, stop) =>
            {
                await new Migrator(db, TimeProvider.System).RequireCurrentAsync(stop);
                var result = await SetupVerb.CreateAsync(
                    db,
                    lender,
                    "paydown organisation create",
                    isFirst: false,
                    stop
                );
                return await SetupVerb.WriteAsync(parsed, result);
            },
            cancellation
        );
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
