using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Server.Tests.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class PayerReturnTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
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
    public async Task Money_goes_back_to_its_payer_and_the_entry_of_the_money_out_ends_the_order()
    {
        var id = await ImportCreditAsync(45);
        var ordered = await OrderAsync(id);
        ordered.GetProperty("state").GetString().ShouldBe("RETURN_ORDERED");
        ordered.GetProperty("payerReturn").GetProperty("accountNumber").GetString().ShouldBe(Payer);
        (await BalancesAsync()).ShouldBe((0, -45_00, 45_00));
        var listed = (await lender.Cashier.GetAsync("admin/payer-returns")).ShouldSucceed();
        listed.EnumerateArray().Select(IdOf).ShouldBe([id]);
        (await lender.Cashier.GetAsync("admin/unmatched-payments")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        await server.ShouldAuditCleanAsync();

        var reference = ordered.GetProperty("payerReturn").GetProperty("reference").GetString();
        var paid = await bank.ImportOneAsync(new TestEntry(-45, Text: $"Return {reference}"));
        paid.GetProperty("state").GetString().ShouldBe("RETURNED_TO_PAYER");
        paid.GetProperty("rule").GetInt32().ShouldBe(15);
        paid.GetProperty("otherEntryId").GetGuid().ShouldBe(id);
        (await BalancesAsync()).ShouldBe((0, 0, 0));
        (await lender.Cashier.GetAsync("admin/payer-returns")).ShouldSucceed().GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Account_and_amount_end_the_one_order_that_they_fit_and_wait_if_they_fit_several()
    {
        await OrderAsync(await ImportCreditAsync(30));
        (await StateOfDebitAsync(-30, "0987654321")).ShouldBe("UNMATCHED");
        (await StateOfDebitAsync(-30, Payer)).ShouldBe("RETURNED_TO_PAYER");
        (await StateOfDebitAsync(-30, Payer)).ShouldBe("UNMATCHED");
        await OrderAsync(await ImportCreditAsync(31));
        await OrderAsync(await ImportCreditAsync(31));
        (await StateOfDebitAsync(-31, Payer)).ShouldBe("TO_DECIDE");
        (await BalancesAsync()).Clearing.ShouldBe(-62_00);
    }

    [Fact]
    public async Task An_order_is_undone_before_its_money_left_and_after_that_at_the_money_out()
    {
        var id = await ImportCreditAsync(20);
        await OrderAsync(id);
        (await UndoAsync(id)).ShouldSucceed();
        (await BalancesAsync()).ShouldBe((-20_00, 0, 20_00));
        await server.ShouldAuditCleanAsync();

        await OrderAsync(id);
        var paid = IdOf(await bank.ImportOneAsync(new TestEntry(-20) { PayerAccount = Payer }));
        (await UndoAsync(id)).ShouldBeRefused(409, "ENTRY_NOT_DECIDED");
        (await UndoAsync(paid))
            .ShouldSucceed()
            .GetProperty("entry")
            .GetProperty("state")
            .GetString()
            .ShouldBe("UNMATCHED");
        (await BalancesAsync()).ShouldBe((20_00, -20_00, 0));
        await server.ShouldAuditCleanAsync();

        (await ReturnAsync(paid, new { reason = "It is.", returnedEntryId = id })).ShouldSucceed();
        (await BalancesAsync()).ShouldBe((0, 0, 0));
        (await ReturnAsync(paid, new { reason = "It is.", returnedEntryId = id })).ShouldBeRefused(
            409,
            "ENTRY_NOT_OPEN"
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2054xxxx89")]
    [InlineData("2054******")]
    public async Task Money_goes_back_to_no_other_account_and_an_unknown_one_must_be_given(string? hidden)
    {
        var known = await ImportCreditAsync(10);
        var unknown = IdOf(await bank.ImportOneAsync(new TestEntry(11) { PayerAccount = hidden }));
        (await ReturnAsync(known, new { reason = "No.", payerAccount = "0987654321" })).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        (await ReturnAsync(unknown, new { reason = "No." })).ShouldBeRefused(422, "VALIDATION_ERROR");
        var body = new { reason = "Asked the bank.", payerAccount = "0123 456 789" };
        var ordered = (await ReturnAsync(unknown, body)).ShouldSucceed().GetProperty("entry");
        ordered.GetProperty("payerReturn").GetProperty("accountNumber").GetString().ShouldBe(Payer);
    }

    [Fact]
    public async Task A_return_that_nobody_ordered_or_of_another_amount_or_lender_is_refused()
    {
        var (first, second) = (await ImportCreditAsync(12), await ImportCreditAsync(13));
        var paid = IdOf(await bank.ImportOneAsync(new TestEntry(-12)));
        (await ReturnAsync(paid, new { reason = "No." })).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await ReturnAsync(paid, new { reason = "No.", returnedEntryId = first })).ShouldBeRefused(
            409,
            "RETURN_NOT_ORDERED"
        );
        await OrderAsync(second);
        (await ReturnAsync(paid, new { reason = "No.", returnedEntryId = second })).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        (await ReturnAsync(paid, new { reason = "No.", returnedEntryId = server.Ids.Next() })).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
        var foreign = $"admin/unmatched-payments/{first}/return";
        (await server.OtherLender.Manager.PutAsync(foreign, new { reason = "No." })).ShouldBeRefused(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Much_money_goes_back_by_two_officers_who_approve_the_same_account()
    {
        await lender.ChangeAsync(("fourEyesAbove", 100));
        var id = IdOf(await bank.ImportOneAsync(new TestEntry(500)));
        var path = $"admin/unmatched-payments/{id}/return";
        var body = new { reason = "Nobody's.", payerAccount = Payer };
        var first = (await lender.Cashier.PutAsync(path, body)).ShouldSucceed();
        first.GetProperty("awaitedApproval").GetProperty("act").GetString().ShouldBe("RETURN_PAYMENT");
        (await BalancesAsync()).Clearing.ShouldBe(0);
        var other = new { reason = "Nobody's.", payerAccount = "0987654321" };
        var changed = (await lender.SecondCashier.PutAsync(path, other)).ShouldSucceed();
        changed.GetProperty("awaitedApproval").ValueKind.ShouldBe(JsonValueKind.Object);
        (await BalancesAsync()).Clearing.ShouldBe(0);
        (await lender.Manager.PutAsync(path, other)).ShouldSucceed();
        (await BalancesAsync()).Clearing.ShouldBe(-500_00);
    }

    [Fact]
    public async Task What_the_bank_takes_back_itself_ends_the_order_too()
    {
        var credit = new TestEntry(22) { BankReference = "B-77120", PayerAccount = Payer };
        var id = IdOf(await bank.ImportOneAsync(credit));
        await OrderAsync(id);
        var taken = await bank.ImportOneAsync(new TestEntry(-22) { BankReference = "B-77120", IsReversal = true });
        taken.GetProperty("state").GetString().ShouldBe("REVERSED");
        taken.GetProperty("otherEntryId").GetGuid().ShouldBe(id);
        (await BalancesAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task Of_two_orders_at_once_one_wins()
    {
        var id = await ImportCreditAsync(9);
        var path = $"admin/unmatched-payments/{id}/return";
        var replies = await Task.WhenAll(
            lender.Cashier.PutAsync(path, new { reason = "Once." }),
            lender.Manager.PutAsync(path, new { reason = "Twice." })
        );
        replies.Select(reply => reply.Status).Order().ShouldBe([200, 409]);
        (await BalancesAsync()).Clearing.ShouldBe(-9_00);
    }

    private static Guid IdOf(JsonElement entry) => entry.GetProperty("id").GetGuid();

    private async Task<Guid> ImportCreditAsync(decimal amount) =>
        IdOf(
            await bank.ImportOneAsync(new TestEntry(amount, Text: $"Rent {server.Ids.Next()}") { PayerAccount = Payer })
        );

    private async Task<JsonElement> OrderAsync(Guid id) =>
        (await ReturnAsync(id, new { reason = "Nobody's customer." })).ShouldSucceed().GetProperty("entry");

    private Task<Reply> ReturnAsync(Guid id, object body) =>
        lender.Cashier.PutAsync($"admin/unmatched-payments/{id}/return", body);

    private Task<Reply> UndoAsync(Guid id) =>
        lender.Manager.PutAsync($"admin/statement-entries/{id}/undo", new { reason = "A mistake." });

    private async Task<string?> StateOfDebitAsync(decimal amount, string account) =>
        (await bank.ImportOneAsync(new TestEntry(amount) { PayerAccount = account, Text = $"Out {server.Ids.Next()}" }))
            .GetProperty("state")
            .GetString();

    private async Task<(long Unidentified, long Clearing, long Bank)> BalancesAsync() =>
        (
            await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts),
            await bank.BalanceAsync(LedgerAccount.PayoutClearing),
            await bank.BalanceAsync(LedgerAccount.CollectionAccount)
        );
}
