using System.Text.Json;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class PossibleDuplicateTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task The_same_transfer_reported_twice_is_marked_and_not_refused()
    {
        var loan = await lender.OpenLoanAsync();
        var first = await lender.PayAsync(loan, 50_000, lender.Today);
        var second = await lender.ReportAsync(loan, 50_000, lender.Today);
        var marks = await MarksAsync(loan);
        (marks[first], marks[second]).ShouldBe((null, first));
        (await lender.SecondCashier.PutAsync($"admin/repayments/{second}/verify")).Status.ShouldBe(200);

        // Each of the two repayments shows the other.
        (await DuplicatesAsync(first)).ShouldBe([second]);
        (await DuplicatesAsync(second)).ShouldBe([first]);
    }

    [Fact]
    public async Task A_record_of_an_officer_is_compared_with_reports()
    {
        var loan = await lender.OpenLoanAsync();
        var reported = await lender.ReportAsync(loan, 12_345, lender.Today.AddDays(-1));
        var recorded = await lender.Cashier.PostAsync(
            "admin/repayments",
            new
            {
                accountId = loan.Id,
                repaymentAmount = 123.45m,
                paymentMethod = "BANK_TRANSFER",
                paymentDate = $"{lender.Today.AddDays(-1):yyyy-MM-dd}",
            }
        );
        recorded.Data.GetProperty("possibleDuplicates")[0].GetProperty("id").GetGuid().ShouldBe(reported);
    }

    [Fact]
    public async Task The_same_reference_and_amount_are_marked_only_within_some_days()
    {
        var loan = await lender.OpenLoanAsync();
        var first = await lender.ReportAsync(loan, 7_000, lender.Today.AddDays(-DuplicateRules.DaysMax - 1));
        var near = await lender.ReportAsync(loan, 7_000, lender.Today.AddDays(-1));
        var far = await lender.ReportAsync(loan, 7_000, lender.Today);
        var other = await lender.ReportAsync(loan, 7_001, lender.Today);
        var marks = await MarksAsync(loan);
        marks[first].ShouldBeNull();
        marks[near].ShouldBe(first);
        marks[far].ShouldBe(near);
        marks[other].ShouldBeNull();
        (await DuplicatesAsync(first)).ShouldBe([near]);
    }

    [Fact]
    public async Task One_reference_on_two_loans_of_a_customer_is_marked_and_two_references_are_not()
    {
        var (one, two) = (await lender.OpenLoanAsync(), await lender.OpenLoanAsync());
        var first = await RecordAsync(one, "TRX 1");
        var second = await RecordAsync(two, "TRX 1");
        var third = await RecordAsync(two, "TRX 2", paidOn: lender.Today.AddDays(-1));
        (await MarksAsync(two))[second].ShouldBe(first);
        (await MarksAsync(two))[third].ShouldBeNull();
    }

    [Fact]
    public async Task A_rejected_withdrawn_or_reversed_repayment_is_not_a_duplicate()
    {
        var loan = await lender.OpenLoanAsync();
        var rejected = await lender.ReportAsync(loan, 9_000, lender.Today);
        await lender.Cashier.PutAsync($"admin/repayments/{rejected}/reject", new { reason = "Not found." });
        var withdrawn = await lender.ReportAsync(loan, 9_000, lender.Today);
        await lender.Customer.PutAsync($"user/repayments/{withdrawn}/withdraw");
        var reversed = await lender.PayAsync(loan, 9_000, lender.Today);
        await lender.Manager.PutAsync($"admin/repayments/{reversed}/reverse", new { reason = "Returned." });
        await lender.ReportAsync(loan, 9_000, lender.Today);
        (await MarksAsync(loan)).Values.ShouldAllBe(mark => mark == null);
    }

    [Fact]
    public async Task A_corrected_amount_is_compared_too()
    {
        var loan = await lender.OpenLoanAsync();
        var first = await lender.ReportAsync(loan, 10_000, lender.Today);
        await lender.Cashier.PutAsync(
            $"admin/repayments/{first}/verify",
            new { amount = 104, reason = "More has arrived." }
        );
        var second = await lender.ReportAsync(loan, 10_400, lender.Today);
        (await MarksAsync(loan))[second].ShouldBe(first);
    }

    private async Task<Guid> RecordAsync(StoredLoan loan, string reference, DateOnly? paidOn = null)
    {
        var recorded = await lender.Cashier.PostAsync(
            "admin/repayments",
            new
            {
                accountId = loan.Id,
                repaymentAmount = 55.55m,
                paymentMethod = "BANK_TRANSFER",
                repaymentReference = reference,
                paymentDate = $"{paidOn ?? lender.Today:yyyy-MM-dd}",
            }
        );
        return recorded.Data.GetProperty("id").GetGuid();
    }

    private async Task<Dictionary<Guid, Guid?>> MarksAsync(StoredLoan loan)
    {
        var list = await lender.Cashier.GetAsync($"admin/repayments/list?loanApplicationId={loan.ApplicationId}");
        return list
            .Data.EnumerateArray()
            .ToDictionary(
                one => one.GetProperty("id").GetGuid(),
                one =>
                    one.GetProperty("possibleDuplicateOf") is { ValueKind: JsonValueKind.String } id
                        ? id.GetGuid()
                        : (Guid?)null
            );
    }

    private async Task<Guid[]> DuplicatesAsync(Guid id)
    {
        var shown = await lender.Cashier.GetAsync($"admin/repayments/{id}");
        return
        [
            .. shown
                .Data.GetProperty("possibleDuplicates")
                .EnumerateArray()
                .Select(one => one.GetProperty("id").GetGuid()),
        ];
    }
}
