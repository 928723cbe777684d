using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class PreviewBankStatementTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Path = "admin/bank-statement-previews";

    private static readonly byte[] Csv = Encoding.UTF8.GetBytes(
        "Day;In;Who\n31.03.2026;5,00;ADA EXAMPLE\n01.04.2026;7,50;OBI EXAMPLE\n"
    );

    private const string Profile =
        """{ "name": "Mine", "columns": { "bookedOn": "Day", "credit": "In", "counterpartyName": "Who" } }""";

    [Fact]
    public async Task A_csv_file_is_shown_as_a_profile_would_read_it_and_nothing_is_stored()
    {
        var lender = await server.AddOrganisationAsync();
        var account = (await lender.Manager.GetAsync("admin/collection-accounts")).ShouldSucceed()[0];
        var query = $"collectionAccountId={account.GetProperty("id").GetGuid()}";
        var reply = await lender.Cashier.UploadAsync($"{Path}?{query}&csvProfile={Uri.EscapeDataString(Profile)}", Csv);

        var shown = reply.ShouldSucceed();
        shown.GetProperty("csv").GetProperty("profile").GetString().ShouldBe("Mine");
        shown.GetProperty("csv").GetProperty("decimalMark").GetString().ShouldBe(",");
        shown
            .GetProperty("csv")
            .GetProperty("columns")
            .EnumerateArray()
            .Select(one => $"{one.GetProperty("field").GetString()}={one.GetProperty("column").GetString()}")
            .ShouldContain("credit=In");
        var entries = shown.GetProperty("statements")[0].GetProperty("entries");
        entries.EnumerateArray().Select(one => one.GetProperty("amount").GetDecimal()).ShouldBe([5m, 7.5m]);
        entries[1].GetProperty("counterpartyName").GetString().ShouldBe("OBI EXAMPLE");
        entries[1].GetProperty("line").GetInt32().ShouldBe(3);
        (
            await server.ScalarAsync<long>("select count(*) from statement_file where organisation_id = $1", lender.Id)
        ).ShouldBe(0);
    }

    [Fact]
    public async Task Other_formats_are_shown_too_and_what_cannot_be_read_is_refused_with_its_place()
    {
        var lender = server.Lender;
        var statement = new TestStatement(lender.Today, new TestEntry(10, Text: "Thanks")) { Error = 5 };
        var shown = (await lender.Cashier.UploadAsync(Path, statement.ToFile())).ShouldSucceed();
        shown.GetProperty("csv").ValueKind.ShouldBe(JsonValueKind.Null);
        shown.GetProperty("statements")[0].GetProperty("balanceCheck").GetString().ShouldBe("DO_NOT_ADD_UP");

        (await lender.Cashier.UploadAsync($"{Path}?csvProfile=%7B", Csv)).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await lender.Cashier.UploadAsync(Path, Encoding.UTF8.GetBytes("What?"))).ShouldBeRefused(
            422,
            "BANK_STATEMENT_UNREADABLE"
        );
        var others = server.OtherLender;
        var account = (await others.Manager.GetAsync("admin/collection-accounts")).ShouldSucceed()[0];
        var theirs = $"{Path}?collectionAccountId={account.GetProperty("id").GetGuid()}";
        (await lender.Cashier.UploadAsync(theirs, Csv)).ShouldBeRefused(404, "NOT_FOUND");
        (await lender.Customer.UploadAsync(Path, Csv)).ShouldBeRefused(403, "FORBIDDEN");
    }

    [Fact]
    public async Task Money_that_waits_is_summed_up_with_the_age_of_the_oldest()
    {
        var lender = await server.AddOrganisationAsync();
        var path = "admin/unmatched-payments/summary";
        (await lender.Cashier.GetAsync(path)).ShouldSucceed().GetArrayLength().ShouldBe(0);
        var old = new TestEntry(30) { On = lender.Today.AddDays(-4) };
        await new TestBank(lender).ImportAsync(old, new TestEntry(12.5m), new TestEntry(-2, Text: "Cheque 17"));
        var total = (await lender.Cashier.GetAsync(path)).ShouldSucceed().EnumerateArray().Single();
        total.GetProperty("currencyCode").GetString().ShouldBe("NGN");
        total.GetProperty("count").GetInt32().ShouldBe(3);
        total.GetProperty("total").GetDecimal().ShouldBe(40.5m);
        total.GetProperty("oldestAgeInDays").GetInt32().ShouldBe(4);
    }
}
