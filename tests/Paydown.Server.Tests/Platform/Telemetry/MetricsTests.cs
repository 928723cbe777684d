using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Telemetry;

/// <summary>The metrics of a server, and the dashboard and alerts that use them.</summary>
public sealed partial class MetricsTests(MeasuredServer server) : IClassFixture<MeasuredServer>
{
    [Theory]
    [InlineData("paydown_repayments_recorded_total{} 1")]
    [InlineData("paydown_repayments_verified_total{} 1")]
    [InlineData("paydown_group_size_count{kind=\"report\"} 1")]
    [InlineData("paydown_group_size_count{kind=\"verification\"} 1")]
    [InlineData("paydown_group_duration_seconds_count{kind=\"report\"} 1")]
    [InlineData("paydown_sign_in_total{result=\"INVALID_CREDENTIALS\"} 1")]
    [InlineData("paydown_audit_breaches{} 0")]
    [InlineData("paydown_outbox_awaiting{} 0")]
    [InlineData("paydown_webhook_deliveries{state=\"PENDING\"} 0")]
    [InlineData("paydown_webhook_deliveries{state=\"DEAD\"} 0")]
    [InlineData("paydown_webhook_lag_seconds{} 0")]
    [InlineData("paydown_notices_pending{} 0")]
    public void What_happened_is_counted_once(string sample) =>
        server.Samples.Select(line => line.Replace(" ", "")).ShouldContain(sample.Replace(" ", ""), server.Metrics);

    [Fact]
    public void Requests_and_statements_are_measured_by_route_and_pool()
    {
        server.Metrics.ShouldContain("http_server_request_duration_seconds_count");
        server.Metrics.ShouldMatch("http_route=\"[^\"]*repay-loan/\\{");
        foreach (var pool in new[] { "requests", "groups 1" })
            server.Metrics.ShouldContain($"db_client_connection_pool_name=\"{pool}\"");
    }

    [Fact]
    public void No_label_has_a_connection_string_or_data_of_people()
    {
        foreach (var secret in new[] { "Host=", "Username=", "Password", "nobody@example.com", "Wrong-Horse" })
            server.Samples.ShouldNotContain(line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Metrics_are_on_their_own_address_only_and_the_api_is_not()
    {
        using var http = new HttpClient();
        (await http.GetAsync(new Uri(server.Address, "/metrics"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in new[] { "/", "/health/ready", "/api/v6/services/user/profile", "/docs" })
            (await http.GetAsync(new Uri(server.MetricsAddress, path))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("deploy/monitoring/alerts.yaml")]
    [InlineData("deploy/monitoring/grafana-dashboard.json")]
    public void Dashboard_and_alerts_use_metrics_that_a_server_has(string path)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, path));
        var used = Name().Matches(text).Select(match => match.Value).Distinct().ToList();
        used.Count.ShouldBeGreaterThan(5);
        var served = server.Samples.Select(line => line.Split('{', ' ')[0]).ToHashSet();
        used.Where(name => !IsLabel(name) && !served.Contains(name)).ShouldBeEmpty(server.Metrics);
    }

    [Fact]
    public void The_dashboard_is_json_with_a_title_for_each_panel()
    {
        var path = Path.Combine(Repository.Root, "deploy/monitoring/grafana-dashboard.json");
        var panels = JsonDocument.Parse(File.ReadAllText(path)).RootElement.GetProperty("panels").EnumerateArray();
        panels.Select(panel => panel.GetProperty("title").GetString()).ShouldBeUnique();
    }

    private bool IsLabel(string name) => server.Metrics.Contains($"{name}=\"", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(paydown|http|db|dotnet|kestrel)_[a-z0-9_]+\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
