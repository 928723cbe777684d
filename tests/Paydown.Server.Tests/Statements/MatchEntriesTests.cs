using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Server.Loans;
using Paydown.Server.Tests.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class MatchEntriesTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;
    private TestBank bank = null!;

    public async ValueTask InitializeAsync()
    {
        lender = await server.AddOrganisationAsync();
        bank = new TestBank(lender);
    }

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task A_report_is_verified_by_the_statement_from_the_value_date_of_its_money()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, 1_066_19, lender.Today.AddDays(-2));
        var entry = await bank.ImportOneAsync(new TestEntry(1_066.19m, loan.Reference));

        entry.GetProperty("state").GetString().ShouldBe("MATCHED");
        entry.GetProperty("rule").GetInt32().ShouldBe(3);
        entry.GetProperty("repayments")[0].GetProperty("repaymentId").GetGuid().ShouldBe(id);
        entry.GetProperty("decidedBy").GetGuid().ShouldBe(lender.Cashier.UserId);
        var repayment = await bank.RepaymentAsync(id);
        repayment.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        repayment.GetProperty("paymentDate").GetString().ShouldBe($"{lender.Today:yyyy-MM-dd}");
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
        (await lender.EventNamesOfAsync(loan)).ShouldContain("payment.received");
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(1_066_19);
    }

    [Fact]
    public async Task Money_that_nobody_reported_is_recorded_and_verified_by_the_reference_in_the_text()
    {
        var loan = await lender.OpenLoanAsync();
        var spaced = string.Join(' ', loan.Reference.Chunk(4).Select(group => new string(group))).ToLowerInvariant();
        var entry = await bank.ImportOneAsync(new TestEntry(500, Text: $"Transfer {spaced} thanks"));

        entry.GetProperty("state").GetString().ShouldBe("MATCHED");
        entry.GetProperty("rule").GetInt32().ShouldBe(5);
        var id = entry.GetProperty("repayments")[0].GetProperty("repaymentId").GetGuid();
        var repayment = await bank.RepaymentAsync(id);
        repayment.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        repayment.GetProperty("recordedByName").ValueKind.ShouldBe(JsonValueKind.Null);
        (await lender.EventNamesOfAsync(loan))
            .SkipWhile(name => name != "repayment.recorded")
            .ShouldBe(["repayment.recorded", "payment.received", "repayment.verified"]);
    }

    [Fact]
    public async Task A_report_that_an_officer_verified_before_is_only_linked()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.PayAsync(loan, 200_00, lender.Today);
        var before = await lender.ReadAsync(loan);
        var entry = await bank.ImportOneAsync(new TestEntry(200, loan.Reference));

        entry.GetProperty("state").GetString().ShouldBe("MATCHED");
        entry.GetProperty("repayments")[0].GetProperty("repaymentId").GetGuid().ShouldBe(id);
        (await lender.ReadAsync(loan)).Balance.ShouldBe(before.Balance);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(200_00);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Parts_of_a_repayment_that_an_officer_verified_wait_and_count_nothing_twice(bool inOneFile)
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.PayAsync(loan, 1_000_00, lender.Today);
        var before = await lender.ReadAsync(loan);
        var (first, second) = (new TestEntry(400, loan.Reference), new TestEntry(600, loan.Reference));
        IReadOnlyList<JsonElement> entries = inOneFile
            ? await bank.ImportAsync(first, second)
            : [await bank.ImportOneAsync(first), await bank.ImportOneAsync(second)];

        entries.Select(one => one.GetProperty("state").GetString()).ShouldBe(["TO_DECIDE", "TO_DECIDE"]);
        entries[1].GetProperty("reasons").ToString().ShouldContain("verified it already");
        (await lender.ReadAsync(loan)).Balance.ShouldBe(before.Balance);
        var ids = entries.Select(one => one.GetProperty("id").GetGuid()).ToList();
        (
            await lender.Cashier.PutAsync(
                $"admin/unmatched-payments/{ids[0]}/join",
                new { repaymentId = id, withEntryIds = new[] { ids[1] } }
            )
        ).ShouldSucceed();
        (await lender.ReadAsync(loan)).Balance.ShouldBe(before.Balance);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(1_000_00);
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(0);
    }

    [Fact]
    public async Task One_transfer_for_two_repayments_that_an_officer_verified_waits()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 400_00, lender.Today);
        await lender.PayAsync(loan, 600_00, lender.Today);
        var entry = await bank.ImportOneAsync(new TestEntry(1_000, loan.Reference));
        entry.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
    }

    [Fact]
    public async Task Of_two_equal_entries_one_confirms_what_an_officer_verified_and_the_other_is_paid_again()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.PayAsync(loan, 1_000_00, lender.Today);
        var twice = new TestEntry(1_000, loan.Reference);
        var entries = await bank.ImportAsync(twice, twice);

        entries.Select(one => one.GetProperty("rule").GetInt32()).ShouldBe([3, 5]);
        var paid = entries.Select(one => one.GetProperty("repayments")[0].GetProperty("repaymentId").GetGuid());
        paid.Count(one => one == id).ShouldBe(1);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(2_000_00);
    }

    [Fact]
    public async Task Another_amount_than_the_reported_one_waits_for_an_officer_with_both_figures()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.ReportAsync(loan, 300_00, lender.Today);
        var entry = await bank.ImportOneAsync(new TestEntry(299, loan.Reference));
        entry.GetProperty("state").GetString().ShouldBe("TO_DECIDE");
        var reasons = string.Join(' ', entry.GetProperty("reasons").EnumerateArray().Select(one => one.GetString()));
        reasons.ShouldContain("299.00");
        reasons.ShouldContain("300.00");
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(-299_00);
    }

    [Fact]
    public async Task Money_of_nobody_is_in_the_suspense_account_and_reported_as_an_event()
    {
        var entry = await bank.ImportOneAsync(new TestEntry(75.50m, Text: "Birthday"));
        entry.GetProperty("state").GetString().ShouldBe("UNMATCHED");
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(-75_50);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(75_50);
        var events = (await lender.Manager.GetAsync("admin/events?type=payment.unmatched")).ShouldSucceed();
        var reported = events.GetProperty("events")[0].GetProperty("data");
        reported.GetProperty("statementEntryId").GetGuid().ShouldBe(entry.GetProperty("id").GetGuid());
        reported.GetProperty("amount").GetDecimal().ShouldBe(75.50m);
    }

    [Fact]
    public async Task A_charge_of_the_bank_is_an_expense_and_other_money_out_waits()
    {
        var entries = await bank.ImportAsync(
            new TestEntry(-4, Text: "SMS ALERT CHARGE"),
            new TestEntry(-90, Text: "Rent")
        );
        entries.Select(one => one.GetProperty("state").GetString()).ShouldBe(["NOT_A_REPAYMENT", "UNMATCHED"]);
        (await bank.BalanceAsync(LedgerAccount.BankCharges)).ShouldBe(4_00);
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(90_00);
    }

    [Fact]
    public async Task Two_equal_entries_of_a_file_are_two_payments_and_an_announced_one_is_none()
    {
        var loan = await lender.OpenLoanAsync();
        var equal = new TestEntry(50, loan.Reference);
        var entries = await bank.ImportAsync(equal, equal, equal with { IsPending = true });
        entries.Select(one => one.GetProperty("state").GetString()).ShouldBe(["MATCHED", "MATCHED", "ANNOUNCED"]);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(100_00);
    }

    [Fact]
    public async Task Two_references_a_loan_of_a_collector_and_money_above_the_four_eyes_amount_wait()
    {
        await lender.ChangeAsync(("fourEyesAbove", 1_000));
        var (loan, other) = (await lender.OpenLoanAsync(), await lender.OpenLoanAsync(await lender.AddCustomerAsync()));
        var collected = await lender.AddLoanAsync(
            await lender.AddCustomerAsync(),
            new TestLoan { Collector = "Agency" }
        );
        var entries = await bank.ImportAsync(
            new TestEntry(10, Text: $"{loan.Reference} and {other.Reference}"),
            new TestEntry(10, collected.Reference),
            new TestEntry(1_000.01m, loan.Reference),
            new TestEntry(1_000, loan.Reference)
        );
        entries.Select(one => one.GetProperty("rule").GetInt32()).ShouldBe([1, 2, 5, 5]);
        entries
            .Select(one => one.GetProperty("state").GetString())
            .ShouldBe(["TO_DECIDE", "TO_DECIDE", "TO_DECIDE", "MATCHED"]);
    }

    [Fact]
    public async Task A_statement_verifies_what_needs_two_officers()
    {
        await lender.ChangeAsync(("fourEyesAbove", 100));
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, 400_00, lender.Today);
        (await lender.Cashier.PutAsync($"admin/repayments/{id}/verify")).ShouldSucceed();
        (await bank.ImportOneAsync(new TestEntry(400, loan.Reference)))
            .GetProperty("state")
            .GetString()
            .ShouldBe("MATCHED");
        (await bank.RepaymentAsync(id)).GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
    }

    [Fact]
    public async Task Of_an_officer_and_a_statement_that_verify_at_once_one_wins_and_the_money_counts_once()
    {
        var loans = new List<(StoredLoan Loan, Guid Id)>();
        for (var i = 0; i < 8; i++)
        {
            var loan = await lender.OpenLoanAsync(await lender.AddCustomerAsync());
            loans.Add((loan, await lender.ReportAsync(loan, 100_00, lender.Today)));
        }

        var import = bank.ImportAsync([.. loans.Select(one => new TestEntry(100, one.Loan.Reference))]);
        var verified = await Task.WhenAll(
            loans.Select(one => lender.SecondCashier.PutAsync($"admin/repayments/{one.Id}/verify"))
        );
        var entries = await import;
        verified.Select(reply => reply.Status).ShouldAllBe(status => status == 200 || status == 409);
        entries.Select(one => one.GetProperty("state").GetString()).ShouldAllBe(state => state == "MATCHED");
        entries.Count.ShouldBe(8);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(800_00);
    }

    [Fact]
    public async Task Money_that_the_bank_takes_back_is_taken_back_from_the_loan()
    {
        var loan = await lender.OpenLoanAsync();
        var before = await lender.ReadAsync(loan);
        var paid = new TestEntry(120, loan.Reference) { BankReference = "BANK-2026-77881" };
        var credit = await bank.ImportOneAsync(paid);
        credit.GetProperty("state").GetString().ShouldBe("MATCHED");
        var debit = await bank.ImportOneAsync(paid with { Amount = -120, IsReversal = true, Text = "Recall" });

        debit.GetProperty("state").GetString().ShouldBe("REVERSED");
        (await lender.ReadAsync(loan)).Balance.ShouldBe(before.Balance);
        var id = credit.GetProperty("repayments")[0].GetProperty("repaymentId").GetGuid();
        (await bank.RepaymentAsync(id)).GetProperty("isReversed").GetBoolean().ShouldBeTrue();
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(0);
    }

    [Theory]
    [InlineData("BANK-2026-77882", "bank 2026 77882", null)]
    [InlineData(null, null, "MANDATE-4711-0001")]
    public async Task A_returned_debit_finds_its_credit_by_either_reference(
        string? credited,
        string? returned,
        string? id
    )
    {
        var loan = await lender.OpenLoanAsync();
        var paid = new TestEntry(61, loan.Reference) { BankReference = credited, EndToEndId = id };
        (await bank.ImportOneAsync(paid)).GetProperty("state").GetString().ShouldBe("MATCHED");
        var back = new TestEntry(-61)
        {
            BankReference = returned,
            EndToEndId = id,
            ReturnReason = "AC04",
        };

        var debit = await bank.ImportOneAsync(back);

        debit.GetProperty("state").GetString().ShouldBe("REVERSED");
        debit.GetProperty("reasons").ToString().ShouldContain("AC04");
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(0);
    }

    [Fact]
    public async Task Money_that_came_and_went_in_one_statement_is_nothing()
    {
        var entry = new TestEntry(33) { BankReference = "BANK-2026-90001" };
        var entries = await bank.ImportAsync(entry, entry with { Amount = -33 });
        entries.Select(one => one.GetProperty("state").GetString()).ShouldBe(["REVERSED", "REVERSED"]);
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(0);
    }

    [Fact]
    public async Task A_report_is_found_by_the_account_that_the_customer_named()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.OpenLoanAsync(customer);
        var id = await lender.ReportAsync(loan, 88_00, lender.Today);
        var entry = await bank.ImportOneAsync(new TestEntry(88, Text: "Loan") { PayerAccount = TestWallet.GoodNumber });
        entry.GetProperty("rule").GetInt32().ShouldBe(8);
        entry.GetProperty("repayments")[0].GetProperty("repaymentId").GetGuid().ShouldBe(id);
    }
}
