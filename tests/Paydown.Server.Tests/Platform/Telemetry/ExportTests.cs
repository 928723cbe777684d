using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Telemetry;

/// <summary>What a server sends to an OpenTelemetry collector.</summary>
public sealed class ExportTests(TestCluster cluster)
{
    [Fact]
    public async Task Traces_have_routes_and_statements_but_no_ids_and_nothing_of_people()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectAsync(received);
        await using var folder = new ScratchFolder();
        using var server = ServerProcess.Start(
            folder,
            ServerProcess.FreePort(),
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
            "--database",
            await cluster.CreateDatabaseAsync()
        );
        await server.UntilReadyAsync();
        using (var http = new HttpClient { BaseAddress = server.Address })
        {
            await http.PutAsJsonAsync(
                "/api/v6/services/securitymanagement/login",
                new { email = "nobody@example.com", currentPassword = "Wrong-Horse-77" }
            );
            await http.GetAsync("/api/v6/services/admin/customers?search=Adaeze");
            await http.GetAsync("/api/v6/services/user/manage-loans/0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f");
        }
        // What was not sent is sent at the end.
        await server.StopAsync();
        server.ExitCode.ShouldBe(0, server.Said);

        received["/v1/metrics"].ShouldContain("paydown.sign_in");
        var traces = received["/v1/traces"];
        traces.ShouldContain("securitymanagement/login");
        traces.ShouldContain("manage-loans/{");
        traces.ShouldContain("select", Case.Insensitive);
        foreach (var secret in new[] { "nobody@example.com", "Wrong-Horse", "Adaeze", "0198c1f4-5b9a", "Password=" })
            traces.ShouldNotContain(secret, Case.Insensitive);
    }

    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = builder.Build();
        collector.MapPost(
            "/v1/{kind}",
            async (HttpContext context) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                var text = Encoding.Latin1.GetString(body.ToArray());
                received.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
            }
        );
        await collector.StartAsync();
        return collector;
    }
}
