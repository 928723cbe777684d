using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Lending.Identifiers;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Client;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class JoinPaymentTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;
    private TestBank bank = null!;
    private StoredLoan loan = null!;
    private Guid reported;

    public async ValueTask InitializeAsync()
    {
        lender = await server.AddOrganisationAsync();
        bank = new TestBank(lender);
        loan = await lender.OpenLoanAsync();
        reported = await lender.ReportAsync(loan, 100_00, lender.Today);
    }

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task Two_transfers_pay_one_report_together_by_one_act()
    {
        var ids = await ImportAsync(60, 40);
        var joined = (await JoinAsync(ids[0], ids[1])).ShouldSucceed().GetProperty("entry");
        joined.GetProperty("state").GetString().ShouldBe("ASSIGNED");
        joined.GetProperty("repayments")[0].GetProperty("amount").GetDecimal().ShouldBe(60);
        joined.GetProperty("partOf").ValueKind.ShouldBe(JsonValueKind.Null);
        var repayment = await bank.RepaymentAsync(reported);
        repayment.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        repayment.GetProperty("repaymentAmount").GetDecimal().ShouldBe(100);
        (await BalancesAsync()).ShouldBe((0, 100_00));
        (await WaitingAsync()).ShouldBe(0);
        (await JoinAsync(ids[0])).ShouldBeRefused(409, "ENTRY_NOT_OPEN");
        var third = await bank.ImportOneAsync(new TestEntry(1));
        (await JoinAsync(third.GetProperty("id").GetGuid())).ShouldBeRefused(409, "REPORT_NOT_OPEN");
    }

    [Fact]
    public async Task A_report_is_partly_arrived_until_its_last_transfer_completes_it()
    {
        var first = (await ImportAsync(60))[0];
        var waits = (await JoinAsync(first)).ShouldSucceed().GetProperty("entry");
        waits.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        waits.GetProperty("partOf").GetProperty("repaymentId").GetGuid().ShouldBe(reported);
        waits.GetProperty("partOf").GetProperty("amount").GetDecimal().ShouldBe(100);
        waits.GetProperty("partOf").GetProperty("arrived").GetDecimal().ShouldBe(60);
        var repayment = await bank.RepaymentAsync(reported);
        repayment.GetProperty("verificationStatus").GetString().ShouldBe("PENDING_VERIFICATION");
        var arrived = repayment.GetProperty("partlyArrived");
        arrived.GetProperty("amount").GetDecimal().ShouldBe(60);
        arrived.GetProperty("statementEntryIds")[0].GetGuid().ShouldBe(first);
        (await BalancesAsync()).ShouldBe((-60_00, 60_00));
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(100_00);

        // The rules see that it is the rest, and leave the act to an officer.
        var second = await bank.ImportOneAsync(new TestEntry(40, loan.Reference));
        second.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        second.GetProperty("reasons").EnumerateArray().Last().GetString().ShouldNotBeNull().ShouldContain("join");
        (await JoinAsync(second.GetProperty("id").GetGuid())).ShouldSucceed();
        repayment = await bank.RepaymentAsync(reported);
        repayment.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        repayment.GetProperty("partlyArrived").ValueKind.ShouldBe(JsonValueKind.Null);
        (await BalancesAsync()).ShouldBe((0, 100_00));
    }

    [Fact]
    public async Task The_whole_amount_waits_for_an_officer_while_a_part_has_arrived()
    {
        await JoinAsync((await ImportAsync(60))[0]);
        var whole = await bank.ImportOneAsync(new TestEntry(100, loan.Reference));
        whole.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        (await JoinAsync(whole.GetProperty("id").GetGuid())).ShouldBeRefused(422, "PARTS_EXCEED_REPORT");
        (await bank.RepaymentAsync(reported))
            .GetProperty("verificationStatus")
            .GetString()
            .ShouldBe("PENDING_VERIFICATION");
    }

    [Fact]
    public async Task An_undone_join_gives_each_entry_back_and_opens_the_report_again()
    {
        var ids = await ImportAsync(60, 40);
        var before = await lender.ReadAsync(loan);
        (await JoinAsync(ids[1], ids[0])).ShouldSucceed();
        var undone = (await UndoAsync(ids[0])).ShouldSucceed().GetProperty("entry");
        undone.GetProperty("state").GetString().ShouldBe("UNMATCHED");
        (await WaitingAsync()).ShouldBe(2);
        (await BalancesAsync()).ShouldBe((-100_00, 100_00));
        var after = await lender.ReadAsync(loan);
        (after.Balance, after.Pending.MinorUnits).ShouldBe((before.Balance, 100_00));
        (await UndoAsync(ids[1])).ShouldBeRefused(409, "ENTRY_NOT_DECIDED");
        // The report is open under a new id.
        (await JoinAsync(ids[0])).ShouldBeRefused(409, "REPORT_NOT_OPEN");
    }

    [Fact]
    public async Task A_part_leaves_its_report_by_undo_or_by_another_decision()
    {
        var ids = await ImportAsync(60, 10);
        (await JoinAsync(ids[0], ids[1])).ShouldSucceed();
        var left = (await UndoAsync(ids[1])).ShouldSucceed().GetProperty("entry");
        left.GetProperty("partOf").ValueKind.ShouldBe(JsonValueKind.Null);
        left.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        (await ArrivedAsync()).ShouldBe(60);
        var other = await lender.OpenLoanAsync();
        (
            await lender.Cashier.PutAsync(
                $"admin/unmatched-payments/{ids[0]}/assign",
                new { accountId = other.Id.Value }
            )
        ).ShouldSucceed();
        (await ArrivedAsync()).ShouldBeNull();
        (await BalancesAsync()).ShouldBe((-10_00, 70_00));
    }

    [Fact]
    public async Task Transfers_that_an_officer_verified_by_hand_confirm_the_repayment_and_post_nothing()
    {
        var ids = await ImportAsync(60, 40);
        (await JoinAsync(ids[0])).ShouldSucceed();
        (await lender.Cashier.PutAsync($"admin/repayments/{reported}/verify", new { })).ShouldSucceed();
        (await BalancesAsync()).ShouldBe((-100_00, 200_00));
        (await JoinAsync(ids[1])).ShouldSucceed();
        (await BalancesAsync()).ShouldBe((0, 100_00));
        (await UndoAsync(ids[1])).ShouldSucceed();
        (await bank.RepaymentAsync(reported)).GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        (await BalancesAsync()).ShouldBe((-100_00, 200_00));
    }

    [Fact]
    public async Task What_the_bank_takes_back_of_a_joined_report_takes_the_repayment_back_and_frees_the_rest()
    {
        var taken = new TestEntry(60, loan.Reference) { BankReference = "BANK-2026-55001" };
        var kept = new TestEntry(40, loan.Reference) { BankReference = "BANK-2026-55002" };
        var entries = await bank.ImportAsync(taken, kept);
        var ids = entries.Select(entry => entry.GetProperty("id").GetGuid()).ToList();
        (await JoinAsync(ids[0], ids[1])).ShouldSucceed();
        var debit = await bank.ImportOneAsync(taken with { Amount = -60, IsReversal = true, Text = "Recall" });
        debit.GetProperty("state").GetString().ShouldBe("REVERSED");
        (await bank.RepaymentAsync(reported)).GetProperty("isReversed").GetBoolean().ShouldBeTrue();
        (await WaitingAsync()).ShouldBe(1);
        (await BalancesAsync()).ShouldBe((-40_00, 40_00));
    }

    [Fact]
    public async Task A_report_that_is_withdrawn_or_paid_otherwise_has_no_parts()
    {
        var ids = await ImportAsync(60, 40);
        (await JoinAsync(ids[0])).ShouldSucceed();
        (await lender.Customer.PutAsync($"user/repayments/{reported}/withdraw")).ShouldSucceed();
        (await ArrivedAsync()).ShouldBeNull();
        (await JoinAsync(ids[1])).ShouldBeRefused(409, "REPORT_NOT_OPEN");
        (await WaitingAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Money_out_foreign_entries_and_foreign_reports_are_refused_and_a_repeated_key_joins_once()
    {
        var entries = await bank.ImportAsync(new TestEntry(-5, Text: "Out"), new TestEntry(60, loan.Reference));
        var ids = entries.Select(entry => entry.GetProperty("id").GetGuid()).ToList();
        (await JoinAsync(ids[0])).ShouldBeRefused(409, "ENTRY_IS_MONEY_OUT");
        (await JoinAsync(ids[1], server.Ids.Next())).ShouldBeRefused(404, "NOT_FOUND");
        (await JoinAsync(server.Ids.Next())).ShouldBeRefused(404, "NOT_FOUND");
        var path = $"admin/unmatched-payments/{ids[1]}/join";
        var foreign = await server.OtherLender.ReportAsync(await server.OtherLender.OpenLoanAsync(), 1, server.Today);
        (await lender.Cashier.PutAsync(path, new { repaymentId = foreign })).ShouldBeRefused(404, "NOT_FOUND");
        (await server.OtherLender.Cashier.PutAsync(path, new { repaymentId = foreign })).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
        (await lender.Cashier.PutAsync(path, new { })).Status.ShouldBe(400);
        var body = new { repaymentId = reported };
        var first = await lender.Cashier.PutAsync(path, body, "join-once");
        var repeat = await lender.Cashier.PutAsync(path, body, "join-once");
        repeat.IsReplayed.ShouldBeTrue();
        repeat.Body.ShouldBe(first.Body);
        (await ArrivedAsync()).ShouldBe(60);
    }

    [Fact]
    public async Task Parts_that_two_servers_join_at_once_complete_the_report_once()
    {
        const int parts = 10;
        await using var second = await server.StartSecondAsync();
        var ids = await ImportAsync([.. Enumerable.Repeat(10m, parts)]);
        var replies = await Task.WhenAll(
            ids.Select((id, i) => JoinAsync(id, i % 2 == 0 ? lender.Cashier : lender.Manager.On(second)))
        );
        replies.Count(reply => reply.Status == 200).ShouldBe(parts);
        (await bank.RepaymentAsync(reported)).GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        (await BalancesAsync()).ShouldBe((0, 100_00));

        var undone = await Task.WhenAll(
            UndoAsync(ids[0], lender.Cashier),
            UndoAsync(ids[^1], lender.Manager.On(second))
        );
        undone.Select(reply => reply.Status).Order().ShouldBe([200, 409]);
        (await WaitingAsync()).ShouldBe(parts);
    }

    [Fact]
    public async Task The_client_joins_and_undoing_a_large_report_takes_two_officers()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);
        var own = new TestBank(server.Lender);
        var report = await server.Lender.ReportAsync(setting.Loan, 30_00, server.Today);
        var entries = await own.ImportAsync(
            new TestEntry(20) { BankReference = $"{server.Ids.Next():N}" },
            new TestEntry(10) { BankReference = $"{server.Ids.Next():N}" }
        );
        var ids = entries.Select(entry => entry.GetProperty("id").GetGuid()).ToList();
        var joined = await manager.Statements.JoinAsync(
            ids[0],
            new() { RepaymentId = report, WithEntryIds = [ids[1]] }
        );
        joined.Entry.Repayments[0].RepaymentId.ShouldBe(report);

        await lender.ChangeAsync(("fourEyesAbove", 70));
        var parts = await ImportAsync(60, 40);
        (await JoinAsync(parts[0], parts[1])).ShouldSucceed();
        var first = (await UndoAsync(parts[0])).ShouldSucceed();
        first.GetProperty("awaitedApproval").GetProperty("act").GetString().ShouldBe("UNDO_BANK_ENTRY");
    }

    // Each waits: the loan is named, and its report is of another amount.
    private async Task<IReadOnlyList<Guid>> ImportAsync(params IReadOnlyList<decimal> amounts)
    {
        var entries = await bank.ImportAsync([.. amounts.Select(amount => new TestEntry(amount, loan.Reference))]);
        return [.. entries.Select(entry => entry.GetProperty("id").GetGuid())];
    }

    private Task<Reply> JoinAsync(Guid id, params IReadOnlyList<Guid> with) =>
        lender.Cashier.PutAsync(
            $"admin/unmatched-payments/{id}/join",
            new { repaymentId = reported, withEntryIds = with }
        );

    private Task<Reply> JoinAsync(Guid id, TestUser officer) =>
        officer.PutAsync($"admin/unmatched-payments/{id}/join", new { repaymentId = reported });

    private Task<Reply> UndoAsync(Guid id, TestUser? officer = null) =>
        (officer ?? lender.Cashier).PutAsync($"admin/statement-entries/{id}/undo", new { reason = "Wrong." });

    private async Task<decimal?> ArrivedAsync()
    {
        var arrived = (await bank.RepaymentAsync(reported)).GetProperty("partlyArrived");
        return arrived.ValueKind == JsonValueKind.Null ? null : arrived.GetProperty("amount").GetDecimal();
    }

    private async Task<int> WaitingAsync() =>
        (await lender.Cashier.GetAsync("admin/unmatched-payments")).ShouldSucceed().GetArrayLength();

    private async Task<(long Unidentified, long Collected)> BalancesAsync() =>
        (
            await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts),
            await bank.BalanceAsync(LedgerAccount.CollectionAccount)
        );
}
