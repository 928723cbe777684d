using System.Runtime.CompilerServices;

namespace Paydown.Server.Tests;

/// <summary>The files of this repository, for the tests of its layout and documents.</summary>
internal static class Repository
{
    // Folders with generated, downloaded or built files, which are not checked.
    private static readonly string[] NotOurs =
    [
        "bin",
        "obj",
        "node_modules",
        ".git",
        ".paydown",
        "artifacts",
        "TestResults",
    ];

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Returns the files below a folder with one of these endings, ordered by path.</summary>
    public static IEnumerable<SourceFile> Files(string folder, params IReadOnlyList<string> endings)
    {
        var paths = new List<string>();
        Collect(Path.Combine(Root, folder), paths);
        return paths
            .Where(path => endings.Count == 0 || endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Select(path => new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), path))
            .OrderBy(file => file.Path, StringComparer.Ordinal);
    }

    /// <summary>Compares a generated file with the committed one; with PAYDOWN_REWRITE=1 writes it instead.</summary>
    public static void ShouldBeCommitted(string path, string text, string command)
    {
        var file = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable("PAYDOWN_REWRITE") == "1")
            File.WriteAllText(file, text);
        var committed = File.Exists(file) ? File.ReadAllText(file) : "";
        if (committed == text)
            return;
        var line = 1 + committed.Split('\n').Zip(text.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count();
        Xunit.Assert.Fail($"{path} is stale from line {line} on. Regenerate and commit it: {command}");
    }

    private static void Collect(string folder, List<string> paths)
    {
        if (!Directory.Exists(folder))
            return;
        paths.AddRange(Directory.GetFiles(folder));
        foreach (var inner in Directory.GetDirectories(folder))
        {
            if (!NotOurs.Contains(Path.GetFileName(inner)))
                Collect(inner, paths);
        }
    }

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        // Starts from the source file; if it was moved since the build, from the folder of the tests.
        return Upwards(Path.GetDirectoryName(thisFile))
            ?? Upwards(AppContext.BaseDirectory)
            ?? throw new InvalidOperationException("No folder above the tests has Paydown.slnx.");
    }

    private static string? Upwards(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Paydown.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }
}

/// <summary>A file of the repository.</summary>
/// <param name="Path">The path from the root, with slashes.</param>
/// <param name="FullPath">The path on this machine.</param>
internal sealed record SourceFile(string Path, string FullPath)
{
    private readonly Lazy<string[]> lines = new(() => File.ReadAllLines(FullPath));

    public IReadOnlyList<string> Lines => lines.Value;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Text => string.Join('\n', Lines);
}
