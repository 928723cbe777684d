using System.CommandLine;
using Paydown.Server.Platform.Logs;
using Paydown.Server.Webhooks;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown work</c>.</summary>
internal static class WorkVerb
{
    // How a server ends the worker that it has started, however the server itself ends.
    private static readonly Option<bool> UntilInputEnds = new("--until-input-ends")
    {
        Description = "Stop when standard input ends",
        Hidden = true,
    };

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "work",
            "Deliver webhooks and do other background work. A server starts one by itself; run more on any machine.",
            "paydown work --database \"Host=db.internal;Database=paydown;Username=paydown\"",
            "operating.md#workers"
        )
        {
            SharedOptions.DataFolder,
            SharedOptions.Connection,
            ServeVerb.Demo,
            ServeVerb.WebhookAllow,
            ServeVerb.LogForms,
            ServeVerb.Levels,
            UntilInputEnds,
        };
        verb.SetAction(
            (parsed, token) =>
                OnDatabase.ConnectAsync(
                    parsed,
                    connection =>
                        Work.RunAsync(
                            new WorkerOptions
                            {
                                ConnectionString = connection,
                                Log = ServeVerb.LogOf(parsed),
                                Webhooks = ServeVerb.WebhooksOf(parsed),
                            },
                            parsed.GetValue(UntilInputEnds) ? Console.In : null,
                            parsed.InvocationConfiguration.Output,
                            token
                        ),
                    token
                )
        );
        return verb;
    }

    /// <summary>The arguments of a worker with the options of a server.</summary>
    public static IReadOnlyList<string> ArgumentsOf(ParseResult served)
    {
        List<string> arguments = ["work", "--until-input-ends"];
        arguments.AddRange("--log-format", served.GetRequiredValue(ServeVerb.LogForms));
        arguments.AddRange("--log-level", served.GetRequiredValue(ServeVerb.Levels).ToString());
        if (served.GetRequiredValue(ServeVerb.WebhookAllow).ToString() is { Length: > 0 } allowed)
            arguments.AddRange("--webhook-allow", allowed);
        if (served.GetValue(ServeVerb.Demo))
            arguments.Add("--demo");
        return arguments;
    }
}
