using System.ComponentModel;
using System.Text.Json.Nodes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.OpenApi;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.OpenApi;

public sealed class OpenApiDocumentTests
{
    private readonly JsonObject document = OpenApiDocument.Build(Routes());

    private enum Colour
    {
        DarkRed,
        Blue,
    }

    [Fact]
    public void Every_route_is_there_under_both_versions_with_names_of_its_own()
    {
        var paths = document["paths"]!.AsObject().Select(path => path.Key);
        paths.ShouldBe([
            "/api/v1/services/open/door",
            "/api/v1/services/user/paint-house/{house-id}/{colourCode}",
            "/api/v6/services/open/door",
            "/api/v6/services/user/paint-house/{house-id}/{colourCode}",
            "/health/live",
            "/health/ready",
        ]);
        ((string?)Paint("v6")["operationId"]).ShouldBe("postUserPaintHouseHouseIdColourCodeV6");
    }

    [Fact]
    public void Two_operations_of_one_name_are_a_mistake_that_names_them()
    {
        var routes = Routes();
        Describe(routes.Get("open-door", Never));
        Describe(routes.Get("open_door", Never));
        Should
            .Throw<InvalidOperationException>(() => OpenApiDocument.Build(routes))
            .Message.ShouldContain("getOpenDoor");
    }

    [Fact]
    public void The_same_routes_give_the_same_text() =>
        OpenApiDocument.Write(Routes()).ShouldBe(OpenApiDocument.Write(Routes()));

    [Fact]
    public void A_write_under_the_conventions_takes_its_ids_its_query_and_four_headers()
    {
        var parameters = Paint("v1")["parameters"]!.AsArray();
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
        parameters[2]!["schema"]!
            .ToJsonString()
            .ShouldBe("""{"type":"integer","minimum":1,"maximum":9,"description":"Coats."}""");
    }

    [Fact]
    public void An_anonymous_route_without_conventions_takes_none_and_cannot_answer_401_or_403()
    {
        var open = document["paths"]!["/api/v1/services/open/door"]!["get"]!;
        open["parameters"].ShouldBeNull();
        open["security"]!.AsArray().ShouldBeEmpty();
        // Unknown query parameters are refused everywhere.
        Statuses(open).ShouldBe(["200", "400", "500", "503"]);
    }

    [Fact]
    public void Every_status_of_a_write_is_told_with_its_codes()
    {
        Statuses(Paint("v1"))
            .ShouldBe(["200", "400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503"]);
        Codes("403").ShouldBe(["BANK_ACCOUNT_MISMATCH", "FORBIDDEN"]);
        Codes("404").ShouldBe(["NOT_FOUND"]);
        Codes("409").ShouldBe(["IDEMPOTENCY_IN_PROGRESS", "LOAN_CLOSED"]);
        Codes("422").ShouldBe(["IDEMPOTENCY_KEY_REUSED", "VALIDATION_ERROR"]);
        Answer("409")["headers"]!.AsObject().ShouldContainKey("Retry-After");
        Answer("200")["headers"]!.AsObject().ShouldContainKey("Idempotency-Replayed");
        Content("409")["examples"]!["LOAN_CLOSED"]!["value"]!["error"]!.ToString().ShouldBe("Loan Closed");
    }

    [Fact]
    public void Both_versions_share_one_description_of_the_body_and_of_each_answer()
    {
        const string name = "postUserPaintHouseHouseIdColourCode";
        foreach (var version in new[] { "v1", "v6" })
        {
            var operation = Paint(version);
            operation["requestBody"]!["$ref"]!.ToString().ShouldBe($"#/components/requestBodies/{name}");
            operation["responses"]!["409"]!["$ref"]!.ToString().ShouldBe($"#/components/responses/{name}409");
        }
    }

    [Fact]
    public void A_body_is_described_by_the_fields_that_it_is_read_by()
    {
        var body = new DocumentSchemas(document).Resolve(Paint("v1")["requestBody"]!);
        var content = body["content"]!["application/json"]!;
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
    public void An_answer_is_described_by_the_contract_that_it_is_written_by()
    {
        var house = document["components"]!["schemas"]!["OpenApiDocumentTestsHouse"]!;
        house["required"]!.AsArray().Count.ShouldBe(7);
        house["properties"]!
            .ToJsonString()
            .ShouldBe(
                """
                {"id":{"type":"string","format":"uuid"},"price":{"type":"number","description":"What it costs."},
                "colours":{"type":"array","items":{"type":"string","enum":["DARK_RED","BLUE"]}},
                "builtOn":{"type":"string","format":"date"},"paintedAt":{"type":["string","null"],"format":"date-time"},
                "owner":{"type":["string","null"]},
                "neighbour":{"anyOf":[{"$ref":"#/components/schemas/OpenApiDocumentTestsHouse"},{"type":"null"}]}}
                """.Replace("\n", "")
            );
        new DocumentSchemas(document).Breaches(Content("200")["schema"]!, Content("200")["example"]).ShouldBeEmpty();
    }

    private static IEnumerable<string> Statuses(JsonNode operation) =>
        operation["responses"]!.AsObject().Select(answer => answer.Key);

    private JsonNode Paint(string version) =>
        document["paths"]![$"/api/{version}/services/user/paint-house/{{house-id}}/{{colourCode}}"]!["post"]!;

    private JsonNode Answer(string status) => new DocumentSchemas(document).Resolve(Paint("v1")["responses"]![status]!);

    private JsonNode Content(string status) => Answer(status)["content"]!["application/json"]!;

    private IEnumerable<string> Codes(string status) =>
        Content(status)["schema"]!["properties"]!["code"]!["enum"]!.AsArray().Select(code => code!.ToString());

    private static ApiRoutes Routes()
    {
        var routes = new ApiRoutes();
        var house = new House(
            Guid.Empty,
            new Money(1_050, Currency.Get("NGN")),
            [Colour.Blue],
            new(2026, 1, 31),
            null,
            null,
            null
        );
        routes
            .Post("user/paint-house/{house-id}/{colourCode}", Never)
            .For(Access.Customer)
            .Described("Houses", "Paint a house")
            .Takes(Field.Integer("coats", "Coats.", 1, 9).Optional())
            .Reads(
                Field.OneOf("shade", "Shade.", "LIGHT", "DARK"),
                Field.Amount("amount", "Amount."),
                Field.Text("note", "Note.", 0, 20).Optional(),
                Field.List("walls", "Walls.", 4, Field.Id("wallId", "Wall.")).Optional()
            )
            .Answers(house)
            .Refuses(Refusals.LoanClosed(), Refusals.BankAccountMismatch());
        routes
            .Get("open/door", Never)
            .For(Access.Anonymous)
            .WithoutConventions()
            .Described("Doors", "Open a door")
            .Answers("open");
        return routes;
    }

    private static void Describe(ApiRoute route) =>
        route.For(Access.AnyUser).Described("Doors", "Open a door").Answers("open");

    private static ValueTask<Answer> Never(Call call) => throw new NotSupportedException();

    private sealed record House(
        Guid Id,
        [property: Description("What it costs.")] Money Price,
        IReadOnlyList<Colour> Colours,
        DateOnly BuiltOn,
        DateTimeOffset? PaintedAt,
        string? Owner,
        House? Neighbour
    );
}
