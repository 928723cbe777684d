using System.CommandLine;
using Paydown.Lending.Identifiers;
using Paydown.Server.Notices;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Logs;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Statements;

namespace Paydown.Server.Commands;

/// <summary>Options and settings that several verbs have.</summary>
internal static class SharedOptions
{
    /// <summary>The addresses of the server.</summary>
    public static Setting<IReadOnlyList<string>> Urls { get; } =
        Setting.Create(
            "--urls",
            "Urls",
            "URLS",
            "Addresses to listen on, separated by semicolons",
            ListeningAddresses.Default,
            ListeningAddresses.Form,
            (string text, out IReadOnlyList<string>? value, out string? wrong) =>
                ListeningAddresses.TryParse(text, out value, out wrong),
            separator: ';'
        );

    /// <summary>The data directory of the private cluster.</summary>
    public static Setting<string> DataFolder { get; } =
        Setting.Text(
            "--data",
            "Data",
            "DIR",
            "Data directory of the private PostgreSQL cluster",
            ServerOptions.DefaultDataDirectory
        );

    /// <summary>The connection string of a database; null for the private one.</summary>
    public static Setting<string?> Connection { get; } =
        Setting.Secret(
            "--database",
            "Database",
            "CONNECTION",
            "Use this PostgreSQL database instead of the private one: Host=…;Database=… or postgres://…",
            Database.WithoutPassword,
            Database.FindProblem
        );

    /// <summary>The file of several databases; empty for one database.</summary>
    public static Setting<string> Databases { get; } =
        Setting.Text(
            "--databases",
            "Databases",
            "FILE",
            "JSON file that lists several databases, each with its own lenders, instead of --database",
            ""
        );

    /// <summary>Names one of several databases.</summary>
    public static Option<string?> On { get; } =
        new("--on") { Description = "Name of the database in the file of --databases", HelpName = "NAME" };

    /// <summary>The configuration file of the verb.</summary>
    public static Option<string?> ConfigurationFile { get; } =
        new("--config")
        {
            Description = "Read settings from this JSON file [default: appsettings.json, if it is there]",
            HelpName = "FILE",
        };

    /// <summary>The form of the log.</summary>
    public static Setting<string> LogFormat { get; } =
        Setting.OneOf(
            "--log-format",
            "Log:Format",
            "FORMAT",
            "Format of the log lines: text or json",
            "text",
            "text",
            "json"
        );

    /// <summary>The levels of the log.</summary>
    public static Setting<LogLevels> LogLevel { get; } =
        Setting.Create(
            "--log-level",
            "Log:Level",
            "LEVELS",
            "Lowest level to log: trace, debug, information, warning, error, critical or none. NAME=LEVEL sets it for a "
                + $"category; separate several by commas. {AccessLog.Category}=information logs each request",
            LogLevels.Default,
            "a log level",
            (string text, out LogLevels? value, out string? wrong) => LogLevels.TryParse(text, out value, out wrong)
        );

    /// <summary>The mail server.</summary>
    public static Setting<string?> Smtp { get; } =
        Setting.Secret(
            "--smtp",
            "Mail:Server",
            "URL",
            "Mail server: smtp://USER@HOST:587, or smtps://… for TLS from the start. Without it, e-mails are files",
            MailAddresses.WithoutPassword,
            MailAddresses.FindProblem
        );

    /// <summary>The sender of e-mails.</summary>
    public static Setting<string> MailFrom { get; } =
        Setting.Text("--mail-from", "Mail:From", "ADDRESS", "Sender of e-mails [default: each lender's contact]", "");

    /// <summary>The folder of e-mails, without a mail server.</summary>
    public static Setting<string> MailFolder { get; } =
        Setting.Text(
            "--mail-folder",
            "Mail:Folder",
            "DIR",
            "Folder of e-mails if there is no mail server [default: mail in the data directory]",
            ""
        );

    /// <summary>The folder that workers watch for bank statements.</summary>
    public static Setting<string> StatementsFolder { get; } =
        Setting.Create(
            "--statements",
            "Statements:Folder",
            "DIR",
            "Existing folder from which bank statements are imported; each file moves to imported or rejected",
            "",
            "an existing folder",
            // It is not created: nobody would bring files to a mistyped folder.
            (string text, out string? value, out string? wrong) =>
            {
                (value, wrong) = (text, text);
                return Directory.Exists(text);
            }
        );

    /// <summary>Writes the result as JSON.</summary>
    public static Option<bool> Json { get; } =
        new("--json") { Description = "Write one JSON document instead of lines" };

    /// <summary>Creates an option that names an organisation by its id.</summary>
    public static Option<OrganisationId?> Organisation(string description) =>
        new("--organisation")
        {
            Description = description,
            HelpName = "ID",
            CustomParser = result =>
            {
                if (IdText.TryParse(result.Tokens[0].Value, "D", out OrganisationId id))
                    return id;
                result.AddError($"'{result.Tokens[0].Value}' is not a UUID.");
                return null;
            },
        };

    /// <summary>The folder of bank statements.</summary>
    public static StatementFolderOptions StatementFolderOf(Configuration configuration) =>
        new()
        {
            Path = configuration.Get(StatementsFolder) is { Length: > 0 } folder ? Path.GetFullPath(folder) : null,
        };

    /// <summary>How e-mail leaves.</summary>
    public static MailOptions MailOf(Configuration configuration) =>
        MailAddresses.Read(configuration.Get(Smtp), configuration.Get(MailFrom), MailFolderOf(configuration));

    private static string MailFolderOf(Configuration configuration) =>
        Path.GetFullPath(
            configuration.Get(MailFolder) is { Length: > 0 } folder
                ? folder
                : Path.Combine(configuration.Get(DataFolder), "mail")
        );

    /// <summary>The log options.</summary>
    public static LogOptions LogOf(Configuration configuration) =>
        new()
        {
            Form = configuration.Get(LogFormat) == "json" ? LogForm.Json : LogForm.Text,
            Levels = configuration.Get(LogLevel),
        };
}
