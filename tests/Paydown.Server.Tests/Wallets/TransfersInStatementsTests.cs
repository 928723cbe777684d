using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Wallets;
using Paydown.Server.Commands;
using Paydown.Server.Payments;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests.Statements;
using Paydown.Server.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Wallets;

/// <summary>What a bank statement shows of a transfer: its money left, or came back.</summary>
public sealed class TransfersInStatementsTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Reason = "The bank sent the money back: the account is closed (AC04).";

    [Fact]
    public async Task Money_that_comes_back_after_it_arrived_is_in_the_wallet_again_without_the_fee()
    {
        var (setting, reference) = await SentAsync(SandboxEnd.Reported);
        var before = await setting.BalanceAsync();
        (await setting.StatusAsync(reference)).ShouldBe("COMPLETED");

        (await ComeBackAsync(setting, reference, 40_00))!.Status.ShouldBe(TransferStatus.Returned);
        (await setting.BalanceAsync()).ShouldBe(before + 40_00);
        var shown = (await setting.Customer.GetAsync($"user/check-transfer-status/{reference}")).ShouldSucceed();
        shown.GetProperty("transferStatus").GetString().ShouldBe("RETURNED");
        shown.GetProperty("failureReason").GetString().ShouldBe(Reason);
        shown.GetProperty("returnedDate").GetDateTimeOffset().ShouldBeGreaterThan(default);
        (await setting.Customer.GetAsync($"user/wallet-history/{setting.Customer.UserId}"))
            .ShouldSucceed()[0]
            .GetProperty("kind")
            .GetString()
            .ShouldBe("WITHDRAWAL_RETURNED");
        (await EventsAsync(setting, "TRANSACTION_RETURNED")).ShouldBe(1);
        await AuditShouldBeCleanAsync();
    }

    [Fact]
    public async Task Money_comes_back_once()
    {
        var (setting, reference) = await SentAsync(SandboxEnd.Reported);
        await ComeBackAsync(setting, reference, 40_00);
        var before = await setting.BalanceAsync();
        (await ComeBackAsync(setting, reference, 40_00))!.Status.ShouldBe(TransferStatus.Returned);
        (await setting.BalanceAsync()).ShouldBe(before);
        (await EventsAsync(setting, "TRANSACTION_RETURNED")).ShouldBe(1);
        await AuditShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_transfer_under_way_is_settled_by_the_statement_and_returned_later()
    {
        var (setting, reference) = await SentAsync(SandboxEnd.None);
        (await LeaveBankAsync(setting, reference, 40_00))!.Status.ShouldBe(TransferStatus.Completed);
        (await LeaveBankAsync(setting, reference, 40_00))!.Status.ShouldBe(TransferStatus.Completed);
        (await EventsAsync(setting, "TRANSACTION_COMPLETED")).ShouldBe(1);
        (await ComeBackAsync(setting, reference, 40_00))!.Status.ShouldBe(TransferStatus.Returned);
        await AuditShouldBeCleanAsync();
    }

    [Fact]
    public async Task An_imported_statement_settles_a_transfer_and_returns_it()
    {
        var (setting, reference) = await SentAsync(SandboxEnd.None);
        var before = await setting.BalanceAsync();
        var bank = new TestBank(server.Lender);
        var left = await bank.ImportOneAsync(new TestEntry(-40, Text: $"NIP OUTWARD {reference}"));
        left.GetProperty("state").GetString().ShouldBe("SETTLED");
        (await setting.StatusAsync(reference)).ShouldBe("COMPLETED");

        var back = await bank.ImportOneAsync(new TestEntry(40, Text: $"RVSL NIP OUTWARD {reference}"));
        back.GetProperty("state").GetString().ShouldBe("RETURNED");
        (await setting.StatusAsync(reference)).ShouldBe("RETURNED");
        (await setting.BalanceAsync()).ShouldBe(before + 40_00);
        (await server.Lender.Cashier.GetAsync("admin/unmatched-payments")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        await AuditShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_second_entry_of_one_transfer_waits_for_an_officer()
    {
        var (_, reference) = await SentAsync(SandboxEnd.Reported);
        var bank = new TestBank(server.Lender);
        await bank.ImportOneAsync(new TestEntry(-40, Text: $"NIP {reference}"));
        var again = await bank.ImportOneAsync(new TestEntry(-40, Text: $"NIP AGAIN {reference}"));
        again.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        again.GetProperty("reasons")[0].GetString()!.ShouldContain("has left the account before");
        var ignore = $"admin/unmatched-payments/{again.GetProperty("id").GetGuid()}/ignore";
        (await server.Lender.Cashier.PutAsync(ignore, new { reason = "The bank's mistake." })).ShouldSucceed();
        await AuditShouldBeCleanAsync();
    }

    [Fact]
    public async Task A_transfer_under_way_whose_money_comes_back_has_failed()
    {
        var (setting, reference) = await SentAsync(SandboxEnd.None);
        (await ComeBackAsync(setting, reference, 40_00))!.Status.ShouldBe(TransferStatus.Failed);
        (await setting.BalanceAsync()).ShouldBe(100_00);
        (await EventsAsync(setting, "TRANSACTION_FAILED")).ShouldBe(1);
        await AuditShouldBeCleanAsync();
    }

    [Fact]
    public async Task Another_amount_or_another_lender_changes_nothing()
    {
        var (setting, reference) = await SentAsync(SandboxEnd.Reported);
        (await ComeBackAsync(setting, reference, 39_99)).ShouldBeNull();
        (await LeaveBankAsync(setting, reference, 40_01)).ShouldBeNull();
        await using var transaction = await WriteTransaction.BeginAsync(server.Database, default);
        TransferReference.TryParse(reference, out var id).ShouldBeTrue();
        var other = await new TransferChanges(server.Ids).ComeBackAsync(
            transaction.Connection,
            new(server.Ids.Next<Lending.Identifiers.OrganisationId>().Value),
            id,
            Naira(40_00),
            Reason,
            server.Clock.GetUtcNow(),
            server.Lender.Today,
            default
        );
        other.ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_statements_at_once_one_returns_the_money()
    {
        var (setting, reference) = await SentAsync(SandboxEnd.Reported);
        var before = await setting.BalanceAsync();
        var both = await Task.WhenAll(
            ComeBackAsync(setting, reference, 40_00),
            ComeBackAsync(setting, reference, 40_00)
        );
        both.ShouldAllBe(transfer => transfer!.Status == TransferStatus.Returned);
        (await setting.BalanceAsync()).ShouldBe(before + 40_00);
        await AuditShouldBeCleanAsync();
    }

    private enum SandboxEnd
    {
        None,
        Reported,
    }

    // A transfer of 40 that was sent, and that has arrived by the partner's report if it is wanted.
    private async Task<(TestWallet, string)> SentAsync(SandboxEnd end)
    {
        var number = end == SandboxEnd.None ? TestWallet.EndlessNumber : TestWallet.GoodNumber;
        await server.BackDoor.ExecuteAsync("update organisation set withdrawal_fee = 25");
        var setting = await TestWallet.CreateAsync(server, 100_00, number);
        var reference = await setting.TransferAsync(40);
        var partner = new SandboxPartner(server.Database, server.Clock, TimeSpan.Zero);
        for (var round = 0; round < 2; round++)
            await TestWallet.DispatcherOf(server, partner).RunOnceAsync(default);
        return (setting, reference);
    }

    private Task<StoredTransfer?> ComeBackAsync(TestWallet setting, string reference, long amount) =>
        ChangeAsync(
            reference,
            (connection, id) =>
                new TransferChanges(server.Ids).ComeBackAsync(
                    connection,
                    setting.Server.Lender.Id,
                    id,
                    Naira(amount),
                    Reason,
                    server.Clock.GetUtcNow(),
                    server.Lender.Today,
                    default
                )
        );

    private Task<StoredTransfer?> LeaveBankAsync(TestWallet setting, string reference, long amount) =>
        ChangeAsync(
            reference,
            (connection, id) =>
                new TransferChanges(server.Ids).LeaveBankAsync(
                    connection,
                    setting.Server.Lender.Id,
                    id,
                    Naira(amount),
                    server.Clock.GetUtcNow(),
                    server.Lender.Today,
                    default
                )
        );

    private async Task<StoredTransfer?> ChangeAsync(
        string reference,
        Func<NpgsqlConnection, Lending.Identifiers.TransferId, Task<StoredTransfer?>> change
    )
    {
        TransferReference.TryParse(reference, out var id).ShouldBeTrue();
        await using var transaction = await WriteTransaction.BeginAsync(server.Database, default);
        var changed = await change(transaction.Connection, id);
        await transaction.CommitAsync();
        return changed;
    }

    private Task<long> EventsAsync(TestWallet setting, string type) =>
        server.ScalarAsync<long>(
            "select count(*) from outbox_event where customer_id = $1 and type::text = $2",
            setting.Customer.UserId,
            type
        );

    private async Task AuditShouldBeCleanAsync()
    {
        await using var output = new StringWriter();
        await Audit.RunAsync(server.Database, output, json: false, default);
        output.ToString().ShouldEndWith(": 0 breaches" + Environment.NewLine);
    }

    private static Money Naira(long kobo) => new(kobo, Currency.Get("NGN"));
}
