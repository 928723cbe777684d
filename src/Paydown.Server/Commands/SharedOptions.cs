using System.CommandLine;
using System.CommandLine.Parsing;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>Options that several verbs have.</summary>
internal static class SharedOptions
{
    /// <summary>The data directory of the private cluster.</summary>
    public static Option<string> DataFolder { get; } =
        new("--data")
        {
            Description = "Data directory of the private PostgreSQL cluster [env: PAYDOWN_DATA]",
            HelpName = "DIR",
            DefaultValueFactory = _ => Setting.Variable("PAYDOWN_DATA") ?? ServerOptions.DefaultDataDirectory,
        };

    /// <summary>The connection string of a database; read it with <see cref="ConnectionOf"/>.</summary>
    // No default here, because the help would show it, and it may contain a password.
    public static Option<string?> Connection { get; } =
        new("--database")
        {
            Description =
                "Use this PostgreSQL database instead of the private one: Host=…;Database=… or postgres://… "
                + $"[env: {Database.EnvironmentVariable}]",
            HelpName = "CONNECTION",
        };

    /// <summary>Writes the result as JSON.</summary>
    public static Option<bool> Json { get; } =
        new("--json") { Description = "Write one JSON document instead of lines" };

    /// <summary>Creates an option that names an organisation by its id.</summary>
    public static Option<OrganisationId?> Organisation(string description) =>
        new("--organisation")
        {
            Description = description,
            HelpName = "ID",
            CustomParser = result =>
            {
                if (IdText.TryParse(result.Tokens[0].Value, "D", out OrganisationId id))
                    return id;
                result.AddError($"'{result.Tokens[0].Value}' is not a UUID.");
                return null;
            },
        };

    /// <summary>The connection string of the named database; null for the private one.</summary>
    public static string? ConnectionOf(ParseResult parsed) =>
        parsed.GetValue(Connection) ?? Setting.Variable(Database.EnvironmentVariable);
}
