using System.CommandLine;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown import</c>.</summary>
internal static class ImportVerb
{
    private static readonly Argument<string> File = new("file")
    {
        Description = "Products, banks and blacklist (JSON), for example docs/products.example.json",
    };

    private static readonly Option<OrganisationId?> Organisation = SharedOptions.Organisation(
        "The organisation of the products; required if there are several"
    );

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Show what would change, and change nothing",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "import",
            "Create or change the products, banks and blacklist in a file, all or none. A server may be running.",
            "paydown import docs/products.example.json --dry-run",
            "operating.md#products"
        )
        {
            File,
            Organisation,
            DryRun,
            SharedOptions.Json,
            SharedOptions.DataFolder,
            SharedOptions.Connection,
        };
        verb.SetAction(
            (parsed, token) =>
                OnDatabase.RunAsync(
                    parsed,
                    (db, output, stop) =>
                        ImportProducts.RunAsync(
                            db,
                            parsed.GetRequiredValue(File),
                            parsed.GetValue(Organisation),
                            parsed.GetValue(DryRun),
                            parsed.GetValue(SharedOptions.Json),
                            output,
                            stop
                        ),
                    token
                )
        );
        return verb;
    }
}
