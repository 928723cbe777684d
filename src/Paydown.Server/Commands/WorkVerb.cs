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

    // What has no secrets.
    private static readonly Setting[] PassedOn =
    [
        SharedOptions.DataFolder,
        SharedOptions.LogFormat,
        SharedOptions.LogLevel,
        ServeVerb.WebhookAllow,
        SharedOptions.MailFrom,
        SharedOptions.MailFolder,
        SharedOptions.StatementsFolder,
    ];

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
            SharedOptions.Smtp,
            SharedOptions.MailFrom,
            SharedOptions.MailFolder,
            SharedOptions.StatementsFolder,
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
                                Telemetry = new() { IsExported = ServeVerb.HasCollector },
                                Webhooks = ServeVerb.WebhooksOf(configuration),
                                Mail = SharedOptions.MailOf(configuration),
                                Statements = SharedOptions.StatementFolderOf(configuration),
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

    /// <summary>The worker of a server, with its settings.</summary>
    public static WorkOrder OrderOf(Configuration served)
    {
        List<string> arguments = ["work", "--until-input-ends"];
        if (served.File is { } file)
            arguments.AddRange("--config", file);
        foreach (var setting in PassedOn)
        {
            if (served.ShownOf(setting) is { Length: > 0 } text)
                arguments.AddRange(setting.Name, text);
        }

        if (served.Get(ServeVerb.Demo))
            arguments.Add(ServeVerb.Demo.Name);
        return new WorkOrder(arguments, served.Get(SharedOptions.Smtp));
    }
}

/// <summary>The worker that a server starts.</summary>
/// <param name="Arguments">The arguments of <c>paydown</c>.</param>
/// <param name="Smtp">The mail server, which may contain a password; null if there is none.</param>
internal sealed record WorkOrder(IReadOnlyList<string> Arguments, string? Smtp)
{
    // A record would write the password.
    public override string ToString() => string.Join(' ', Arguments);
}
