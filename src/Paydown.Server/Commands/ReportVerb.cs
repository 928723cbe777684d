using System.CommandLine;
using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Reports;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown report</c>.</summary>
internal static class ReportVerb
{
    private static readonly Argument<string> Name = new("name")
    {
        Description = $"The report: {string.Join(", ", ReportCatalogue.All.Select(report => report.Name))}",
        HelpName = "NAME",
    };

    private static readonly Option<DateOnly?> AsOf = new("--as-of")
    {
        Description = "The day to show, for reports of one day; by default today",
        HelpName = "DATE",
    };

    private static readonly Option<DateOnly?> From = new("--from")
    {
        Description = "The first day of the period; by default the first of its last month",
        HelpName = "DATE",
    };

    private static readonly Option<DateOnly?> To = new("--to")
    {
        Description = "The last day of the period; by default today",
        HelpName = "DATE",
    };

    private static readonly Option<string?> Product = new("--product")
    {
        Description = "Only loans of the product with this name",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Account = new("--account")
    {
        Description = "The account of general-ledger, for example LOAN_PRINCIPAL",
        HelpName = "ACCOUNT",
    };

    private static readonly Option<string?> Loan = new("--loan")
    {
        Description = "The loan account of loan-statement",
        HelpName = "ID",
    };

    private static readonly Option<bool> KnownThen = new("--known-then")
    {
        Description = "Only what was recorded by the end of the last day",
    };

    private static readonly Option<string?> Format = new("--format")
    {
        Description = "table, csv, json or xlsx; by default as --output ends, else table",
        HelpName = "FORMAT",
    };

    private static readonly Option<string?> Output = new("--output")
    {
        Description = "The file to write, instead of standard output",
        HelpName = "FILE",
    };

    private static readonly Option<OrganisationId?> Organisation = SharedOptions.Organisation(
        "The organisation; by default the only one"
    );

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        Account.Validators.Add(result =>
        {
            if (!Words.All<LedgerAccount>().Contains(result.Tokens[0].Value))
                result.AddError($"'{result.Tokens[0].Value}' is not an account of the ledger.");
        });
        Loan.Validators.Add(result =>
        {
            if (!IdText.TryParse<LoanId>(result.Tokens[0].Value, "D", out _))
                result.AddError($"'{result.Tokens[0].Value}' is not a UUID.");
        });
        Format.AcceptOnlyFromAmong("table", "csv", "json", "xlsx");
        var verb = new Verb(
            "report",
            "Write a report: the portfolio at risk, cash received, the general ledger and others.",
            "paydown report portfolio --as-of 2026-01-31 --output portfolio.xlsx",
            "reports.md"
        )
        {
            Name,
            AsOf,
            From,
            To,
            Product,
            Account,
            Loan,
            KnownThen,
            Organisation,
            Format,
            Output,
            SharedOptions.Json,
            SharedOptions.DataFolder,
            SharedOptions.Connection,
        };
        verb.SetAction(
            (parsed, token) =>
                OnDatabase.RunAsync(
                    parsed,
                    (db, output, stop) =>
                        new WriteReport(db, TimeProvider.System)
                        {
                            Name = parsed.GetValue(Name)!,
                            Choice = ChoiceOf(parsed),
                            OrganisationId = parsed.GetValue(Organisation),
                            Format = parsed.GetValue(SharedOptions.Json) ? "json" : parsed.GetValue(Format),
                            File = parsed.GetValue(Output),
                        }.RunAsync(output, stop),
                    token
                )
        );
        return verb;
    }

    private static ReportChoice ChoiceOf(ParseResult parsed) =>
        new()
        {
            AsOf = parsed.GetValue(AsOf),
            From = parsed.GetValue(From),
            To = parsed.GetValue(To),
            Product = parsed.GetValue(Product),
            Account = parsed.GetValue(Account) is { } account ? Words.Read<LedgerAccount>(account) : null,
            AccountId = IdText.TryParse<LoanId>(parsed.GetValue(Loan), "D", out var id) ? id : null,
            Known = parsed.GetValue(KnownThen) ? ReportKnowledge.Then : ReportKnowledge.Now,
        };
}
