using Paydown.Server.Platform.Identity;
using Paydown.Server.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

/// <summary>
/// <see cref="GetRepaymentInstructions"/>, <see cref="ListPendingRepayments"/> and
/// <see cref="ListRepaidTransactions"/>.
/// </summary>
public sealed class RepaymentReadsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Instructions_show_the_amount_the_account_and_the_reference()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new() { DaysAgo = 40 });
        await server.Lender.ReportAsync(file, 50_00, server.Today);
        var told = (await GetAsync(customer, $"user/repayment-instructions/{file.ApplicationId}")).ShouldSucceed();
        told.GetProperty("paymentReference").GetString().ShouldBe(file.Reference);
        told.GetProperty("paymentReferencePrinted").GetString()!.Replace(" ", "").ShouldBe(file.Reference);
        told.GetProperty("amountDue").GetRawText().ShouldBe("100");
        told.GetProperty("dueDate").GetString().ShouldBe($"{server.Today.AddDays(-10):yyyy-MM-dd}");
        told.GetProperty("overdueAmount").GetRawText().ShouldBe("100");
        told.GetProperty("overdueSince").GetString().ShouldBe($"{server.Today.AddDays(-10):yyyy-MM-dd}");
        told.GetProperty("amountReported").GetRawText().ShouldBe("50");
        told.GetProperty("nextInstallmentAmount").GetRawText().ShouldBe("100");
        told.GetProperty("nextDueDate").GetString().ShouldBe($"{server.Today.AddDays(20):yyyy-MM-dd}");
        told.GetProperty("totalPayable").GetRawText().ShouldBe("1150");
        told.GetProperty("bankAccountDetails")
            .GetRawText()
            .ShouldBe(
                "{\"accountNumber\":\"0000014579\",\"accountName\":\"Test Lender Collections\",\"bankCode\":\"011\","
                    + "\"bankName\":\"Example Bank\"}"
            );
        told.GetProperty("paymentMethods")[0].GetProperty("method").GetString().ShouldBe("BANK_TRANSFER");
        told.GetProperty("instructions")[0].GetProperty("step").GetInt32().ShouldBe(1);
        told.GetProperty("contactInformation").GetProperty("email").GetString().ShouldBe("help@lender.example");
    }

    [Fact]
    public async Task Instructions_count_a_reported_repayment_until_it_is_decided()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new());
        async Task<(string Reported, string? Since)> InstructionsAsync()
        {
            var told = (await GetAsync(customer, $"user/repayment-instructions/{file.ApplicationId}")).ShouldSucceed();
            return (told.GetProperty("amountReported").GetRawText(), told.GetProperty("overdueSince").GetString());
        }

        (await InstructionsAsync()).ShouldBe(("0", null));
        await server.Lender.ReportAsync(file, 50_00, server.Today);
        await server.Lender.RejectAsync(file, 20_00);
        (await InstructionsAsync()).ShouldBe(("50", null));
    }

    [Fact]
    public async Task A_loan_that_a_third_party_collects_has_no_instructions()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new() { Collector = "Example Collectors" });
        (await GetAsync(customer, $"user/repayment-instructions/{file.ApplicationId}")).ShouldBeRefused(
            409,
            "MANUAL_REPAYMENT_NOT_ALLOWED"
        );
    }

    [Fact]
    public async Task Unpaid_installments_of_all_active_loans_are_listed_by_due_date()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var late = await server.Lender.AddLoanAsync(customer, new() { DaysAgo = 40, PaidMinor = 30_00 });
        var running = await server.Lender.AddLoanAsync(customer, new() { PaidMinor = 30_00 });
        await server.Lender.AddLoanAsync(customer, new() { PaidMinor = 1_200_00 });
        var answer = await GetAsync(customer, $"user/pending-repayments/{customer.UserId}?size=3");
        var rows = answer.ShouldSucceed().EnumerateArray().ToList();
        answer
            .Json.GetProperty("page")
            .GetRawText()
            .ShouldStartWith("""{"page":1,"size":3,"total":24,"totalIsExact":true,"next":""");
        rows.Select(row => row.GetProperty("status").GetString())
            .ShouldBe(["OVERDUE", "PENDING", "PARTIALLY_PAID"], ignoreOrder: true);
        rows[0].GetProperty("loanApplicationId").GetGuid().ShouldBe(late.ApplicationId!.Value.Value);
        rows[0].GetProperty("amountDue").GetRawText().ShouldBe("70");
        rows[0].GetProperty("principalAmount").GetRawText().ShouldBe("70");
        rows[0].GetProperty("daysOverdue").GetInt32().ShouldBe(10);
        rows.Skip(1).Select(row => row.GetProperty("accountId").GetGuid()).ShouldBe([late.Id.Value, running.Id.Value]);
        var last = await GetAsync(customer, $"user/pending-repayments/{customer.UserId}?page=3");
        last.ShouldSucceed().GetArrayLength().ShouldBe(4);
        (await GetAsync(customer, $"user/pending-repayments/{customer.UserId}?page=1000000&size=50"))
            .ShouldSucceed()
            .GetRawText()
            .ShouldBe("[]");
    }

    [Theory]
    [InlineData("size=51", 422)]
    [InlineData("size=0", 422)]
    [InlineData("page=0", 422)]
    [InlineData("page=99999999999999999999", 400)]
    [InlineData("page=one", 400)]
    [InlineData("page=1&page=2", 400)]
    public async Task An_invalid_page_is_refused(string query, int status)
    {
        var customer = await server.Lender.AddCustomerAsync();
        var answer = await GetAsync(customer, $"user/pending-repayments/{customer.UserId}?{query}");
        answer.Status.ShouldBe(status, answer.Body);
    }

    [Fact]
    public async Task Only_repayments_that_count_are_listed_as_completed()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new());
        var transfer = await server.Lender.PayAsync(file, 50_00, server.Today);
        var card = await server.Lender.PayAsync(file, 1_50, server.Today, "CARD");
        await server.Lender.ReportAsync(file, 1_00, server.Today);
        await server.Lender.RejectAsync(file, 1_00);
        await server.Lender.ReverseAsync(file, 1_00);
        var repaid = (await GetAsync(customer, $"user/repaid-transactions/{customer.UserId}")).ShouldSucceed();
        repaid.EnumerateArray().Select(row => row.GetProperty("repaymentId").GetGuid()).ShouldBe([card, transfer]);
        repaid.EnumerateArray().Select(row => row.GetProperty("status").GetString()).ShouldBe(["PAID", "VERIFIED"]);
        repaid[0]
            .GetRawText()
            .ShouldBe(
                $"{{\"repaymentId\":\"{card}\",\"loanApplicationId\":\"{file.ApplicationId}\",\"repaymentAmount\":1.5,"
                    + $"\"paymentDate\":\"{server.Today:yyyy-MM-dd}\","
                    + "\"paymentMethod\":\"CARD\",\"status\":\"PAID\"}"
            );
    }

    private async Task<Reply> GetAsync(TestUser caller, string path)
    {
        return await caller.GetAsync(path);
    }
}
