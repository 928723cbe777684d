using System.Text;
using System.Text.Json.Nodes;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Isolation;

/// <summary>
/// Sends invalid input to every route of the OpenAPI document. The response is always the envelope, as the document
/// describes it, never a 5xx, and nothing is written. Only v1 is tested, because v6 has the same handler.
/// </summary>
public sealed class BadInputTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly Walker walker = new(server);
    private readonly List<string> breaches = [];
    private IReadOnlyList<Operation> operations = [];
    private Belongings own = null!;
    private long rows;

    public async ValueTask InitializeAsync()
    {
        operations =
        [
            .. (await Operation.AllAsync()).Where(one => one.Path.StartsWith("/api/v1/", StringComparison.Ordinal)),
        ];
        own = await Belongings.CreateAsync(server);
        rows = await TableRows.CountAsync(server.Database);
    }

    public async ValueTask DisposeAsync()
    {
        walker.Dispose();
        breaches.ShouldBeEmpty();
        (await TableRows.CountAsync(server.Database)).ShouldBe(rows, "Bad input must not be written.");
    }

    [Fact]
    public async Task A_body_that_is_not_a_json_object_is_400()
    {
        foreach (var operation in operations.Where(operation => operation.BodySchema is not null))
        {
            // If no field is required, the body may be absent.
            if (operation.BodySchema!["required"] is not null)
                await ShouldBeAsync(400, operation, "");
            foreach (var body in BadBodies.Malformed(operation.BodyWith(OwnId)!))
                await ShouldBeAsync(400, operation, body);
        }
    }

    [Fact]
    public async Task Wrong_types_nulls_and_missing_or_duplicate_fields_are_400()
    {
        foreach (var operation in operations.Where(operation => operation.BodySchema is not null))
        {
            foreach (var body in BadBodies.WrongFields(operation.BodySchema!, operation.BodyWith(OwnId)!))
                await ShouldBeAsync(400, operation, body);
        }
    }

    [Fact]
    public async Task Extreme_values_are_refused()
    {
        foreach (var operation in operations.Where(operation => operation.BodySchema is not null))
        {
            foreach (var body in BadBodies.BeyondMeasure(operation.BodySchema!, operation.BodyWith(OwnId)!))
                await ShouldBeAsync(null, operation, body);
        }
    }

    [Fact]
    public async Task Bodies_over_64_KiB_are_413()
    {
        foreach (var operation in operations.Where(operation => operation.BodySchema is not null))
        {
            var body = operation.BodyWith(OwnId)!;
            body["padding"] = new string('x', 70 * 1024);
            await ShouldBeAsync(413, operation, body.ToJsonString());
            await ShouldBeAsync(413, operation, body.ToJsonString(), isChunked: true);
        }
    }

    [Fact]
    public async Task Other_content_types_are_415()
    {
        foreach (var operation in operations.Where(operation => operation.BodySchema is not null))
        {
            foreach (var type in new[] { null, "text/plain", "application/xml", "application/x-www-form-urlencoded" })
                await ShouldBeAsync(415, operation, operation.BodyWith(OwnId)!.ToJsonString(), type);
        }
    }

    [Fact]
    public async Task Invalid_ids_in_the_path_are_400()
    {
        var wrong = new[]
        {
            "1",
            "not-a-uuid",
            "0198c1f45b9a7c3e8d2f1a2b3c4d5e6f",
            "%7B0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f%7D",
            "%01",
            "%F0%9F%98%80",
            "'%20or%201=1--",
            new string('9', 300),
        };
        foreach (var operation in operations.Where(operation => operation.PathIds.Count > 0))
        {
            foreach (var id in wrong)
            {
                var path = operation.PathWith(name => operation.PathIds.Contains(name) ? id : OwnId(name));
                Check(
                    400,
                    operation,
                    path,
                    await walker.SendAsync(operation.Method, path, TokenFor(operation), BodyOf(operation))
                );
            }
        }
    }

    [Fact]
    public async Task Malformed_queries_are_refused()
    {
        foreach (var operation in operations)
        {
            foreach (var name in operation.QueryNames)
            {
                foreach (
                    var value in new[] { "%00", "1e400", "-1", "99999999999999999999", "%F0%9F%98%80", $"1&{name}=1" }
                )
                {
                    // A search may be any text.
                    if (operation.TakesAsText(name, value))
                        continue;
                    var path = operation.PathWith(OwnId);
                    path = $"{path}{(path.Contains('?') ? '&' : '?')}{name}={value}";
                    Check(
                        null,
                        operation,
                        path,
                        await walker.SendAsync(operation.Method, path, TokenFor(operation), BodyOf(operation))
                    );
                }
            }
        }
    }

    [Fact]
    public async Task An_unknown_query_parameter_is_400_on_every_route()
    {
        foreach (var operation in operations)
        {
            var path = operation.PathWith(OwnId);
            path = $"{path}{(path.Contains('?') ? '&' : '?')}pagee=2";
            var answer = await walker.SendAsync(operation.Method, path, TokenFor(operation), BodyOf(operation));
            Check(400, operation, path, answer);
            if (!answer.Body.Contains("pagee is not a known parameter", StringComparison.Ordinal))
                breaches.Add($"{operation.Name} does not name pagee: {answer.Body}");
            if (operation.QueryNames.Contains("page") && !answer.Body.Contains("did you mean page?"))
                breaches.Add($"{operation.Name} does not suggest page: {answer.Body}");
        }
    }

    [Fact]
    public async Task An_unknown_field_is_400_in_the_back_office()
    {
        var writes = operations.Where(one => one.IsBackOffice && one.Method != HttpMethod.Get && !one.TakesFile);
        foreach (var operation in writes)
        {
            var body = operation.BodyWith(OwnId) ?? [];
            body["unheardOf"] = 1;
            await ShouldBeAsync(400, operation, body.ToJsonString());
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/services/user/nothing", 404)]
    [InlineData("POST", "/api/v2/services/user/repay-loan/0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f", 404)]
    [InlineData("GET", "/api/v1/services/user/%2e%2e/%2e%2e/health", 404)]
    [InlineData("DELETE", "/api/v1/services/user/repay-loan/0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f", 405)]
    [InlineData("GET", "/api/v1/services/user/repay-loan/0198c1f4-5b9a-7c3e-8d2f-1a2b3c4d5e6f", 405)]
    public async Task Unknown_paths_and_methods_have_the_envelope_too(string method, string path, int status)
    {
        var answer = await walker.SendAsync(HttpMethod.Parse(method), path, own.Customer.Token, []);
        answer.Status.ShouldBe(status, answer.Body);
        answer.Breaches.ShouldBeEmpty(answer.Body);
    }

    // Kestrel refuses the request line itself, before any code of ours runs.
    [Fact]
    public async Task A_null_byte_in_the_path_is_400_without_a_body()
    {
        var answer = await walker.SendAsync(HttpMethod.Get, "/api/v1/services/user/%00", null, []);
        (answer.Status, answer.Body).ShouldBe((400, ""));
    }

    private async Task ShouldBeAsync(
        int? status,
        Operation operation,
        string body,
        string? contentType = "application/json",
        bool isChunked = false
    )
    {
        var path = operation.PathWith(OwnId);
        var answer = await walker.SendAsync(
            operation.Method,
            path,
            TokenFor(operation),
            Encoding.UTF8.GetBytes(body),
            contentType,
            isChunked
        );
        Check(status, operation, body, answer);
    }

    private void Check(int? status, Operation operation, string sent, WalkAnswer answer)
    {
        var shown = sent.Length > 300 ? sent[..300] + "…" : sent;
        var what = $"{operation.Name} answers {answer.Status} {answer.Body} to {shown}";
        breaches.AddRange(answer.Breaches.Select(breach => $"{what}: {breach}"));
        if (answer.Status is < 400 or > 499)
            breaches.Add($"{what}; it must be refused");
        else if (status is not null && answer.Status != status)
            breaches.Add($"{what}; it should be {status}");
    }

    private string OwnId(string name) => $"{own.Named(name)[0]}";

    private byte[] BodyOf(Operation operation) =>
        Encoding.UTF8.GetBytes(operation.BodyWith(OwnId)?.ToJsonString() ?? "");

    // The token of a permitted caller, so only the input is wrong: the owner, or an officer of the organisation.
    private string? TokenFor(Operation operation) =>
        operation switch
        {
            { NeedsToken: false } => null,
            _ when operation.IsFor("CUSTOMER") => own.Customer.Token,
            _ => server.TokenOf(
                own.Customer.Caller with
                {
                    UserId = server.Ids.Next<UserId>(),
                    Role = Enum.Parse<Role>(operation.Roles[0], ignoreCase: true),
                }
            ),
        };
}
