using System.CommandLine;

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
            SharedOptions.LogFormat,
            SharedOptions.LogLevel,
            UntilInputEnds,
        };
        verb.SetAction(
            (parsed, token) =>
            {
                var configuration = Configuration.Of(parsed);
                return OnDatabase.ConnectAsync(
                    configuration,
                    connection =>
                        Work.RunAsync(
                            new WorkerOptions
                            {
                                ConnectionString = connection,
                                Log = SharedOptions.LogOf(configuration),
                                Webhooks = ServeVerb.WebhooksOf(configuration),
                            },
                            parsed.GetValue(UntilInputEnds) ? Console.In : null,
                            parsed.InvocationConfiguration.Output,
                            token
                        ),
                    token
                );
            }
        );
        return verb;
    }

    /// <summary>The arguments of a worker with the settings of a server.</summary>
    public static IReadOnlyList<string> ArgumentsOf(Configuration served)
    {
        List<string> arguments = ["work", "--until-input-ends"];
        if (served.File is { } file)
            arguments.AddRange("--config", file);
        foreach (
            Setting setting in (Setting[])[SharedOptions.LogFormat, SharedOptions.LogLevel, ServeVerb.WebhookAllow]
        )
        {
            if (served.ShownOf(setting) is { Length: > 0 } text)
                arguments.AddRange(setting.Name, text);
        }

        if (served.Get(ServeVerb.Demo))
            arguments.Add(ServeVerb.Demo.Name);
        return arguments;
    }
}
