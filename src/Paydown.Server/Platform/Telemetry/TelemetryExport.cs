using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Paydown.Server.Platform.Telemetry;

/// <summary>
/// Collects the metrics of this process and serves them at <c>/metrics</c> on an address that only monitoring reaches,
/// and sends metrics and traces to an OpenTelemetry collector.
/// </summary>
public sealed class TelemetryExport : IAsyncDisposable
{
    // Of the framework, only meters that cost little per request.
    private static readonly string[] Meters =
    [
        Instruments.MeterName,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Npgsql",
        "System.Runtime",
    ];

    // They change at every request or statement, and their figures can be computed from others.
    private static readonly string[] Unused =
    [
        "http.server.active_requests",
        "db.client.operation.npgsql.executing",
        "db.client.operation.npgsql.bytes_written",
        "db.client.operation.npgsql.bytes_read",
    ];

    // The other labels of a statement are the same for all statements of a pool.
    private const string PoolName = "db.client.connection.pool.name";

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "Npgsql"];

    private static readonly double[] StatementSeconds =
    [
        0.001,
        0.0025,
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        0.5,
        1,
        2.5,
        5,
        10,
    ];

    private readonly MeterProvider meters;
    private readonly TracerProvider? traces;
    private readonly WebApplication? page;

    private TelemetryExport(TelemetryOptions options)
    {
        meters = MetersOf(options);
        traces = options.IsExported ? Traces() : null;
        page = options.MetricsUrls.Count > 0 ? PageOf(options.MetricsUrls, meters) : null;
    }

    /// <summary>The addresses that serve <c>/metrics</c>.</summary>
    public IReadOnlyCollection<string> Urls => page is null ? [] : [.. page.Urls];

    /// <summary>Starts to measure and to export.</summary>
    /// <param name="options">Where to.</param>
    /// <param name="cancellation">Stops the start.</param>
    public static async Task<TelemetryExport> StartAsync(TelemetryOptions options, CancellationToken cancellation)
    {
        var export = new TelemetryExport(options);
        if (export.page is not null)
            await export.page.StartAsync(cancellation);
        return export;
    }

    /// <summary>Sends what was measured last, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (page is not null)
            await page.DisposeAsync();
        traces?.Dispose();
        meters.Dispose();
    }

    private static MeterProvider MetersOf(TelemetryOptions options)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Program())
            .AddMeter(Meters)
            .AddView(instrument =>
                Unused.Contains(instrument.Name, StringComparer.Ordinal) ? MetricStreamConfiguration.Drop : null
            )
            .AddView(
                "db.client.operation.duration",
                new ExplicitBucketHistogramConfiguration { Boundaries = StatementSeconds, TagKeys = [PoolName] }
            );
        if (options.MetricsUrls.Count > 0)
            builder.AddPrometheusExporter(prometheus => prometheus.ScopeInfoEnabled = false);
        if (options.IsExported)
            builder.AddOtlpExporter();
        return builder.Build();
    }

    private static TracerProvider Traces() =>
        Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Program()).AddSource(Sources).AddOtlpExporter().Build();

    // The variables of OpenTelemetry win, for example OTEL_SERVICE_NAME.
    private static ResourceBuilder Program() =>
        ResourceBuilder
            .CreateEmpty()
            .AddTelemetrySdk()
            .AddService("paydown", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3))
            .AddEnvironmentVariableDetector();

    private static WebApplication PageOf(IReadOnlyList<string> urls, MeterProvider measured)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.WebHost.UseUrls([.. urls]);
        builder.Services.AddRoutingCore();
        var serving = builder.Build();
        serving.MapPrometheusScrapingEndpoint("/metrics", measured, null, null).DisableHttpMetrics();
        return serving;
    }
}
