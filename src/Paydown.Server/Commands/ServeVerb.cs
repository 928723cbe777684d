using System.CommandLine;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Logs;
using Paydown.Server.SignIn;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown serve</c>. Each can also be set by an environment variable.</summary>
internal static class ServeVerb
{
    private const string NoLimit = "(0: no limit)";

    private static readonly Option<string> Urls = Setting.Create(
        "--urls",
        "URLS",
        "Addresses to listen on, separated by semicolons",
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
        Description = "Load the demo lender, unless it is there already, and show how to try it",
    };

    private static readonly Option<int> Requests = Setting.Count(
        "--requests-per-second",
        $"Requests per second and customer; staff and API tokens may send {CallerLimitOptions.StaffFactor} times as "
            + $"many {NoLimit}",
        CallerLimitOptions.RequestsPerSecondDefault
    );

    private static readonly Option<int> NameEnquiries = Setting.Count(
        "--name-enquiries-per-hour",
        "Look-ups of a bank account's holder per hour and customer; staff and API tokens may make "
            + $"{CallerLimitOptions.StaffFactor} times as many {NoLimit}",
        CallerLimitOptions.NameEnquiriesPerHourDefault
    );

    private static readonly Option<int> SignIns = Setting.Count(
        "--sign-ins-per-account",
        $"Sign-ins per minute and e-mail address {NoLimit}",
        SignInOptions.LoginsPerAccountDefault
    );

    private static readonly Option<int> SignInFailures = Setting.Count(
        "--sign-in-failures-per-address",
        $"Failed sign-ins per minute and IP address, before further ones are slowed down {NoLimit}",
        SignInOptions.FailuresPerAddressDefault
    );

    private static readonly Option<int> RefreshFailures = Setting.Count(
        "--refresh-failures-per-address",
        $"Failed token refreshes and sign-outs per minute and IP address {NoLimit}",
        SignInOptions.RefreshFailuresPerAddressDefault
    );

    private static readonly Option<int> RegistrationsPerAddress = Setting.Count(
        "--registrations-per-address",
        $"Registrations per minute and IP address {NoLimit}",
        SignInOptions.RegistrationsPerAddressDefault
    );

    private static readonly Option<int> Registrations = Setting.Count(
        "--registrations",
        $"Registrations per minute in all {NoLimit}",
        SignInOptions.RegistrationsDefault
    );

    private static readonly Option<TrustedProxies> Proxies = Setting.Create(
        "--trusted-proxies",
        "LIST",
        "Proxies whose X-Forwarded-For and Forwarded headers are trusted: addresses and networks, separated by commas",
        TrustedProxies.None,
        "an IP address, a network such as 10.0.0.0/8, or unix",
        (string text, out TrustedProxies? value, out string? wrong) =>
            TrustedProxies.TryParse(text, out value, out wrong)
    );

    private static readonly Option<CrossOrigin> Origins = Setting.Create(
        "--cors-origins",
        "LIST",
        "Origins whose pages may call the API (CORS), separated by commas; * allows all",
        CrossOrigin.None,
        "an origin such as https://app.example",
        (string text, out CrossOrigin? value, out string? wrong) => CrossOrigin.TryParse(text, out value, out wrong)
    );

    private static readonly Option<string> LogForms = Setting.OneOf(
        "--log-format",
        "FORMAT",
        "Format of the log lines: text or json",
        "text",
        "text",
        "json"
    );

    private static readonly Option<LogLevels> Levels = Setting.Create(
        "--log-level",
        "LEVELS",
        "Lowest level to log: trace, debug, information, warning, error, critical or none. NAME=LEVEL sets it for a "
            + $"category; separate several by commas. {AccessLog.Category}=information logs each request",
        LogLevels.Default,
        "a log level",
        (string text, out LogLevels? value, out string? wrong) => LogLevels.TryParse(text, out value, out wrong)
    );

    private static readonly Option<string> Payments = Setting.OneOf(
        "--payments",
        "KIND",
        "How payments reach the bank: files (through a shared folder), sandbox (no money moves) or none. auto: files "
            + "with --payments-folder, sandbox with --demo, otherwise none",
        PaymentChoice.Auto,
        [.. PaymentChoice.Kinds]
    );

    private static readonly Option<string> PaymentsFolder = Setting.Create(
        "--payments-folder",
        "DIR",
        "Existing folder that is shared with the bank",
        "",
        "a folder",
        (string text, out string? value, out string? wrong) =>
        {
            (value, wrong) = (text, null);
            return true;
        }
    );

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var verb = new Verb(
            "serve",
            "Start the server.",
            "paydown serve --data .paydown --urls http://127.0.0.1:5080",
            "operating.md"
        )
        {
            Urls,
            SharedOptions.DataFolder,
            SharedOptions.Connection,
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
                        // Set once the private database runs.
                        ConnectionString = SharedOptions.ConnectionOf(parsed) ?? "",
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
                    parsed.GetRequiredValue(SharedOptions.DataFolder),
                    parsed.GetValue(Demo),
                    parsed.InvocationConfiguration.Output,
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
