using System.Net;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class RepayLoanTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_reported_repayment_awaits_verification_and_lowers_the_total_payable()
    {
        var borrower = await NewBorrowerAsync();
        var recorded = (await borrower.ReportAsync(250.5m)).ShouldSucceed();
        recorded.GetProperty("repaymentAmount").GetDecimal().ShouldBe(250.5m);
        recorded.GetProperty("customerName").GetString().ShouldBe("Ada Example");
        recorded.GetProperty("loanProductName").GetString().ShouldBe("Salary Loan");
        recorded.GetProperty("repaymentReference").GetString().ShouldBe(borrower.Loan.Reference);
        recorded.GetProperty("verificationStatus").GetString().ShouldBe("PENDING_VERIFICATION");

        var listed = (await borrower.ListAsync()).ShouldSucceed()[0];
        listed.GetProperty("id").GetGuid().ShouldBe(recorded.GetProperty("id").GetGuid());
        listed.GetProperty("loanAmountPaid").GetBoolean().ShouldBeFalse();
        listed.GetProperty("totalBalance").GetDecimal().ShouldBe(1200);
        listed.GetProperty("totalPayable").GetDecimal().ShouldBe(949.5m);
        (await borrower.ReportAsync(949.51m))
            .ShouldBeRefused(422, "INVALID_AMOUNT")
            .Json.GetProperty("message")
            .GetString()!
            .ShouldContain("949.50 NGN");
        (await borrower.ReportAsync(949.5m)).ShouldSucceed();
        (await borrower.ReportAsync(0.01m))
            .ShouldBeRefused(422, "INVALID_AMOUNT")
            .Json.GetProperty("message")
            .GetString()!
            .ShouldStartWith("Repayments of 1200.00 NGN on this loan await verification and cover all");
    }

    [Fact]
    public async Task Each_refusal_has_its_status_code_and_title_and_writes_nothing()
    {
        var borrower = await NewBorrowerAsync();
        var other = await NewBorrowerAsync();
        await RefusedAsync(borrower, 403, "CUSTOMER_MISMATCH", "Unauthorized", customerId: other.Customer.UserId);
        await RefusedAsync(borrower, 403, "CUSTOMER_MISMATCH", "Unauthorized", userId: other.Customer.UserId);
        await RefusedAsync(borrower, 404, "LOAN_NOT_FOUND", "Loan Not Found", accountId: other.Loan.Id.Value);
        await RefusedAsync(
            borrower,
            403,
            "BANK_ACCOUNT_MISMATCH",
            "Bank Account Mismatch",
            bankAccountId: other.BankAccountId
        );
        await RefusedAsync(borrower, 422, "INVALID_AMOUNT", "Invalid Amount", amount: 0);
        await RefusedAsync(borrower, 422, "INVALID_AMOUNT", "Invalid Amount", amount: -5);
        await RefusedAsync(borrower, 422, "INVALID_AMOUNT", "Invalid Amount", amount: 1.001m);
        var takenOver = borrower with { Loan = await server.Lender.TakeOverLoanAsync(borrower.Customer) };
        await RefusedAsync(takenOver, 422, "LOAN_APPLICATION_MISSING", "Missing Loan Application");
        var closed = await NewBorrowerAsync(new TestLoan { PaidMinor = 1_200_00 });
        await RefusedAsync(closed, 409, "LOAN_CLOSED", "Loan Closed");
        var overpaid = await NewBorrowerAsync(new TestLoan { PaidMinor = 1_300_00 });
        await RefusedAsync(overpaid, 409, "LOAN_CLOSED", "Loan Closed");
        var collected = await NewBorrowerAsync(new TestLoan { Collector = "Example Collections" });
        await RefusedAsync(collected, 409, "MANUAL_REPAYMENT_NOT_ALLOWED", "Manual Repayment Not Allowed");
    }

    [Fact]
    public async Task Two_hundred_calls_with_one_key_make_one_repayment_and_get_one_response()
    {
        var borrower = await NewBorrowerAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => borrower.ReportAsync(10, key: "one")));
        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Body).Distinct().Count().ShouldBe(1);
        answers.Count(answer => !answer.IsReplayed).ShouldBe(1);
        (await CountAsync(borrower)).ShouldBe(1);
    }

    [Fact]
    public async Task Concurrent_uses_of_one_key_on_two_servers_make_one_repayment()
    {
        var borrower = await NewBorrowerAsync();
        await using var second = await server.StartSecondAsync();
        var elsewhere = borrower.Customer.On(second);
        for (var round = 0; round < 10; round++)
        {
            var key = $"round-{round}";
            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 40)
                    .Select(i => borrower.ReportAsync(1 + round, key: key, caller: i % 2 == 0 ? null : elsewhere))
            );
            answers.Select(answer => answer.Body).Distinct().Count().ShouldBe(1);
            answers.Count(answer => !answer.IsReplayed).ShouldBe(1);
        }

        (await CountAsync(borrower)).ShouldBe(10);
    }

    [Fact]
    public async Task A_key_with_another_body_is_refused_and_one_with_the_same_meaning_is_replayed()
    {
        var borrower = await NewBorrowerAsync();
        var first = await borrower.ReportAsync(10, key: "k");
        (await borrower.ReportAsync(10.01m, key: "k")).ShouldBeRefused(422, "IDEMPOTENCY_KEY_REUSED");
        var again = await borrower.ReportAsync(10.0m, key: "k", version: "v6");
        again.Body.ShouldBe(first.Body);
        again.IsReplayed.ShouldBeTrue();
        (await CountAsync(borrower)).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_belongs_to_its_caller()
    {
        var (one, two) = (await NewBorrowerAsync(), await NewBorrowerAsync());
        var first = (await one.ReportAsync(10, key: "shared")).ShouldSucceed();
        var second = (await two.ReportAsync(20, key: "shared")).ShouldSucceed();
        second.GetProperty("id").GetGuid().ShouldNotBe(first.GetProperty("id").GetGuid());
        second.GetProperty("repaymentAmount").GetDecimal().ShouldBe(20);
    }

    [Fact]
    public async Task A_key_can_be_used_again_after_a_refusal()
    {
        var borrower = await NewBorrowerAsync();
        (await borrower.ReportAsync(5000, key: "k")).ShouldBeRefused(422, "INVALID_AMOUNT");
        (await borrower.ReportAsync(50, key: "k")).ShouldSucceed();
    }

    [Fact]
    public async Task Concurrent_reports_never_exceed_the_debt()
    {
        var borrower = await NewBorrowerAsync();
        await using var second = await server.StartSecondAsync();
        var elsewhere = borrower.Customer.On(second);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(i => borrower.ReportAsync(100, key: $"k{i}", caller: i % 2 == 0 ? null : elsewhere))
        );
        answers.Count(answer => answer.Status == 200).ShouldBe(12);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "INVALID_AMOUNT");
    }

    [Fact]
    public async Task A_different_reference_and_a_payment_date_are_stored_as_sent()
    {
        var borrower = await NewBorrowerAsync();
        (await borrower.ReportAsync(10, reference: "my payment", paidOn: server.Today.AddDays(-3)))
            .ShouldSucceed()
            .GetProperty("message")
            .GetString()!
            .ShouldContain("reference");
        var listed = (await borrower.ListAsync()).Data[0];
        listed.GetProperty("repaymentReference").GetString().ShouldBe("my payment");
        listed.GetProperty("paymentDate").GetString().ShouldBe($"{server.Today.AddDays(-3):yyyy-MM-dd}");
        (await borrower.ReportAsync(10, paidOn: server.Today.AddDays(2))).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await borrower.ReportAsync(10, paidOn: server.Today.AddDays(-11))).ShouldBeRefused(422, "VALIDATION_ERROR");
    }

    private async Task RefusedAsync(
        Borrower borrower,
        int status,
        string code,
        string title,
        decimal amount = 10,
        Guid? userId = null,
        Guid? customerId = null,
        Guid? accountId = null,
        Guid? bankAccountId = null
    )
    {
        var before = await CountAsync(borrower);
        var answer = await borrower.ReportAsync(
            amount,
            userId: userId,
            customerId: customerId,
            accountId: accountId,
            bankAccountId: bankAccountId
        );
        answer.ShouldBeRefused(status, code).Json.GetProperty("error").GetString().ShouldBe(title);
        (await CountAsync(borrower)).ShouldBe(before);
    }

    private Task<long> CountAsync(Borrower borrower) =>
        server.ScalarAsync<long>("select count(*) from repayment where customer_id = $1", borrower.Customer.UserId);

    private Task<Borrower> NewBorrowerAsync(TestLoan? loan = null) => Borrower.CreateAsync(server, loan);
}
