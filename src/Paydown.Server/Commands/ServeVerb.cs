using Paydown.Server.Platform.Http;
using Paydown.Server.SignIn;
using Paydown.Server.Webhooks;

namespace Paydown.Server.Commands;

/// <summary>The options of <c>paydown serve</c>.</summary>
internal static class ServeVerb
{
    private const string NoLimit = "(0: no limit)";

    internal static readonly Setting<bool> Demo = Setting.Flag(
        "--demo",
        "Demo",
        "Load the demo lender, unless it is there already, and show how to try it"
    );

    private static readonly Setting<int> Requests = Setting.Count(
        "--requests-per-second",
        "Limits:RequestsPerSecond",
        $"Requests per second and customer; staff and API tokens may send {CallerLimitOptions.StaffFactor} times as "
            + $"many {NoLimit}",
        CallerLimitOptions.RequestsPerSecondDefault
    );

    private static readonly Setting<int> NameEnquiries = Setting.Count(
        "--name-enquiries-per-hour",
        "Limits:NameEnquiriesPerHour",
        "Look-ups of a bank account's holder per hour and customer; staff and API tokens may make "
            + $"{CallerLimitOptions.StaffFactor} times as many {NoLimit}",
        CallerLimitOptions.NameEnquiriesPerHourDefault
    );

    private static readonly Setting<int> SignIns = Setting.Count(
        "--sign-ins-per-account",
        "Limits:SignInsPerAccount",
        $"Sign-ins per minute and e-mail address {NoLimit}",
        SignInOptions.LoginsPerAccountDefault
    );

    private static readonly Setting<int> SignInFailures = Setting.Count(
        "--sign-in-failures-per-address",
        "Limits:SignInFailuresPerAddress",
        $"Failed sign-ins per minute and IP address, before further ones are slowed down {NoLimit}",
        SignInOptions.FailuresPerAddressDefault
    );

    private static readonly Setting<int> RefreshFailures = Setting.Count(
        "--refresh-failures-per-address",
        "Limits:RefreshFailuresPerAddress",
        $"Failed token refreshes and sign-outs per minute and IP address {NoLimit}",
        SignInOptions.RefreshFailuresPerAddressDefault
    );

    private static readonly Setting<int> RegistrationsPerAddress = Setting.Count(
        "--registrations-per-address",
        "Limits:RegistrationsPerAddress",
        $"Registrations per minute and IP address {NoLimit}",
        SignInOptions.RegistrationsPerAddressDefault
    );

    private static readonly Setting<int> Registrations = Setting.Count(
        "--registrations",
        "Limits:Registrations",
        $"Registrations per minute in all {NoLimit}",
        SignInOptions.RegistrationsDefault
    );

    private static readonly Setting<TrustedProxies> Proxies = Setting.Create(
        "--trusted-proxies",
        "Network:TrustedProxies",
        "LIST",
        "Proxies whose X-Forwarded-For and Forwarded headers are trusted: addresses and networks, separated by commas",
        TrustedProxies.None,
        "an IP address, a network such as 10.0.0.0/8, or unix",
        (string text, out TrustedProxies? value, out string? wrong) =>
            TrustedProxies.TryParse(text, out value, out wrong)
    );

    private static readonly Setting<CrossOrigin> Origins = Setting.Create(
        "--cors-origins",
        "Network:CorsOrigins",
        "LIST",
        "Origins whose pages may call the API (CORS), separated by commas; * allows all",
        CrossOrigin.None,
        "an origin such as https://app.example",
        (string text, out CrossOrigin? value, out string? wrong) => CrossOrigin.TryParse(text, out value, out wrong)
    );

    private static readonly Setting<IReadOnlyList<string>> MetricsUrls = Setting.Create(
        "--metrics-urls",
        "Telemetry:MetricsUrls",
        "URLS",
        "Addresses that serve /metrics for Prometheus, separated by semicolons; reachable by monitoring only",
        [],
        ListeningAddresses.Form,
        (string text, out IReadOnlyList<string>? value, out string? wrong) =>
            ListeningAddresses.TryParse(text, out value, out wrong),
        separator: ';'
    );

    private static readonly Setting<string> Payments = Setting.OneOf(
        "--payments",
        "Payments:Kind",
        "KIND",
        "How payments reach the bank: files (through a shared folder), sandbox (no money moves) or none. auto: files "
            + "with --payments-folder, sandbox with --demo, otherwise none",
        PaymentChoice.Auto,
        [.. PaymentChoice.Kinds]
    );

