using System.CommandLine;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Logs;
using Paydown.Server.SignIn;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown serve</c>, each of which an environment variable may give as well.</summary>
internal static class ServeVerb
{
    private const string NoLimit = "0: no limit";

    private static readonly Option<string> Urls = Setting.Create(
        "--urls",
        "URLS",
        "Where to listen; several are separated by semicolons",
        ServerOptions.DefaultUrl,
        "an address",
        (string text, out string? value, out string? wrong) =>
        {
            (value, wrong) = (text, null);
            return true;
        }
    );

    private static readonly Option<bool> Demo = new("--demo")
    {
        Description = "Load the demo lender, once, and say how to try it",
    };

    private static readonly Option<int> Requests = Setting.Count(
        "--requests-per-second",
        $"How often one customer may call; staff and API tokens {CallerLimitOptions.StaffFactor} times as often; "
            + NoLimit,
        CallerLimitOptions.RequestsPerSecondDefault
    );

    private static readonly Option<int> NameEnquiries = Setting.Count(
        "--name-enquiries-per-hour",
        "How often one customer may ask whose a bank account is; staff and API tokens "
            + $"{CallerLimitOptions.StaffFactor} times as often; {NoLimit}",
        CallerLimitOptions.NameEnquiriesPerHourDefault
    );

    private static readonly Option<int> SignIns = Setting.Count(
        "--sign-ins-per-account",
        $"Sign-ins of one e-mail per minute; {NoLimit}",
        SignInOptions.LoginsPerAccountDefault
    );

    private static readonly Option<int> SignInFailures = Setting.Count(
        "--sign-in-failures-per-address",
        $"Failed sign-ins from one address per minute; past it they are slowed down; {NoLimit}",
        SignInOptions.FailuresPerAddressDefault
    );

    private static readonly Option<int> RefreshFailures = Setting.Count(
        "--refresh-failures-per-address",
        $"Failed refreshes and sign-outs from one address per minute; {NoLimit}",
        SignInOptions.RefreshFailuresPerAddressDefault
    );

    private static readonly Option<int> RegistrationsPerAddress = Setting.Count(
        "--registrations-per-address",
        $"Registrations from one address per minute; {NoLimit}",
        SignInOptions.RegistrationsPerAddressDefault
    );

    private static readonly Option<int> Registrations = Setting.Count(
        "--registrations",
        $"Registrations from anywhere per minute; {NoLimit}",
        SignInOptions.RegistrationsDefault
    );

    private static readonly Option<TrustedProxies> Proxies = Setting.Create(
        "--trusted-proxies",
        "LIST",
        "Proxies whose X-Forwarded-For or Forwarded counts: addresses and networks separated by commas",
        TrustedProxies.None,
        "an IP address, a network such as 10.0.0.0/8, or unix",
        (string text, out TrustedProxies? value, out string? wrong) =>
            TrustedProxies.TryParse(text, out value, out wrong)
    );

    private static readonly Option<CrossOrigin> Origins = Setting.Create(
        "--cors-origins",
        "LIST",
        "Origins whose pages may call (CORS), separated by commas; * is every one",
        CrossOrigin.None,
        "an origin such as https://app.example",
        (string text, out CrossOrigin? value, out string? wrong) => CrossOrigin.TryParse(text, out value, out wrong)
    );

    private static readonly Option<string> LogForms = Setting.OneOf(
        "--log-format",
        "FORM",
        "How log lines are written: text or json",
        "text",
        "text",
        "json"
    );

    private static readonly Option<LogLevels> Levels = Setting.Create(
        "--log-level",
        "LEVELS",
        "What is logged: trace, debug, information, warning, error, critical or none; for a category: NAME=LEVEL; "
            + $"several are separated by commas. {AccessLog.Category}=information has one line per request",
        LogLevels.Default,
        "a log level",
        (string text, out LogLevels? value, out string? wrong) => LogLevels.TryParse(text, out value, out wrong)
    );

    private static readonly Option<string> Payments = Setting.OneOf(
        "--payments",
        "KIND",
        "Who carries money to bank accounts: sandbox (moves none), files (over a folder) or none; auto: files if "
            + "there is a folder, the sandbox with --demo",
        PaymentChoice.Auto,
        [.. PaymentChoice.Kinds]
    );

    private static readonly Option<string> PaymentsFolder = Setting.Create(
        "--payments-folder",
        "DIR",
        "The folder that is shared with the bank; it must exist",
        "",
        "a folder",
        (string text, out string? value, out string? wrong) =>
        {
            (value, wrong) = (text, null);
            return true;
        }
    );

    /// <summary>The verb.</summary>
    /// <param name="dataFolder">The option of the data directory, which other verbs have too.</param>
    /// <param name="connection">The option of the database, likewise.</param>
    /// <param name="connectionOf">Reads it.</param>
    /// <param name="output">Where the server tells of its start.</param>
    public static Command Create(
        Option<string> dataFolder,
        Option<string?> connection,
        Func<ParseResult, string?> connectionOf,
        TextWriter output
    )
    {
        var verb = new Command("serve", "Start the server.")
        {
            Urls,
            dataFolder,
            connection,
            Demo,
            Proxies,
            Origins,
            Requests,
            NameEnquiries,
            SignIns,
            SignInFailures,
            RefreshFailures,
            RegistrationsPerAddress,
            Registrations,
            LogForms,
            Levels,
            Payments,
            PaymentsFolder,
        };
        verb.SetAction(
            (parsed, token) =>
                Serve.RunAsync(
                    new ServerOptions
                    {
                        Urls =
                        [
                            .. parsed
                                .GetRequiredValue(Urls)
                                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                        ],
                        // Filled in when the database runs.
                        ConnectionString = connectionOf(parsed) ?? "",
                        Proxies = parsed.GetRequiredValue(Proxies),
                        CrossOrigin = parsed.GetRequiredValue(Origins),
                        Limits = new()
                        {
                            RequestsPerSecond = parsed.GetValue(Requests),
                            NameEnquiriesPerHour = parsed.GetValue(NameEnquiries),
                        },
                        SignIn = SignInOf(parsed),
                        Log = new()
                        {
                            Form = parsed.GetRequiredValue(LogForms) == "json" ? LogForm.Json : LogForm.Text,
                            Levels = parsed.GetRequiredValue(Levels),
                        },
                        Payments = PaymentChoice.Read(
                            parsed.GetRequiredValue(Payments),
                            parsed.GetRequiredValue(PaymentsFolder),
                            parsed.GetValue(Demo)
                        ),
                    },
                    parsed.GetRequiredValue(dataFolder),
                    parsed.GetValue(Demo),
                    output,
                    token
                )
        );
        return verb;
    }

    private static SignInOptions SignInOf(ParseResult parsed) =>
        new()
        {
            LoginsPerAccountAMinute = parsed.GetValue(SignIns),
            FailuresPerAddressAMinute = parsed.GetValue(SignInFailures),
            RefreshFailuresPerAddressAMinute = parsed.GetValue(RefreshFailures),
            RegistrationsPerAddressAMinute = parsed.GetValue(RegistrationsPerAddress),
            RegistrationsAMinute = parsed.GetValue(Registrations),
        };
}
