using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>A number in a message comes from the constant that enforces it, so the two cannot differ.</summary>
public sealed partial class MessageTests
{
    // Numbers that are no limits: "more than 0", the name of a standard, examples of a PIN.
    private static readonly string[] NoLimits = ["0", "3166-1", "1234", "9876"];

    [Fact]
    public void No_refusal_spells_a_limit_as_a_number()
    {
        var findings = new Findings();
        foreach (var (file, root) in Code.Below("src/Paydown.Lending"))
        {
            if (!file.Path.Contains("/Refusals", StringComparison.Ordinal))
                continue;
            foreach (var token in root.DescendantTokens())
            {
                if (
                    !token.IsKind(SyntaxKind.StringLiteralToken)
                    && !token.IsKind(SyntaxKind.InterpolatedStringTextToken)
                )
                    continue;
                // The format of a date or a number is not text.
                if (token.Parent is InterpolationFormatClauseSyntax)
                    continue;
                foreach (Match number in Number().Matches(token.Text))
                {
                    if (!NoLimits.Contains(number.Value, StringComparer.Ordinal))
                        findings.Add(file, Code.LineOf(token), $"take {number.Value} from its constant.");
                }
            }
        }

        findings.ShouldBeNone();
    }

    [GeneratedRegex(@"\d[\d-]*")]
    private static partial Regex Number();
}
