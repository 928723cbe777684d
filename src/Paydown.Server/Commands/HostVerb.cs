using System.CommandLine;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown host</c>.</summary>
internal static class HostVerb
{
    private static readonly Argument<string?> Name = new("name")
    {
        Description = "Host name of the server; without it, all host names are listed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<OrganisationId?> Organisation = SharedOptions.Organisation(
        "The organisation of the host name; required if there are several"
    );

    private static readonly Option<bool> Remove = new("--remove")
    {
        Description = "Remove the host name instead of adding it",
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "host",
            "List, add or remove the host names of organisations. A server may be running.",
            "paydown host loans.example.com --data .paydown",
            "operating.md#several-lenders"
        )
        {
            Name,
            Organisation,
            Remove,
            SharedOptions.DataFolder,
            SharedOptions.Connection,
            SharedOptions.Databases,
            SharedOptions.On,
            SharedOptions.Json,
        };
        verb.SetAction(
            (parsed, token) =>
                OnDatabase.RunAsync(
                    parsed,
                    (db, output, stop) =>
                        Hosts.RunAsync(
                            db,
                            parsed.GetValue(Name),
                            parsed.GetValue(Organisation),
                            parsed.GetValue(Remove),
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
