namespace Paydown.Server.Commands;

/// <summary>The scenario files that are meant by paths of files and folders.</summary>
internal static class ScenarioFiles
{
    /// <summary>
    /// A file stands for itself, a folder for every <c>.json</c> file in it and below it, in order of name.
    /// </summary>
    public static IEnumerable<string> Find(IEnumerable<string> paths) =>
        paths.SelectMany(path =>
            Directory.Exists(path)
                ? Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                : Enumerable.Repeat(path, 1)
        );

    /// <summary>The folder by which a file is counted; "." for the one that the caller stands in.</summary>
    public static string FolderOf(string file) => Path.GetDirectoryName(file) is { Length: > 0 } folder ? folder : ".";
}
