using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Paydown.Server.Tests.Tidy;

/// <summary>
/// An amount is a <c>Money</c> from the decision to the column, so amounts of two currencies, or an amount and a count,
/// cannot be mixed. Only the files below name minor units.
/// </summary>
public sealed class AmountTests
{
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["src/Paydown.Lending/Amounts/Currency.cs"] = "says how many minor units a currency has",
        ["src/Paydown.Lending/Amounts/Money.cs"] = "is the amount",
        ["src/Paydown.Lending/Amounts/Significant.cs"] = "rounds interest of one currency, for the replay",
        ["src/Paydown.Lending/Schedules/ScheduleRules.cs"] = "computes plans of one currency, for the replay",
        ["src/Paydown.Lending/Loans/Loan.cs"] = "gives the loan's currency to figures by component",
        ["src/Paydown.Lending/Accounting/JournalEntry.cs"] = "gives the entry's currency to figures by component",
        ["src/Paydown.Lending/Products/ProductRules.cs"] = "has one limit for all currencies",
        ["src/Paydown.Lending/Repayments/RepaymentRules.cs"] = "has one limit for all currencies",
        ["src/Paydown.Server/Platform/Http/Wire.cs"] = "formats amounts",
        ["src/Paydown.Server/Platform/Http/WireBuffer.cs"] = "formats the stored lines of an allocation",
        ["src/Paydown.Server/Loans/StoredLoan.cs"] = "gives the loan's currency to figures by component",
        ["src/Paydown.Server/Applications/StoredApplication.cs"] = "gives the loan's currency to figures by component",
        ["src/Paydown.Server/Reports/ReportReading.cs"] = "gives the organisation's currency to sums",
        ["src/Paydown.Server/Commands/MatchingSet.cs"] = "reads figures, before it knows their currency",
        ["src/Paydown.Server/Commands/ScenarioBooks.cs"] = "shows figures by component",
    };

    [Fact]
    public void An_amount_is_money()
    {
        var findings = new Findings();
        var seen = new HashSet<string>();
        foreach (
            var (file, root) in Code.Below("src/Paydown.Lending")
                .Concat(Code.Below("src/Paydown.Statements"))
                .Concat(Code.Below("src/Paydown.Server"))
        )
        {
            foreach (var name in root.DescendantNodes().Select(NameOf).Where(IsOfMinorUnits))
            {
                if (Allowed.ContainsKey(file.Path))
                    seen.Add(file.Path);
                else
                    findings.Add(file, Code.LineOf(name), $"make {name.Text} a Money, with its currency.");
            }
        }

        foreach (var path in Allowed.Keys.Except(seen))
            findings.Add($"{path} names no minor units any more: remove it from the list.");
        findings.ShouldBeNone();
    }

    private static bool IsOfMinorUnits(SyntaxToken name) =>
        name.Text.Contains("minor", StringComparison.OrdinalIgnoreCase);

    private static SyntaxToken NameOf(SyntaxNode node) =>
        node switch
        {
            ParameterSyntax parameter => parameter.Identifier,
            PropertyDeclarationSyntax property => property.Identifier,
            TupleElementSyntax element => element.Identifier,
            VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field => field.Identifier,
            _ => default,
        };
}
