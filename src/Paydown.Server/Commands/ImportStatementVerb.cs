using System.CommandLine;
using Paydown.Lending.Identifiers;

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

    private static readonly Option<OrganisationId?> Organisation = SharedOptions.Organisation(
        "The organisation of the account; required if there are several"
    );

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "import-statement",
            "Import bank statements, which verifies repayments; or show how they are read. A server may be running.",
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
            Organisation,
            SharedOptions.Json,
            SharedOptions.DataFolder,
            SharedOptions.Connection,
        };
        verb.SetAction(
            (parsed, token) => parsed.GetValue(DryRun) ? Task.FromResult(Show(parsed)) : StoreAsync(parsed, token)
        );
        return verb;
    }

    private static Task<int> StoreAsync(ParseResult parsed, CancellationToken token)
    {
        if (parsed.GetValue(Profile) is not null)
        {
            throw new UsageException(
                "paydown: --profile is for --dry-run; an account has its profile from admin/collection-accounts."
            );
        }

        var storing = new StoreStatements(
            parsed.GetRequiredValue(Files),
            parsed.GetValue(Organisation),
            parsed.GetValue(Account),
            parsed.GetValue(Currency)
        );
        return OnDatabase.RunAsync(
            parsed,
            (db, output, stop) =>
                storing.RunAsync(
                    db,
                    parsed.GetValue(SharedOptions.Json),
                    output,
                    parsed.InvocationConfiguration.Error,
                    stop
                ),
            token
        );
    }

    private static int Show(ParseResult parsed)
    {
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
    }
}
