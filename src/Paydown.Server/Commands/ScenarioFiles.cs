namespace Paydown.Server.Commands;

/// <summary>Finds the scenario files of paths.</summary>
internal static class ScenarioFiles
{
    /// <summary>
    /// Returns a file as it is, and for a folder all <c>.json</c> files in and below it, ordered by name.
    /// </summary>
    public static IEnumerable<string> Find(IEnumerable<string> paths) =>
        paths.SelectMany(path =>
            Directory.Exists(path)
                ? Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                : Enumerable.Repeat(path, 1)
        );

    /// <summary>The folder under which a file is counted; "." for the current folder.</summary>
    public static string FolderOf(string file) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".";
}
