using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.OpenApi;
using Shouldly;
using Xunit;
using UseCaseContract = Paydown.Server.Platform.Http.Contract;

namespace Paydown.Server.Tests.Platform.OpenApi;

public sealed class OpenApiDocumentTests
{
    private readonly JsonObject document = OpenApiDocument.Build(Routes(), Comments);

    private enum Colour
    {
        DarkRed,
        Blue,
    }

    [Fact]
    public void Every_route_is_described_once_with_the_name_of_its_use_case()
    {
        var paths = document["paths"]!.AsObject().Select(path => path.Key);
        paths.ShouldBe([
            "/api/v1/services/open/door",
            "/api/v1/services/open/plan",
            "/api/v1/services/user/paint-house/{house-id}/{colourCode}",
            "/health/live",
            "/health/ready",
        ]);
        ((string?)Paint["operationId"]).ShouldBe("paintHouse");
    }

    [Fact]
    public void An_alias_is_named_in_the_text_and_for_programs()
    {
        var open = document["paths"]!["/api/v1/services/open/door"]!["get"]!;
        open["x-aliases"]!.ToJsonString().ShouldBe("""["GET /api/v1/services/open/gate"]""");
        open["description"]!.ToString().ShouldBe("No sign-in is needed. GET /api/v1/services/open/gate does the same.");
    }

    [Fact]
    public void Two_operations_with_one_name_are_an_error()
    {
        var routes = Routes();
        routes.Begin("Doors").Get<OpenDoor>("another/door", Access.Anonymous);
        Should
            .Throw<InvalidOperationException>(() => OpenApiDocument.Build(routes, Comments))
            .Message.ShouldContain("openDoor");
    }

    [Fact]
    public void A_file_is_a_response_of_any_content_type()
    {
        var file = document["paths"]!["/api/v1/services/open/plan"]!["get"]!["responses"]!["200"]!;
        file["description"]!.ToString().ShouldStartWith("The file");
        file["content"]!.AsObject().Select(one => one.Key).ShouldBe(["*/*"]);
    }

    [Fact]
    public void The_same_routes_give_the_same_text() => Text().ShouldBe(Text());

    [Fact]
    public void A_write_takes_its_ids_its_query_and_four_headers()
    {
        var parameters = Paint["parameters"]!.AsArray();
        parameters
            .Select(parameter => (string?)(parameter!["name"] ?? parameter["$ref"]))
            .ShouldBe([
                "house-id",
                "colourCode",
                "coats",
                "#/components/parameters/AuthDate",
                "#/components/parameters/CustomerIpAddress",
                "#/components/parameters/InteractionId",
                "#/components/parameters/IdempotencyKey",
            ]);
        parameters[0]!.ToJsonString().ShouldContain("\"format\":\"uuid\"");
        parameters[1]!.ToJsonString().ShouldNotContain("uuid");
        parameters[2]!["schema"]!.ToJsonString().ShouldBe("""{"type":"integer","minimum":1,"maximum":9}""");
    }

    [Fact]
    public void An_anonymous_route_needs_no_headers_and_cannot_return_401_or_403()
    {
        var open = document["paths"]!["/api/v1/services/open/door"]!["get"]!;
        open["parameters"].ShouldBeNull();
        open["security"]!.AsArray().ShouldBeEmpty();
        // Unknown query parameters are refused everywhere.
        Statuses(open).ShouldBe(["200", "400", "500", "503"]);
    }

    [Fact]
    public void A_write_lists_every_status_and_the_codes_that_shared_responses_do_not_name()
    {
        Statuses(Paint).ShouldBe(["200", "400", "401", "403", "409", "413", "415", "422", "429", "500", "503"]);
        Paint["x-error-codes"]!
            .ToJsonString()
            .ShouldBe("""["BANK_ACCOUNT_MISMATCH","IDEMPOTENCY_KEY_REUSED","LOAN_CLOSED"]""");
        Paint["responses"]!["401"]!.ToJsonString().ShouldBe("""{"$ref":"#/components/responses/Unauthenticated"}""");
        Paint["responses"]!["409"]!["description"]!.ToString().ShouldBe("Idempotency In Progress, or Loan Closed.");
        Answer("409")["headers"]!.AsObject().ShouldContainKey("Retry-After");
        Answer("200")["headers"]!.AsObject().ShouldContainKey("Idempotency-Replayed");
    }

