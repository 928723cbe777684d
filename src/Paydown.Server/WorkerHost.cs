using Npgsql;
using Paydown.Server.EndOfDay;
using Paydown.Server.Loans;
using Paydown.Server.Notices;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Logs;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Statements;
using Paydown.Server.Wallets;
using Paydown.Server.Webhooks;

namespace Paydown.Server;

/// <summary>
/// Builds a worker: the process that speaks to other systems, so that the server's socket threads never wait for them.
/// It also matches what imports of bank statements left, and runs the end of each day.
/// Any number of workers may run on one database.
/// </summary>
public static class WorkerHost
{
    // The time that requests to other systems have to end.
    private static readonly TimeSpan StopMax = WebhookSender.AttemptMax + TimeSpan.FromSeconds(5);

    /// <summary>Returns the worker, ready to start.</summary>
    public static IHost Build(WorkerOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopMax);
        builder.Logging.AddLog(options.Log);
        builder.Services.AddSingleton(_ => Database.Open(options.ConnectionString));
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(options.Webhooks);
        builder.Services.AddSingleton(provider => new TargetGuard(provider.GetRequiredService<WebhookOptions>()));
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton<Ids>();
        builder.Services.AddSingleton<NoticeWriter>();
        builder.Services.AddSingleton(options.Mail);
        builder.Services.AddSingleton<IMailTransport>(provider =>
            options.Mail.Server is null
                ? new MailFolder(options.Mail.Folder)
                : new MailServer(options.Mail, provider.GetRequiredService<ILogger<MailServer>>())
        );
        builder.Services.AddSingleton<OrganisationDirectory>();
        builder.Services.AddSingleton<LoanChanges>();
        builder.Services.AddSingleton<TransferChanges>();
        builder.Services.AddSingleton<EntryMatching>();
        builder.Services.AddSingleton<StatementImport>();
        builder.Services.AddSingleton(options.Statements);
        builder.Services.AddSingleton<LoanDays>();
        builder.Services.AddSingleton<ReminderWriter>();
        builder.Services.AddSingleton<EndOfDayRun>();
        builder.Services.AddHostedService<EndOfDayWorker>();
        builder.Services.AddHostedService<EventFanOut>();
        builder.Services.AddHostedService<WebhookDeliverer>();
        builder.Services.AddHostedService<WebhookUpkeep>();
        builder.Services.AddHostedService<NoticeMailer>();
        builder.Services.AddHostedService<StatementWorker>();
        builder.Services.AddHostedService<StatementFolderWorker>();
        return builder.Build();
    }
}
