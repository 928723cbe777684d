using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class RecordRepaymentTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    private const string Path = "admin/repayments";

    [Theory]
    [InlineData("CASH")]
    [InlineData("CARD")]
    [InlineData("BANK_TRANSFER")]
    [InlineData("DIRECT_DEBIT")]
    public async Task A_recorded_repayment_awaits_another_officer_and_is_in_every_list(string method)
    {
        var loan = await lender.OpenLoanAsync();
        var answer = await RecordAsync(
            loan,
            1_066.19m,
            method,
            new()
            {
                ["paymentDate"] = $"{lender.Today.AddDays(-3):yyyy-MM-dd}",
                ["repaymentReference"] = "RECEIPT 1042",
                ["paymentNarration"] = "At the branch",
            }
        );
        answer.Status.ShouldBe(200, answer.Body);
        var id = answer.Data.GetProperty("id").GetGuid();
        answer.Data.GetProperty("verificationStatus").GetString().ShouldBe("PENDING_VERIFICATION");
        answer.Data.GetProperty("recordedBy").GetGuid().ShouldBe(lender.Cashier.UserId);
        answer.Data.GetProperty("recordedByName").GetString().ShouldBe("Ada Example");
        answer.Data.GetProperty("referenceMatches").GetBoolean().ShouldBeFalse();
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(106_619);

        var listed = await ListedAsync(id);
        listed.GetProperty("loanRepaymentMethodEnum").GetString().ShouldBe(method);
        listed.GetProperty("paymentDate").GetString().ShouldBe($"{lender.Today.AddDays(-3):yyyy-MM-dd}");
        (
            await server.ScalarAsync<long>(
                "select count(*) from outbox_event where subject_id = $1 and type = 'REPAYMENT_RECORDED'",
                id
            )
        ).ShouldBe(1);
        (
            await server.ScalarAsync<Guid>(
                "select actor_id from audit_entry where subject_id = $1 and action = 'REPAYMENT_RECORDED'",
                id
            )
        ).ShouldBe(lender.Cashier.UserId);

        var verified = await lender.SecondCashier.PutAsync($"{Path}/{id}/verify");
        verified.Status.ShouldBe(200, verified.Body);
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
        (await lender.ReadAsync(loan)).Events[^1].On.ShouldBe(lender.Today.AddDays(-3));
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Money_beyond_the_debt_belongs_to_the_customer_and_is_refunded()
    {
        var loan = await lender.OpenLoanAsync();
        var payable = loan.TotalPayable(loan.Replay(lender.Today)).Major;
        var answer = await RecordAsync(loan, payable + 470.98m, "BANK_TRANSFER");
        answer
            .Json.GetProperty("message")
            .GetString()!
            .ShouldContain("470.98 NGN, which would be kept for the customer");
        await VerifyAsync(answer);
        var closed = await lender.ReadAsync(loan);
        (closed.State, closed.Overpaid.MinorUnits).ShouldBe((LoanStatus.Overpaid, 470_98));

        // A payment to a settled loan is all overpayment.
        await VerifyAsync(await RecordAsync(loan, 29.02m, "CASH"));
        (await lender.ReadAsync(loan)).Overpaid.MinorUnits.ShouldBe(500_00);
        var refund = await lender.Manager.PutAsync($"admin/loans/{loan.Id}/refund-overpayment", new { });
        refund.Data.GetProperty("refundedAmount").GetDecimal().ShouldBe(500m);
        (await lender.ReadAsync(loan)).State.ShouldBe(LoanStatus.Closed);
        await VerifyAsync(await RecordAsync(loan, 1m, "CASH"));
        (await lender.ReadAsync(loan)).State.ShouldBe(LoanStatus.Overpaid);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Money_of_a_collector_and_for_a_loan_without_an_application_is_recorded()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.Manager.PutAsync(
            $"admin/loans/{loan.Id}/third-party-collection",
            new { enabled = true, collector = "Example Collections" }
        );
        var answer = await RecordAsync(loan, 100m, "BANK_TRANSFER");
        answer.Data.GetProperty("collector").GetString().ShouldBe("Example Collections");
        await VerifyAsync(answer);
        (await lender.ReadAsync(loan)).Events.Count.ShouldBe(2);

        var takenOver = await lender.TakeOverLoanAsync();
        var recorded = await RecordAsync(takenOver, 100m, "CASH");
        recorded.Data.GetProperty("loanApplicationId").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        await VerifyAsync(recorded);
        (await lender.ReadAsync(takenOver)).Events.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Money_for_a_loan_that_was_written_off_is_a_recovery()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.Manager.PutAsync($"admin/loans/{loan.Id}/write-off", new { reason = "Insolvent" });
        await VerifyAsync(await RecordAsync(loan, 250m, "CASH"));
        (
            await server.ScalarAsync<long>(
                "select count(*) from journal_entry where account_id = $1 and kind = 'MONEY_RECOVERED'",
                loan.Id
            )
        ).ShouldBe(1);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task The_officer_who_recorded_it_cannot_verify_it_but_can_reject_it()
    {
        var loan = await lender.OpenLoanAsync();
        var id = (await RecordAsync(loan, 100m, "CASH")).Data.GetProperty("id").GetGuid();
        var own = await lender.Cashier.PutAsync($"{Path}/{id}/verify");
        (own.Status, own.Code).ShouldBe((409, "RECORDER_CANNOT_VERIFY"));
        var rejected = await lender.Cashier.PutAsync($"{Path}/{id}/reject", new { reason = "Mistyped" });
        rejected.Status.ShouldBe(200, rejected.Body);
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
    }

    // Each request breaks every rule after the one that refuses it.
    [Fact]
    public async Task The_first_refusal_in_order_of_precedence_is_returned_and_nothing_is_written()
    {
        var loan = await lender.OpenLoanAsync();
        var strange = new Dictionary<string, object>
        {
            ["bankAccountId"] = server.Ids.Next(),
            ["paymentDate"] = $"{lender.Today.AddDays(1):yyyy-MM-dd}",
        };
        var unknown = await RecordAsync(loan with { Id = server.Ids.Next<LoanId>() }, 0, "CASH", strange);
        (unknown.Status, unknown.Code).ShouldBe((404, "NOT_FOUND"));
        var foreign = await RecordAsync(loan, 0, "CASH", strange, server.OtherLender.Manager);
        (foreign.Status, foreign.Body).ShouldBe((404, unknown.Body));
        var wrong = await RecordAsync(loan, 0, "CASH", strange);
        (wrong.Status, wrong.Code).ShouldBe((422, "VALIDATION_ERROR"));
        wrong
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("field").GetString())
            .ShouldBe(["repaymentAmount", "paymentDate"]);
        wrong
            .Json.GetProperty("errors")[1]
            .GetProperty("message")
            .GetString()!
            .ShouldEndWith($"to {lender.Today:yyyy-MM-dd}, today.");
        strange["paymentDate"] = $"{loan.DisbursedOn!.Value.AddDays(-1):yyyy-MM-dd}";
        (await RecordAsync(loan, 1, "CASH", strange)).Code.ShouldBe("VALIDATION_ERROR");
        (await RecordAsync(loan, 1.001m, "CASH")).Code.ShouldBe("VALIDATION_ERROR");
        (await RecordAsync(loan, 10_000_000_000_000.01m, "CASH")).Code.ShouldBe("VALIDATION_ERROR");
        strange.Remove("paymentDate");
        (await RecordAsync(loan, 1, "CASH", strange)).Code.ShouldBe("BANK_ACCOUNT_MISMATCH");
        (await RecordAsync(loan, 1, "WALLET")).Status.ShouldBe(422);
        (await RecordAsync(loan, 1, "CASH", caller: lender.Customer)).Status.ShouldBe(403);
        (await server.ScalarAsync<long>("select count(*) from repayment where account_id = $1", loan.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_repeat_with_its_key_records_once()
    {
        var loan = await lender.OpenLoanAsync();
        var key = server.Ids.Next().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RecordAsync(loan, 10m, "CASH", key: key)));
        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Body).Distinct().Count().ShouldBe(1);
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(10_00);
    }

    [Fact]
    public async Task Reports_and_records_share_the_total_payable()
    {
        var loan = await lender.OpenLoanAsync();
        var payable = loan.TotalPayable(loan.Replay(lender.Today)).Major;
        await RecordAsync(loan, payable, "CASH");
        var payoff = await lender.Customer.PostAsync(
            "user/payoff-loan",
            new { loanApplicationId = loan.ApplicationId, paymentMethod = "BANK_TRANSFER" }
        );
        (payoff.Status, payoff.Code).ShouldBe((409, "NOTHING_TO_PAY_OFF"));
    }

    [Fact]
    public async Task A_repayment_is_shown_with_all_its_decisions()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.PayAsync(loan, 106_619, lender.Today);
        await lender.Manager.PutAsync($"{Path}/{id}/reverse", new { reason = "The bank took it back." });
        var shown = await lender.Cashier.GetAsync($"{Path}/{id}");
        shown.Status.ShouldBe(200, shown.Body);
        shown.Data.GetProperty("isReversed").GetBoolean().ShouldBeTrue();
        shown.Data.GetProperty("rejectionReason").GetString().ShouldBe("The bank took it back.");
        shown.Data.GetProperty("recordedBy").GetGuid().ShouldBe(lender.SecondManager.UserId);
        shown
            .Data.GetProperty("decisions")
            .EnumerateArray()
            .Select(one => (one.GetProperty("kind").GetString(), one.GetProperty("decidedBy").GetGuid()))
            .ShouldBe([("VERIFIED", lender.Cashier.UserId), ("REVERSED", lender.Manager.UserId)]);
        shown.Data.GetProperty("decisions")[0].GetProperty("repaymentAmount").GetDecimal().ShouldBe(1_066.19m);

        var foreign = await server.OtherLender.Manager.GetAsync($"{Path}/{id}");
        (foreign.Status, foreign.Body).ShouldBe(
            (404, (await server.OtherLender.Manager.GetAsync($"{Path}/{server.Ids.Next()}")).Body)
        );
        (await lender.Customer.GetAsync($"{Path}/{id}")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_reversal_that_awaits_a_second_officer_is_shown()
    {
        var strict = await server.AddOrganisationAsync();
        await strict.ChangeAsync(("fourEyesAbove", 2000));
        var loan = await strict.OpenLoanAsync();
        var id = await strict.PayAsync(loan, 200_001, strict.Today);
        await strict.Manager.PutAsync($"{Path}/{id}/reverse", new { reason = "Returned" });
        var shown = await strict.Cashier.GetAsync($"{Path}/{id}");
        shown.Data.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        shown
            .Data.GetProperty("awaitedApproval")
            .GetProperty("firstApprovedBy")
            .GetGuid()
            .ShouldBe(strict.Manager.UserId);
    }

    private async Task<System.Text.Json.JsonElement> ListedAsync(Guid id)
    {
        var list = await lender.Customer.GetAsync($"user/list-customer-repayments/{lender.Customer.UserId}?size=200");
        return list.Data.EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == id);
    }

    private async Task VerifyAsync(Reply recorded)
    {
        recorded.Status.ShouldBe(200, recorded.Body);
        var id = recorded.Data.GetProperty("id").GetGuid();
        var verified = await lender.SecondCashier.PutAsync($"{Path}/{id}/verify");
        verified.Data.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED", verified.Body);
    }

    private Task<Reply> RecordAsync(
        StoredLoan loan,
        decimal amount,
        string method,
        Dictionary<string, object>? more = null,
        TestUser? caller = null,
        string? key = null
    )
    {
        var body = new Dictionary<string, object>(more ?? [])
        {
            ["accountId"] = loan.Id,
            ["repaymentAmount"] = amount,
            ["paymentMethod"] = method,
        };
        return (caller ?? lender.Cashier).PostAsync(Path, body, key);
    }
}