    private static readonly Setting<string> PaymentsFolder = Setting.Create(
        "--payments-folder",
        "Payments:Folder",
        "DIR",
        "Existing folder that is shared with the bank",
        "",
        "an existing folder",
        // It is not created: payments in a mistyped folder would never reach the bank.
        (string text, out string? value, out string? wrong) =>
        {
            (value, wrong) = (text, text);
            return Directory.Exists(text);
        }
    );

    internal static readonly Setting<AllowedTargets> WebhookAllow = Setting.Create(
        "--webhook-allow",
        "Webhooks:Allow",
        "LIST",
        "Private networks, addresses and host names that webhooks may be sent to, separated by commas; loopback and "
            + "link-local addresses one by one",
        AllowedTargets.None,
        "an IP address, a network such as 10.0.0.0/8, or a host name",
        (string text, out AllowedTargets? value, out string? wrong) =>
            AllowedTargets.TryParse(text, out value, out wrong)
    );

    private static readonly Setting<bool> NoWork = Setting.Flag(
        "--no-work",
        "NoWork",
        "Start no worker; run 'paydown work' instead, on this machine or others"
    );

    private static readonly Setting<bool> NoPages = Setting.Flag(
        "--no-pages",
        "NoPages",
        "Serve the API alone, without the pages for borrowers and officers"
    );

    /// <summary>True if OpenTelemetry's own variables name a collector.</summary>
    public static bool HasCollector =>
        Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };

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
            SharedOptions.Urls,
            SharedOptions.DataFolder,
            SharedOptions.Connection,
            SharedOptions.Databases,
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
            SharedOptions.LogFormat,
            SharedOptions.LogLevel,
            MetricsUrls,
            Payments,
            PaymentsFolder,
            WebhookAllow,
            SharedOptions.Smtp,
            SharedOptions.MailFrom,
            SharedOptions.MailFolder,
            SharedOptions.StatementsFolder,
            NoWork,
            NoPages,
        };
        verb.SetAction(
            (parsed, token) =>
            {
                var configuration = Configuration.Of(parsed);
                NamedDatabases.RefuseBoth(configuration);
                if (NamedDatabases.Find(parsed, configuration) is { } several)
                    return ServeSeveral.RunAsync(
                        OptionsOf(configuration),
                        several,
                        configuration.Get(NoWork) ? null : WorkVerb.OrderOf(configuration),
                        configuration.Get(Demo),
                        parsed.InvocationConfiguration.Output,
                        token
                    );
                return Serve.RunAsync(
                    OptionsOf(configuration),
                    configuration.Get(SharedOptions.DataFolder),
                    configuration.Get(Demo),
                    configuration.Get(NoWork) ? null : WorkVerb.OrderOf(configuration),
                    parsed.InvocationConfiguration.Output,
                    token
                );
            }
        );
        return verb;
    }

    /// <summary>Where webhooks may be sent.</summary>
    internal static WebhookOptions WebhooksOf(Configuration configuration) =>
        new() { Allowed = configuration.Get(WebhookAllow), AllowsLoopback = configuration.Get(Demo) };

    private static ServerOptions OptionsOf(Configuration configuration) =>
        new()
        {
            Urls = configuration.Get(SharedOptions.Urls),
            // Set once the private database runs.
            ConnectionString = configuration.Get(SharedOptions.Connection) ?? "",
            Proxies = configuration.Get(Proxies),
            CrossOrigin = configuration.Get(Origins),
            Limits = new()
            {
                RequestsPerSecond = configuration.Get(Requests),
                NameEnquiriesPerHour = configuration.Get(NameEnquiries),
            },
            SignIn = new()
            {
                LoginsPerAccountAMinute = configuration.Get(SignIns),
                FailuresPerAddressAMinute = configuration.Get(SignInFailures),
                RefreshFailuresPerAddressAMinute = configuration.Get(RefreshFailures),
                RegistrationsPerAddressAMinute = configuration.Get(RegistrationsPerAddress),
                RegistrationsAMinute = configuration.Get(Registrations),
            },
            HasPages = !configuration.Get(NoPages),
            Log = SharedOptions.LogOf(configuration),
            Telemetry = new() { MetricsUrls = configuration.Get(MetricsUrls), IsExported = HasCollector },
            Webhooks = WebhooksOf(configuration),
            Payments = PaymentChoice.Read(
                configuration.Get(Payments),
                configuration.Get(PaymentsFolder),
                configuration.Get(Demo)
            ),
        };
}
