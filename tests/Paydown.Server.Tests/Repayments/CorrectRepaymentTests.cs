using System.Text.Json;
using Paydown.Lending.Loans;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Outbox;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class CorrectRepaymentTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    private const long Installment = 106_619;
    private const string Reason = "The bank kept a fee.";

    [Fact]
    public async Task The_corrected_amount_counts_and_the_report_is_kept_as_made()
    {
        var loan = await lender.OpenLoanAsync();
        var reportedOn = loan.DisbursedOn!.Value.AddDays(20);
        var id = await lender.ReportAsync(loan, Installment, reportedOn);
        var answer = await VerifyAsync(
            id,
            new
            {
                amount = 1_040m,
                paymentDate = Day(reportedOn.AddDays(3)),
                reason = Reason,
            }
        );
        answer.Status.ShouldBe(200, answer.Body);
        answer.Data.GetProperty("repaymentAmount").GetDecimal().ShouldBe(1_040m);
        answer.Data.GetProperty("paymentDate").GetString().ShouldBe(Day(reportedOn.AddDays(3)));
        answer.Data.GetProperty("reportedAmount").GetDecimal().ShouldBe(1_066.19m);
        answer.Data.GetProperty("correctionReason").GetString().ShouldBe(Reason);

        var after = await lender.ReadAsync(loan);
        after.Pending.MinorUnits.ShouldBe(0);
        (((MoneyEvent)after.Events[^1]).Amount.MinorUnits, after.Events[^1].On).ShouldBe(
            (104_000, reportedOn.AddDays(3))
        );
        (loan.Balance.Total - after.Balance.Total).ShouldBe(104_000);
        (await server.ScalarAsync<long>("select amount::bigint from repayment where id = $1", id)).ShouldBe(
            Installment
        );
        foreach (var shown in new[] { await ListedAsync(id), await ShownAsync(id), await OfficersAsync(loan, id) })
        {
            shown.GetProperty("repaymentAmount").GetDecimal().ShouldBe(1_040m);
            shown.GetProperty("paymentDate").GetString().ShouldBe(Day(reportedOn.AddDays(3)));
            shown.GetProperty("reportedAmount").GetDecimal().ShouldBe(1_066.19m);
            shown.GetProperty("reportedPaymentDate").GetString().ShouldBe(Day(reportedOn));
            shown.GetProperty("correctionReason").GetString().ShouldBe(Reason);
        }

        var repaid = await lender.Customer.GetAsync($"user/repaid-transactions/{lender.Customer.UserId}");
        repaid
            .Data.EnumerateArray()
            .Single(one => one.GetProperty("repaymentId").GetGuid() == id)
            .GetProperty("repaymentAmount")
            .GetDecimal()
            .ShouldBe(1_040m);
        var told = await ToldAsync(loan, "repayment.verified");
        told.GetProperty("repaymentAmount").GetDecimal().ShouldBe(1_040m);
        told.GetProperty("reportedAmount").GetDecimal().ShouldBe(1_066.19m);
        await server.ShouldAuditCleanAsync();
    }

    // A backdated payment avoids a penalty, so the officer sets the true date.
    [Fact]
    public async Task A_backdated_report_is_corrected_to_its_true_date()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, loan.DisbursedOn!.Value);
        var answer = await VerifyAsync(
            id,
            new { paymentDate = Day(lender.Today), reason = "Our statement says today." }
        );
        answer.Data.GetProperty("paymentDate").GetString().ShouldBe(Day(lender.Today));
        answer.Data.GetProperty("repaymentAmount").GetDecimal().ShouldBe(1_066.19m);
        (await lender.ReadAsync(loan)).Events[^1].On.ShouldBe(lender.Today);
    }

    [Fact]
    public async Task An_amount_above_the_total_payable_becomes_an_overpayment()
    {
        var loan = await lender.OpenLoanAsync();
        var payable = loan.TotalPayable(loan.Replay(lender.Today)).Major;
        var id = await lender.ReportAsync(loan, Installment, lender.Today);
        var answer = await VerifyAsync(id, new { amount = payable + 12.34m, reason = "More has arrived." });
        answer.Data.GetProperty("overpaid").GetDecimal().ShouldBe(12.34m);
        answer.Json.GetProperty("message").GetString()!.ShouldContain("12.34 NGN");
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_reversed_corrected_repayment_does_not_count_and_keeps_its_correction()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, lender.Today);
        await VerifyAsync(id, new { amount = 1_040m, reason = Reason });
        var reversed = await lender.Manager.PutAsync(
            $"admin/repayments/{id}/reverse",
            new { reason = "The bank took it back." }
        );
        reversed.Data.GetProperty("repaymentAmount").GetDecimal().ShouldBe(1_040m);
        (await lender.ReadAsync(loan)).Balance.ShouldBe(loan.Balance);
        var listed = await ListedAsync(id);
        listed.GetProperty("rejectionReason").GetString().ShouldBe("The bank took it back.");
        listed.GetProperty("correctionReason").GetString().ShouldBe(Reason);
        (await ToldAsync(loan, "repayment.reversed")).GetProperty("repaymentAmount").GetDecimal().ShouldBe(1_040m);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Above_the_four_eyes_amount_the_second_officer_must_approve_the_same_terms()
    {
        await SetFourEyesAsync(200_000);
        try
        {
            var loan = await lender.OpenLoanAsync();
            var id = await lender.ReportAsync(loan, 250_000, lender.Today);
            (await StatusAsync(VerifyAsync(id, new { amount = 2_400m, reason = Reason }))).ShouldBe(
                "PENDING_VERIFICATION"
            );
            // Without a body the second officer approves the reported terms. These are other terms, so two approvals
            // are needed again.
            var other = await lender.SecondCashier.PutAsync($"admin/repayments/{id}/verify");
            other.Data.GetProperty("verificationStatus").GetString().ShouldBe("PENDING_VERIFICATION", other.Body);
            other.Data.GetProperty("firstApprovedBy").GetGuid().ShouldBe(lender.SecondCashier.UserId);
            (await StatusAsync(VerifyAsync(id, new { amount = 2_400m, reason = Reason }))).ShouldBe(
                "PENDING_VERIFICATION"
            );
            (await VerifyAsync(id, new { amount = 2_400m })).Code.ShouldBe("SECOND_OFFICER_REQUIRED");
            (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(250_000);

            var second = await lender.SecondCashier.PutAsync($"admin/repayments/{id}/verify", new { amount = 2_400m });
            second.Data.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED", second.Body);
            second.Data.GetProperty("correctionReason").GetString().ShouldBe(Reason);
            (await lender.ReadAsync(loan))
                .Events[^1]
                .ShouldBeOfType<PaymentReceived>()
                .Amount.MinorUnits.ShouldBe(240_000);
            (await ShownAsync(id))
                .GetProperty("decisions")
                .EnumerateArray()
                .Select(one => (one.GetProperty("kind").GetString(), one.GetProperty("repaymentAmount").GetDecimal()))
                .ShouldBe([
                    ("FIRST_APPROVAL", 2_400m),
                    ("FIRST_APPROVAL", 2_500m),
                    ("FIRST_APPROVAL", 2_400m),
                    ("VERIFIED", 2_400m),
                ]);
            await server.ShouldAuditCleanAsync();
        }
        finally
        {
            await SetFourEyesAsync(null);
        }
    }

    [Fact]
    public async Task One_officer_cannot_correct_an_amount_across_the_four_eyes_amount()
    {
        await SetFourEyesAsync(200_000);
        try
        {
            var loan = await lender.OpenLoanAsync();
            var small = await lender.ReportAsync(loan, 100_000, lender.Today);
            (await StatusAsync(VerifyAsync(small, new { amount = 2_000.01m, reason = Reason }))).ShouldBe(
                "PENDING_VERIFICATION"
            );
            var large = await lender.ReportAsync(loan, 200_001, lender.Today);
            (await StatusAsync(VerifyAsync(large, new { amount = 1m, reason = Reason }))).ShouldBe(
                "PENDING_VERIFICATION"
            );
        }
        finally
        {
            await SetFourEyesAsync(null);
        }
    }

    [Fact]
    public async Task Refusals_name_every_field_and_change_nothing()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, lender.Today);
        var wrong = await VerifyAsync(id, new { amount = 0, paymentDate = Day(lender.Today.AddDays(1)) });
        (wrong.Status, wrong.Code).ShouldBe((422, "VALIDATION_ERROR"));
        wrong
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("field").GetString())
            .ShouldBe(["amount", "paymentDate", "reason"]);
        var early = await VerifyAsync(
            id,
            new { paymentDate = Day(loan.DisbursedOn!.Value.AddDays(-1)), reason = Reason }
        );
        early.Json.GetProperty("message").GetString()!.ShouldContain($"from {Day(loan.DisbursedOn.Value)}");
        (await VerifyAsync(id, new { reason = Reason })).Code.ShouldBe("VALIDATION_ERROR");
        (await VerifyAsync(id, new { amount = 1.001m, reason = Reason })).Code.ShouldBe("VALIDATION_ERROR");
        (await lender.ReadAsync(loan)).ShouldBe(loan with { Pending = Kobo(Installment) }, new SameFile());

        // A decided repayment cannot be corrected, even by an invalid correction.
        await VerifyAsync(id, new { });
        (await VerifyAsync(id, new { amount = 0 })).Code.ShouldBe("ALREADY_DECIDED");
    }

    // Today's balance must not include tomorrow's money.
    [Fact]
    public async Task Money_dated_tomorrow_is_not_verified_today()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, lender.Today.AddDays(1));
        var early = await lender.Cashier.PutAsync($"admin/repayments/{id}/verify");
        (early.Status, early.Code).ShouldBe((409, "PAYMENT_DATE_AHEAD"));
        early.Json.GetProperty("message").GetString()!.ShouldContain(Day(lender.Today.AddDays(1)));
        var corrected = await VerifyAsync(id, new { paymentDate = Day(lender.Today), reason = "It is there." });
        corrected.Data.GetProperty("paymentDate").GetString().ShouldBe(Day(lender.Today));
    }

    [Fact]
    public async Task Of_concurrent_different_corrections_one_counts()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, lender.Today);
        var answers = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(turn => VerifyAsync(id, new { amount = 1_000m + turn, reason = Reason }))
        );
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "ALREADY_DECIDED");
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_key_belongs_to_one_correction()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, lender.Today);
        var key = server.Ids.Next().ToString();
        var first = await VerifyAsync(id, new { amount = 1_040m, reason = Reason }, key);
        (await VerifyAsync(id, new { amount = 1_040.0m, reason = Reason }, key)).Body.ShouldBe(first.Body);
        (await VerifyAsync(id, new { amount = 1_041m, reason = Reason }, key)).Code.ShouldBe("IDEMPOTENCY_KEY_REUSED");
    }

    private Task<Reply> VerifyAsync(Guid id, object body, string? key = null) =>
        lender.Cashier.PutAsync($"admin/repayments/{id}/verify", body, key);

    private static async Task<string?> StatusAsync(Task<Reply> answering)
    {
        var answer = await answering;
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Data.GetProperty("verificationStatus").GetString();
    }

    private Task SetFourEyesAsync(long? above) => lender.ChangeAsync(("fourEyesAbove", above / 100m));

    private async Task<JsonElement> ListedAsync(Guid id)
    {
        var list = await lender.Customer.GetAsync($"user/list-customer-repayments/{lender.Customer.UserId}?size=200");
        return list.Data.EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == id);
    }

    private async Task<JsonElement> ShownAsync(Guid id) =>
        (await lender.Cashier.GetAsync($"admin/repayments/{id}")).Data;

    private async Task<JsonElement> OfficersAsync(StoredLoan loan, Guid id)
    {
        var list = await lender.Cashier.GetAsync($"admin/repayments/list?loanApplicationId={loan.ApplicationId}");
        return list.Data.EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == id);
    }

    private async Task<JsonElement> ToldAsync(StoredLoan loan, string type) =>
        JsonDocument.Parse((await lender.EventsOfAsync(loan)).Single(one => one.Type.Name == type).Payload).RootElement;

    private static string Day(DateOnly day) => $"{day:yyyy-MM-dd}";

    private sealed class SameFile : IEqualityComparer<StoredLoan>
    {
        public bool Equals(StoredLoan? one, StoredLoan? other) =>
            (one!.Balance, one.Pending.MinorUnits, one.Events.Count)
            == (other!.Balance, other.Pending.MinorUnits, other.Events.Count);

        public int GetHashCode(StoredLoan file) => file.Id.GetHashCode();
    }
}
