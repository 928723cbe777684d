namespace Paydown.Server.Platform.Telemetry;

/// <summary>Where metrics and traces go. Without any destination nothing is measured.</summary>
public sealed record TelemetryOptions
{
    /// <summary>Nothing is measured.</summary>
    public static TelemetryOptions Off { get; } = new();

    /// <summary>The addresses that serve <c>/metrics</c>; empty for none.</summary>
    public IReadOnlyList<string> MetricsUrls { get; init; } = [];

    /// <summary>True to send metrics and traces to the collector that the variables <c>OTEL_…</c> name.</summary>
    public bool IsExported { get; init; }

    /// <summary>True if anything is measured.</summary>
    public bool IsOn => MetricsUrls.Count > 0 || IsExported;
}
