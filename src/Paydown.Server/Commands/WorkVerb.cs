using System.CommandLine;
using Paydown.Server.Databases;

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
            SharedOptions.Databases,
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
                // A worker that was started for one database has the configuration file of all.
                if (!parsed.GetValue(UntilInputEnds))
                {
                    NamedDatabases.RefuseBoth(configuration);
                    if (NamedDatabases.Find(parsed, configuration) is { } several)
                        return RunSeveralAsync(parsed, configuration, several, token);
                }

                return OnDatabase.ConnectAsync(
                    configuration,
                    connection =>
                        Work.RunAsync(
                            OptionsOf(configuration) with
                            {
                                ConnectionString = connection,
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

    // A process for each, which is started again until its database is there.
    private static async Task<int> RunSeveralAsync(
        ParseResult parsed,
        Configuration configuration,
        IReadOnlyList<NamedDatabase> several,
        CancellationToken token
    )
    {
        var order = OrderOf(configuration);
        var workers = several
            .Select(one => WorkProcess.Start(order.For(one.Name), one.ConnectionString, Console.Error, token))
            .ToList();
        await parsed.InvocationConfiguration.Output.WriteLineAsync("The workers are running. Stop them with Ctrl+C.");
        await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(workers.Select(one => one.DisposeAsync().AsTask()));
        return 0;
    }

    private static WorkerOptions OptionsOf(Configuration configuration) =>
        new()
        {
            ConnectionString = "",
            Log = SharedOptions.LogOf(configuration),
            Telemetry = new() { IsExported = ServeVerb.HasCollector },
            Webhooks = ServeVerb.WebhooksOf(configuration),
            Mail = SharedOptions.MailOf(configuration),
            Statements = SharedOptions.StatementFolderOf(configuration),
        };

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
    /// <summary>
    /// The worker of one of several databases. What other programs bring or collect is in a subfolder of its own.
    /// </summary>
    public WorkOrder For(string database)
    {
        var arguments = Arguments.ToList();
        foreach (var setting in (Setting[])[SharedOptions.StatementsFolder, SharedOptions.MailFolder])
        {
            if (arguments.IndexOf(setting.Name) is >= 0 and var at)
                arguments[at + 1] = Directory.CreateDirectory(Path.Combine(arguments[at + 1], database)).FullName;
        }

        return this with
        {
            Arguments = arguments,
        };
    }

    // A record would write the password.
    public override string ToString() => string.Join(' ', Arguments);
}
