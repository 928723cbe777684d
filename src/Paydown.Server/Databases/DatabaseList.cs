using System.Text.Json;
using System.Text.Json.Serialization;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Databases;

/// <summary>A database of a server that has several.</summary>
/// <param name="Name">Its name in the file, in messages and in health checks.</param>
/// <param name="ConnectionString">How to connect to it.</param>
public sealed record NamedDatabase(string Name, string ConnectionString)
{
    // A record would write the password.
    public override string ToString() => Name;
}

/// <summary>Reads the file of <c>--databases</c>.</summary>
public static class DatabaseList
{
    private const int NameLengthMax = 40;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads the databases, in the order of the file.</summary>
    /// <exception cref="OperatingException">The file cannot be read or says something wrong.</exception>
    public static IReadOnlyList<NamedDatabase> Read(string path)
    {
        var entries = Parse(path).Databases ?? [];
        if (entries.Count == 0)
            throw Wrong(path, "\"databases\" must list at least one database.");
        var all = new List<NamedDatabase>();
        foreach (var entry in entries)
        {
            if (!IsName(entry.Name))
                throw Wrong(path, $"a name has 1 to {NameLengthMax} letters a-z, digits and hyphens: '{entry.Name}'.");
            if (all.Exists(one => one.Name == entry.Name))
                throw Wrong(path, $"the name {entry.Name} is there twice.");
            all.Add(new NamedDatabase(entry.Name!, ConnectionOf(path, entry)));
        }

        // Two inner servers on one database would each believe that its lenders are theirs alone.
        if (all.Select(one => PlaceOf(one.ConnectionString)).Distinct(StringComparer.Ordinal).Count() < all.Count)
            throw Wrong(path, "two names lead to the same database.");
        return all;
    }

    private static FileContent Parse(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<FileContent>(File.ReadAllText(path), Form) ?? new FileContent(null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatingException($"The file of the databases cannot be read: {exception.Message}", exception);
        }
        catch (JsonException exception)
        {
            // The message of the exception may show the text around the fault, which may be a password.
            throw Wrong(path, $"it is not JSON of this form near line {exception.LineNumber + 1}.");
        }
    }

    private static string ConnectionOf(string path, Entry entry)
    {
        if (entry.Connection is null == entry.ConnectionFile is null)
            throw Wrong(path, $"{entry.Name} needs either \"connection\" or \"connectionFile\".");
        var text = entry.Connection ?? ReadSecret(path, entry);
        return Database.FindProblem(text) is { } problem ? throw Wrong(path, $"{entry.Name}: {problem}") : text;
    }

    private static string ReadSecret(string path, Entry entry)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return File.ReadAllText(Path.GetFullPath(entry.ConnectionFile!, folder)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"{entry.Name}: {exception.Message}");
        }
    }

    private static string PlaceOf(string connectionString)
    {
        var read = Database.Read(connectionString);
        return $"{read.Host}:{read.Port}/{read.Database}";
    }

    private static bool IsName(string? text) =>
        text is { Length: > 0 and <= NameLengthMax }
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static OperatingException Wrong(string path, string what) => new($"{path} is wrong: {what}");

    private sealed record FileContent(IReadOnlyList<Entry>? Databases);

    private sealed record Entry(string? Name, string? Connection, string? ConnectionFile);
}
