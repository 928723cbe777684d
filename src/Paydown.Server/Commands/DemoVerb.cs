using System.CommandLine;
using System.CommandLine.Parsing;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown demo</c>.</summary>
internal static class DemoVerb
{
    private static readonly Option<int?> Loans = new("--loans")
    {
        Description = "Load a lender with N generated loans instead, to test size and speed",
        HelpName = "N",
        CustomParser = result => Count(result, 1),
    };

    private static readonly Option<int> Repayments = new("--repayments-per-loan")
    {
        Description = "With --loans: the number of verified repayments per loan",
        HelpName = "K",
        CustomParser = result => Count(result, 0),
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "demo",
            "Load the demo lender, unless it is there already.",
            "paydown demo --data .paydown --loans 5000 --repayments-per-loan 10",
            "testing.md"
        )
        {
            SharedOptions.DataFolder,
            SharedOptions.Connection,
            Loans,
            Repayments,
        };
        verb.SetAction((parsed, token) => OnDatabase.RunAsOwnerAsync(parsed, WorkOf(parsed), token));
        return verb;
    }

    private static OnDatabase.Work WorkOf(ParseResult parsed) =>
        parsed.GetValue(Loans) is { } loans
            ? (db, output, stop) => Portfolio.RunAsync(db, loans, parsed.GetValue(Repayments), output, stop)
            : Demo.RunAsync;

    private static int Count(ArgumentResult result, int min)
    {
        if (int.TryParse(result.Tokens[0].Value, out var count) && count >= min)
            return count;
        result.AddError($"'{result.Tokens[0].Value}' is not a whole number of at least {min}.");
        return min;
    }
}
