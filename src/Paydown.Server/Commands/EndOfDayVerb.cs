using System.CommandLine;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown end-of-day</c>.</summary>
internal static class EndOfDayVerb
{
    private static readonly Option<DateOnly?> Date = new("--date")
    {
        Description = "The day that ends, for example 2026-01-31; by default yesterday",
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Show what the run would write, and write nothing",
    };

    private static readonly Option<OrganisationId?> Organisation = SharedOptions.Organisation(
        "The organisation; by default all"
    );

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "end-of-day",
            "Write down what the passing of a day does to loans. Workers do so by themselves; a server may be running.",
            "paydown end-of-day --date 2026-01-31 --dry-run",
            "operating.md#end-of-day"
        )
        {
            Date,
            DryRun,
            Organisation,
            SharedOptions.Json,
            SharedOptions.DataFolder,
            SharedOptions.Connection,
        };
        verb.SetAction(
            (parsed, token) =>
                OnDatabase.RunAsync(
                    parsed,
                    (db, output, stop) =>
                        new EndDay(db, TimeProvider.System)
                        {
                            Date = parsed.GetValue(Date),
                            OrganisationId = parsed.GetValue(Organisation),
                            IsDryRun = parsed.GetValue(DryRun),
                            IsJson = parsed.GetValue(SharedOptions.Json),
                        }.RunAsync(output, parsed.InvocationConfiguration.Error, stop),
                    token
                )
        );
        return verb;
    }
}
