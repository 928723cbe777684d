using System.CommandLine;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown import-statement</c>.</summary>
internal static class ImportStatementVerb
{
    private static readonly Argument<string[]> Files = new("files")
    {
        Description = "Bank statements: camt.053, camt.052, camt.054, MT940, BAI2 or CSV; the content says which",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Account = new("--account")
    {
        Description = "The account of the statement, for a file that does not state it; a file of another is refused",
    };

    private static readonly Option<string?> Currency = new("--currency")
    {
        Description = "The currency of the statement (ISO 4217), for a file that does not state it",
    };

    private static readonly Option<string?> Profile = new("--profile")
    {
        Description = "A profile (JSON) that maps the columns of a CSV file",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Show how the files are read, without a database, and store nothing",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "import-statement",
            "Read bank statements and show their entries.",
            "paydown import-statement statement.xml --dry-run",
            "bank-statements.md#the-command",
            exitCodes: ImportStatement.ExitCodes
        )
        {
            Files,
            Account,
            Currency,
            Profile,
            DryRun,
            SharedOptions.Json,
        };
        verb.SetAction(parsed =>
        {
            if (!parsed.GetValue(DryRun))
                throw new UsageException(
                    "paydown: Statements cannot be stored by this command yet; add --dry-run to see how they are read."
                );
            var reading = ImportStatement.Reading(
                parsed.GetValue(Account),
                parsed.GetValue(Currency),
                parsed.GetValue(Profile)
            );
            return ImportStatement.Show(
                parsed.GetRequiredValue(Files),
                reading,
                parsed.GetValue(SharedOptions.Json),
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error
            );
        });
        return verb;
    }
}
