using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>The pages know the client of the API and the framework, and nothing else of Paydown.</summary>
public sealed class PagesTests
{
    private const string Pages = "src/Paydown.Pages";

    // QRCoder draws the codes of bank transfers.
    private static readonly string[] References =
    [
        """<FrameworkReference Include="Microsoft.AspNetCore.App" />""",
        """<PackageReference Include="QRCoder" />""",
        """<ProjectReference Include="../Paydown.Client/Paydown.Client.csproj" />""",
    ];

    [Fact]
    public void The_pages_reference_the_client_only()
    {
        var findings = new Findings();
        var project = Repository.Files(Pages, ".csproj").Single();
        for (var i = 0; i < project.Lines.Count; i++)
        {
            var line = project.Lines[i].Trim();
            if (line.Contains("Reference Include=", StringComparison.Ordinal) && !References.Contains(line))
                findings.Add(project, i + 1, "pages ask the API; add what is missing to it and to its client.");
        }

        findings.ShouldBeNone();
    }

    [Fact]
    public void The_client_does_not_know_the_pages_and_only_three_places_of_the_server_do()
    {
        var findings = new Findings();
        foreach (var (file, name) in Code.Nodes<UsingDirectiveSyntax>("src"))
        {
            var isAllowed =
                file.Path.StartsWith(Pages + "/", StringComparison.Ordinal)
                || file.Path.StartsWith("src/Paydown.Server/Pages/", StringComparison.Ordinal)
                || file.Path == "src/Paydown.Server/ServerHost.cs";
            if (name.Name?.ToString().StartsWith("Paydown.Pages", StringComparison.Ordinal) == true && !isAllowed)
                findings.Add(file, Code.LineOf(name), "only src/Paydown.Server/Pages and ServerHost know the pages.");
        }

        findings.ShouldBeNone();
    }

    // The policy of content forbids both, so browsers would ignore them.
    [Fact]
    public void No_view_has_a_style_or_a_script_of_its_own()
    {
        var findings = new Findings();
        foreach (var file in Repository.Files(Pages, ".razor"))
        {
            for (var i = 0; i < file.Lines.Count; i++)
            {
                var line = file.Lines[i];
                if (
                    line.Contains(" style=", StringComparison.OrdinalIgnoreCase)
                    || line.Contains("<style", StringComparison.OrdinalIgnoreCase)
                    || (line.Contains("<script", StringComparison.Ordinal) && !line.Contains("@Asset.Script.Path"))
                    || line.Contains(" onclick=", StringComparison.OrdinalIgnoreCase)
                )
                    findings.Add(file, i + 1, "move it to Assets/paydown.css or Assets/paydown.js.");
                if (line.Contains("MarkupString", StringComparison.Ordinal))
                    findings.Add(file, i + 1, "write markup, not text that is taken for markup.");
            }
        }

        findings.ShouldBeNone();
    }
}