    [Fact]
    public void A_body_is_described_from_the_fields_that_read_it()
    {
        var content = Paint["requestBody"]!["content"]!["application/json"]!;
        var schema = content["schema"]!;
        schema["required"]!.ToJsonString().ShouldBe("""["shade","amount"]""");
        schema["properties"]!["shade"]!
            .ToJsonString()
            .ShouldBe("""{"type":"string","enum":["LIGHT","DARK"],"description":"Shade."}""");
        schema["properties"]!["note"]!["type"]!.ToJsonString().ShouldBe("""["string","null"]""");
        schema["properties"]!["walls"]!["items"]!["properties"]!["wallId"]!["format"]!.ToString().ShouldBe("uuid");
        new DocumentSchemas(document).Breaches(schema, content["example"]).ShouldBeEmpty();
    }

    [Fact]
    public void A_response_is_described_from_the_type_that_writes_it()
    {
        var house = document["components"]!["schemas"]!["OpenApiDocumentTestsHouse"]!;
        house["required"]!.AsArray().Count.ShouldBe(7);
        house["properties"]!
            .ToJsonString()
            .ShouldBe(
                """
                {"id":{"type":"string","format":"uuid"},"price":{"type":"number","description":"The price."},
                "colours":{"type":"array","items":{"type":"string","enum":["DARK_RED","BLUE"]}},
                "builtOn":{"type":"string","format":"date"},"paintedAt":{"type":["string","null"],"format":"date-time"},
                "owner":{"type":["string","null"]},
                "neighbour":{"anyOf":[{"$ref":"#/components/schemas/OpenApiDocumentTestsHouse"},{"type":"null"}]}}
                """.Replace("\n", "")
            );
        Content("200")["schema"]!["properties"]!["data"]!["$ref"]!
            .ToString()
            .ShouldBe("#/components/schemas/OpenApiDocumentTestsHouse");
    }

    private static IEnumerable<string> Statuses(JsonNode operation) =>
        operation["responses"]!.AsObject().Select(answer => answer.Key);

    private JsonNode Paint => document["paths"]!["/api/v1/services/user/paint-house/{house-id}/{colourCode}"]!["post"]!;

    private JsonNode Answer(string status) => new DocumentSchemas(document).Resolve(Paint["responses"]![status]!);

    private JsonNode Content(string status) => Answer(status)["content"]!["application/json"]!;

    private static string Text() => DocumentText.Write(OpenApiDocument.Build(Routes(), Comments));

    private static DocComments Comments { get; } =
        new(_ =>
            XDocument.Parse(
                """
                <doc><members>
                  <member name="T:Paydown.Server.Tests.Platform.OpenApi.OpenApiDocumentTests.House">
                    <param name="Price">The price.</param>
                  </member>
                </members></doc>
                """
            )
        );

    private static ApiRoutes Routes()
    {
        var routes = new ApiRoutes();
        routes.Begin("Houses").Post<PaintHouse>("user/paint-house/{house-id}/{colourCode}", Access.Customer);
        routes.Begin("Doors").Get<OpenDoor>("open/door", Access.Anonymous).AlsoAt("open/gate");
        routes.Begin("Doors").Get<DownloadPlan>("open/plan", Access.Anonymous);
        return routes;
    }

    private sealed class PaintHouse : IUseCase
    {
        public static UseCaseContract Contract { get; } =
            new UseCaseContract("Paint a house")
                .Takes(Field.Integer("coats", "Coats.", 1, 9).Optional())
                .Reads(
                    Field.OneOf("shade", "Shade.", "LIGHT", "DARK"),
                    Field.Amount("amount", "Amount."),
                    Field.Text("note", "Note.", 0, 20).Optional(),
                    Field.List("walls", "Walls.", 4, Field.Id<LoanId>("wallId", "Wall.")).Optional()
                )
                .Returns<House>()
                .Refuses(Refusals.LoanClosed(), Refusals.BankAccountMismatch());

        public ValueTask<Answer> HandleAsync(Call call) => throw new NotSupportedException();
    }

    private sealed class OpenDoor : IUseCase
    {
        public static UseCaseContract Contract { get; } = new UseCaseContract("Open a door").Returns<string>();

        public ValueTask<Answer> HandleAsync(Call call) => throw new NotSupportedException();
    }

    private sealed class DownloadPlan : IUseCase
    {
        public static UseCaseContract Contract { get; } = new UseCaseContract("Download a plan").ReturnsFile();

        public ValueTask<Answer> HandleAsync(Call call) => throw new NotSupportedException();
    }

    private sealed record House(
        LoanId Id,
        Money Price,
        IReadOnlyList<Colour> Colours,
        DateOnly BuiltOn,
        DateTimeOffset? PaintedAt,
        string? Owner,
        House? Neighbour
    );
}
