using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Server.Platform.Storage;

/// <summary>A migration: a numbered SQL file that only goes forward and never changes after its release.</summary>
/// <param name="Number">The number in the file name: 1 for <c>0001_core.sql</c>.</param>
/// <param name="Name">The file name without its extension: <c>0001_core</c>.</param>
/// <param name="Sql">The statements.</param>
public sealed record Migration(int Number, string Name, string Sql)
{
    private const string Ending = ".sql";

    /// <summary>The SHA-256 of the SQL in hexadecimal, by which changed files are detected.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>The migrations of this program, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = ReadEmbedded(typeof(Migration).Assembly);

    private static Migration[] ReadEmbedded(Assembly assembly)
    {
        var prefix = $"{typeof(Migration).Namespace}.Migrations.";
        var migrations = assembly
            .GetManifestResourceNames()
            .Where(name =>
                name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal)
            )
            .Select(name => ReadOne(assembly, name, name[prefix.Length..^Ending.Length]))
            .OrderBy(migration => migration.Number)
            .ToArray();
        // Two branches that both add 0007 must fail here and not in a customer's database.
        for (var index = 0; index < migrations.Length; index++)
        {
            if (migrations[index].Number != index + 1)
                throw new InvalidOperationException(
                    $"Migrations must be numbered 1, 2, 3 …: {migrations[index].Name} is at position {index + 1}."
                );
        }
        return migrations;
    }

    private static Migration ReadOne(Assembly assembly, string resource, string name)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var number = int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)));
        return new Migration(number, name, reader.ReadToEnd());
    }
}
