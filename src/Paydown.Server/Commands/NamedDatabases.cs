using System.CommandLine;
using Paydown.Server.Databases;
using Paydown.Server.Platform;

namespace Paydown.Server.Commands;

/// <summary>The databases that a verb works on, if there are several.</summary>
internal static class NamedDatabases
{
    // What these do is right for every database; all others are about one lender.
    private static readonly string[] VerbsOnAll = ["serve", "work", "migrate", "audit", "list", "move"];

    /// <summary>Returns the databases of the file, or the one that is named; null for a verb on one database.</summary>
    /// <exception cref="OperatingException">The file is wrong, or the name is not in it.</exception>
    public static IReadOnlyList<NamedDatabase>? Find(ParseResult parsed, Configuration configuration)
    {
        var name = Has(parsed, SharedOptions.On) ? parsed.GetValue(SharedOptions.On) : null;
        var file = configuration.Has(SharedOptions.Databases) ? configuration.Get(SharedOptions.Databases) : "";
        if (file.Length == 0)
            return name is null ? null : throw new OperatingException("--on NAME needs --databases FILE.");
        var all = DatabaseList.Read(file);
        if (name is not null)
            return [Get(all, name)];
        return all.Count == 1 || VerbsOnAll.Contains(parsed.CommandResult.Command.Name)
            ? all
            : throw new OperatingException($"Name the database: --on NAME. {Listed(all)}");
    }

    /// <summary>Returns the database of a name.</summary>
    /// <exception cref="OperatingException">It is not in the file.</exception>
    public static NamedDatabase Get(IReadOnlyList<NamedDatabase> all, string name) =>
        all.FirstOrDefault(one => one.Name == name) ?? throw new OperatingException(Unknown(name, all));

    /// <summary>Refuses two ways to name databases.</summary>
    /// <exception cref="OperatingException">Both are set.</exception>
    public static void RefuseBoth(Configuration configuration)
    {
        if (
            configuration.Has(SharedOptions.Databases)
            && configuration.Get(SharedOptions.Databases).Length > 0
            && configuration.Get(SharedOptions.Connection) is not null
        )
            throw new OperatingException("Set either --database or --databases, not both.");
    }

    /// <summary>True if the verb writes JSON.</summary>
    public static bool IsJson(ParseResult parsed) =>
        Has(parsed, SharedOptions.Json) && parsed.GetValue(SharedOptions.Json);

    private static bool Has(ParseResult parsed, Option option) => parsed.CommandResult.Command.Options.Contains(option);

    private static string Unknown(string name, IReadOnlyList<NamedDatabase> all) =>
        $"There is no database {name}. {Listed(all)}";

    private static string Listed(IReadOnlyList<NamedDatabase> all) =>
        $"The file lists {string.Join(", ", all.Select(one => one.Name))}.";
}
