using System.Text.Json;
using Paydown.Lending.Matching;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class PaymentSuggestionTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private const string Payer = "0123456789";

    private TestOrganisation lender = null!;
    private TestBank bank = null!;

    public async ValueTask InitializeAsync()
    {
        lender = await server.AddOrganisationAsync();
        bank = new TestBank(lender);
    }

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task One_transfer_for_two_loans_is_suggested_as_a_split_that_can_be_assigned_as_it_is()
    {
        var loans = new[] { await lender.OpenLoanAsync(), await lender.OpenLoanAsync() };
        await lender.ReportAsync(loans[0], 70_00, lender.Today);
        await lender.ReportAsync(loans[1], 30_00, lender.Today);
        var id = await ImportAsync(new TestEntry(100, Text: $"{loans[0].Reference} {loans[1].Reference}"));
        var best = (await SuggestionsAsync(id))[0];
        KindOf(best).ShouldBe(SuggestionKind.SplitsOverLoans);
        var parts = best.GetProperty("parts")
            .EnumerateArray()
            .Select(part => new
            {
                accountId = part.GetProperty("accountId").GetGuid(),
                amount = part.GetProperty("amount").GetDecimal(),
                repaymentId = part.GetProperty("repaymentId").GetGuid(),
            })
            .ToList();
        parts.Select(part => part.amount).ShouldBe([70, 30], ignoreOrder: true);
        (await lender.Cashier.PutAsync($"admin/unmatched-payments/{id}/assign", new { parts })).ShouldSucceed();
    }

    [Fact]
    public async Task Two_transfers_that_make_up_a_report_are_suggested_together()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.ReportAsync(loan, 90_00, lender.Today);
        var first = await ImportAsync(new TestEntry(50, loan.Reference));
        var second = await ImportAsync(new TestEntry(40, loan.Reference));
        var best = (await SuggestionsAsync(second))[0];
        KindOf(best).ShouldBe(SuggestionKind.CompletesReport);
        best.GetProperty("with")[0].GetGuid().ShouldBe(first);
    }

    [Fact]
    public async Task A_mistyped_reference_leads_to_its_loan()
    {
        var loan = await lender.OpenLoanAsync();
        var reference = loan.Reference;
        var swapped = $"{reference[..^2]}{reference[^1]}{reference[^2]}";
        if (swapped == reference)
            swapped = reference[..^1] + (reference[^1] == '7' ? '8' : '7');
        var best = (await SuggestionsAsync(await ImportAsync(new TestEntry(33, Text: $"PAY {swapped}"))))[0];
        KindOf(best).ShouldBe(SuggestionKind.SimilarReference);
        PartOf(best).GetProperty("accountId").GetGuid().ShouldBe(loan.Id.Value);
        PartOf(best).GetProperty("repaymentId").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_an_officer_assigned_is_suggested_for_the_next_money_of_the_account_and_never_matched()
    {
        var loan = await lender.OpenLoanAsync();
        var taught = await ImportAsync(new TestEntry(10) { PayerAccount = Payer });
        (
            await lender.Cashier.PutAsync(
                $"admin/unmatched-payments/{taught}/assign",
                new { accountId = loan.Id.Value }
            )
        ).ShouldSucceed();
        var next = await ImportAsync(new TestEntry(11) { PayerAccount = "0123 456 789" });
        var best = (await SuggestionsAsync(next))[0];
        KindOf(best).ShouldBe(SuggestionKind.PaidBefore);
        PartOf(best).GetProperty("accountId").GetGuid().ShouldBe(loan.Id.Value);

        var undo = $"admin/statement-entries/{taught}/undo";
        (await lender.Manager.PutAsync(undo, new { reason = "A mistake." })).ShouldSucceed();
        (await SuggestionsAsync(next)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_name_with_the_amount_of_a_report_is_suggested()
    {
        var loan = await lender.OpenLoanAsync(await lender.AddCustomerAsync());
        await lender.ReportAsync(loan, 44_00, lender.Today);
        var best = (await SuggestionsAsync(await ImportAsync(new TestEntry(44, Text: "From EXAMPLE, Ada"))))[0];
        KindOf(best).ShouldBe(SuggestionKind.SameNameAndAmount);
        PartOf(best).GetProperty("customerName").GetString().ShouldBe("Ada Example");
    }

    [Fact]
    public async Task Own_words_that_two_reports_have_are_suggested_for_both()
    {
        foreach (var loan in new[] { await lender.OpenLoanAsync(), await lender.OpenLoanAsync() })
            await lender.ReportAsync(loan, 61_00, lender.Today, "TX-91274");
        var found = await SuggestionsAsync(await ImportAsync(new TestEntry(61, Text: "tx 91274")));
        found.Select(KindOf).ShouldBe([SuggestionKind.OneOfSeveral, SuggestionKind.OneOfSeveral]);
    }

    [Fact]
    public async Task Another_lender_s_loans_are_never_suggested()
    {
        var foreign = await server.OtherLender.OpenLoanAsync();
        (await SuggestionsAsync(await ImportAsync(new TestEntry(7, Text: foreign.Reference)))).ShouldBeEmpty();
    }

    private static SuggestionKind KindOf(JsonElement suggestion) =>
        Words.Read<SuggestionKind>(suggestion.GetProperty("kind").GetString()!);

    private static JsonElement PartOf(JsonElement suggestion) => suggestion.GetProperty("parts")[0];

    private async Task<Guid> ImportAsync(TestEntry entry) =>
        (await bank.ImportOneAsync(entry)).GetProperty("id").GetGuid();

    private async Task<IReadOnlyList<JsonElement>> SuggestionsAsync(Guid id)
    {
        var listed = (await lender.Cashier.GetAsync("admin/unmatched-payments?size=50")).ShouldSucceed();
        var entry = listed.EnumerateArray().Single(one => one.GetProperty("entry").GetProperty("id").GetGuid() == id);
        return [.. entry.GetProperty("suggestions").EnumerateArray()];
    }
}
