using System.Text.RegularExpressions;
using Paydown.Lending.Accounting;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// Documents are right: links have targets, decisions are numbered, and no path belongs to one machine.
/// </summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Texts =
    [
        ".cs",
        ".razor",
        ".css",
        ".js",
        ".mjs",
        ".sql",
        ".md",
        ".json",
        ".yaml",
        ".yml",
        ".csproj",
        ".props",
        ".slnx",
        ".sh",
        "/run",
        "/test",
        "/paydown",
    ];

    [Fact]
    public void Links_lead_to_existing_files()
    {
        var findings = new Findings();
        foreach (var file in Repository.Files(".", ".md"))
        {
            for (var i = 0; i < file.Lines.Count; i++)
            {
                foreach (Match link in Link().Matches(file.Lines[i]))
                {
                    var target = link.Groups["target"].Value.Split('#')[0];
                    if (target.Length == 0 || target.Contains(':') || Exists(file, target))
                        continue;
                    findings.Add(file, i + 1, $"{target} does not exist; correct the link.");
                }
            }
        }

        findings.ShouldBeNone();
    }

    // A row without a table head is shown as text. Merges of two pages can leave such rows.
    [Fact]
    public void Every_row_belongs_to_a_table()
    {
        var findings = new Findings();
        foreach (var file in Repository.Files(".", ".md"))
        {
            for (var i = 0; i < file.Lines.Count; i++)
            {
                var isFirst = IsRow(file, i) && !IsRow(file, i - 1);
                var hasHead = i + 1 < file.Lines.Count && file.Lines[i + 1].StartsWith("|--", StringComparison.Ordinal);
                if (isFirst && !hasHead)
                    findings.Add(file, i + 1, "this row has no table; move it below its table head.");
            }
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void The_books_are_explained_account_by_account_and_entry_by_entry()
    {
        var findings = new Findings();
        var page = Repository.Files("docs", ".md").Single(file => file.Path == "docs/accounting.md");
        var words = Enum.GetValues<LedgerAccount>()
            .Select(account => $"| `{Words.Write(account)}` |")
            .Concat(Enum.GetValues<JournalEntryKind>().Select(kind => $"** `{Words.Write(kind)}` |"));
        foreach (var word in words)
        {
            var rows = page.Lines.Count(line => line.StartsWith('|') && line.Contains(word, StringComparison.Ordinal));
            if (rows != 1)
                findings.Add($"{page.Path}: {word} has {rows} rows; it must have one.");
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void No_path_belongs_to_one_machine()
    {
        var findings = new Findings();
        foreach (var file in Repository.Files(".", Texts))
        {
            for (var i = 0; i < file.Lines.Count; i++)
            {
                if (MachinePath().Match(file.Lines[i]) is { Success: true } path)
                    findings.Add(
                        file,
                        i + 1,
                        $"{path.Value} belongs to one machine; find it from the repository or make it an option."
                    );
            }
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_headed_by_their_number()
    {
        var findings = new Findings();
        var number = 0;
        foreach (var file in Repository.Files("docs/decisions", ".md"))
        {
            number++;
            if (!file.Name.StartsWith($"{number:0000}-", StringComparison.Ordinal))
            {
                findings.Add(file, 1, $"decision {number:0000} is missing or repeated before it; number without gaps.");
                break;
            }

            if (!file.Lines[0].StartsWith($"# {number:0000} ", StringComparison.Ordinal))
                findings.Add(file, 1, $"begin with \"# {number:0000} \" and the title.");
        }

        findings.ShouldBeNone();
    }

    private static bool IsRow(SourceFile file, int line) => line >= 0 && file.Lines[line].StartsWith('|');

    private static bool Exists(SourceFile file, string target)
    {
        var path = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(file.FullPath)!, Uri.UnescapeDataString(target))
        );
        return File.Exists(path) || Directory.Exists(path);
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    // Home and work folders. The folders of a Debian system (/usr, /var, /tmp) are the same everywhere.
    [GeneratedRegex(@"(?<![\w.{}*$/-])/(?:work|home|root|Users)/[\w.-]+", RegexOptions.None, 1000)]
    private static partial Regex MachinePath();
}
