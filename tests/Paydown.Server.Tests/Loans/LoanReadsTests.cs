using Paydown.Server.Applications;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary>
/// What <see cref="GetLoanDetails"/>, <see cref="ListActiveLoans"/>, <see cref="GetLoanHistory"/> and
/// <see cref="GetLoanTotals"/> show, and who may read it (<see cref="CustomerLoansReading"/>).
/// </summary>
public sealed class LoanReadsTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Details = "user/loan-details-with-payment-history";

    private static readonly string[] LoanFields =
    [
        "loanApplicationId",
        "customerId",
        "customerName",
        "customerEmail",
        "loanProductName",
        "loanApplicationStatus",
        "accountState",
        "loanAmount",
        "interestRate",
        "totalRepaymentAmount",
        "totalBalance",
        "principalBalance",
        "interestBalance",
        "feesBalance",
        "penaltyBalance",
        "totalAmountPaid",
        "principalPaid",
        "interestPaid",
        "feesPaid",
        "penaltyPaid",
        "applicationDate",
        "disbursementDate",
        "firstInstallmentDate",
        "maturityDate",
        "nextPaymentDueDate",
        "totalInstallments",
        "installmentsPaid",
        "installmentsRemaining",
        "loanDuration",
        "durationCounter",
        "loanRepaymentMethod",
        "isThirdPartyPayment",
        "repaymentBankName",
        "repaymentAccountNumber",
        "repaymentAccountName",
        "loanFullyRepaid",
        "currencyCode",
        "paymentHistory",
        "accountId",
        "overpaidAmount",
        "recoverableAmount",
        "chargedOffOn",
    ];

    private static readonly string[] HistoryFields =
    [
        "installmentNumber",
        "dueDate",
        "installmentAmount",
        "principalAmount",
        "interestAmount",
        "feesAmount",
        "penaltyAmount",
        "amountPaid",
        "outstandingAmount",
        "paymentStatus",
        "paymentDate",
        "daysOverdue",
        "writtenOffAmount",
    ];

    [Fact]
    public async Task A_loan_is_shown_with_every_field_of_the_contract_in_its_order()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new() { DaysAgo = 40, PaidMinor = 130_00 });
        var loan = (await GetAsync(customer, $"{Details}/{file.ApplicationId}")).ShouldSucceed();
        loan.EnumerateObject().Select(field => field.Name).ShouldBe(LoanFields);
        loan.GetProperty("customerName").GetString().ShouldBe("Ada Example");
        loan.GetProperty("loanApplicationStatus").GetString().ShouldBe("DISBURSED");
        loan.GetProperty("accountState").GetString().ShouldBe("ACTIVE");
        loan.GetProperty("totalRepaymentAmount").GetRawText().ShouldBe("1200");
        loan.GetProperty("totalBalance").GetRawText().ShouldBe("1070");
        loan.GetProperty("totalAmountPaid").GetRawText().ShouldBe("130");
        loan.GetProperty("overpaidAmount").GetRawText().ShouldBe("0");
        loan.GetProperty("installmentsPaid").GetInt32().ShouldBe(1);
        loan.GetProperty("installmentsRemaining").GetInt32().ShouldBe(11);
        loan.GetProperty("loanDuration").GetInt32().ShouldBe(360);
        loan.GetProperty("durationCounter").GetString().ShouldBe("DAYS");
        loan.GetProperty("nextPaymentDueDate").GetString().ShouldBe($"{server.Today.AddDays(20):yyyy-MM-dd}");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(24, 0)]
    [InlineData(24, 130_00)]
    public async Task Paid_and_outstanding_amounts_add_up_to_the_schedule(int rate, long paidMinor)
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(
            customer,
            new()
            {
                DaysAgo = 40,
                AnnualRatePercent = rate,
                PaidMinor = paidMinor,
            }
        );
        var loan = (await GetAsync(customer, $"{Details}/{file.ApplicationId}")).ShouldSucceed();
        var pending = (await GetAsync(customer, $"user/pending-repayments/{customer.UserId}?size=50")).ShouldSucceed();
        var balance = loan.GetProperty("totalBalance").GetDecimal();
        (loan.GetProperty("totalAmountPaid").GetDecimal() + balance).ShouldBe(
            loan.GetProperty("totalRepaymentAmount").GetDecimal()
        );
        pending.EnumerateArray().Sum(row => row.GetProperty("amountDue").GetDecimal()).ShouldBe(balance);
        new[] { "principalBalance", "interestBalance", "feesBalance", "penaltyBalance" }
            .Sum(part => loan.GetProperty(part).GetDecimal())
            .ShouldBe(balance);
    }

    [Fact]
    public async Task The_history_shows_the_state_of_each_installment()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new() { DaysAgo = 65, PaidMinor = 130_00 });
        var loan = (await GetAsync(customer, $"{Details}/{file.ApplicationId}")).ShouldSucceed();
        loan.GetProperty("accountState").GetString().ShouldBe("IN_ARREARS");
        var rows = loan.GetProperty("paymentHistory").EnumerateArray().ToList();
        rows.Count.ShouldBe(12);
        rows[0].EnumerateObject().Select(field => field.Name).ShouldBe(HistoryFields);
        rows.Take(3)
            .Select(row => row.GetProperty("paymentStatus").GetString())
            .ShouldBe(["PAID", "OVERDUE", "PENDING"]);
        rows[1].GetProperty("outstandingAmount").GetRawText().ShouldBe("70");
        rows[1].GetProperty("daysOverdue").GetInt32().ShouldBe(5);
        rows[0].GetProperty("paymentDate").GetString().ShouldBe($"{server.Today.AddDays(-64):yyyy-MM-dd}");
    }

    [Fact]
    public async Task Active_loans_and_the_history_are_newest_first_and_show_their_ids()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var running = await server.Lender.AddLoanAsync(customer, new());
        var closed = await server.Lender.AddLoanAsync(customer, new() { PaidMinor = 1_200_00 });
        var takenOver = await server.Lender.TakeOverLoanAsync(customer);

        var active = (await GetAsync(customer, $"user/manage-loans/{customer.UserId}")).ShouldSucceed();
        active.EnumerateArray().Select(AccountId).ShouldBe([takenOver.Id.Value, running.Id.Value]);
        active[0].TryGetProperty("paymentHistory", out _).ShouldBeFalse();
        active[0].GetProperty("loanApplicationId").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        foreach (var path in new[] { "get-loan-history", "loan-history" })
        {
            var history = await GetAsync(customer, $"user/{path}/{customer.UserId}?page=1&size=2");
            history.ShouldSucceed().EnumerateArray().Select(AccountId).ShouldBe([takenOver.Id.Value, closed.Id.Value]);
            history
                .Json.GetProperty("page")
                .GetRawText()
                .ShouldStartWith("""{"page":1,"size":2,"total":3,"totalIsExact":true,"next":""");
            var second = await GetAsync(customer, $"user/{path}/{customer.UserId}?page=2&size=2");
            second.ShouldSucceed().EnumerateArray().Select(AccountId).ShouldBe([running.Id.Value]);
        }
    }

    [Fact]
    public async Task Totals_add_up_all_loans()
    {
        var customer = await server.Lender.AddCustomerAsync();
        await server.Lender.AddLoanAsync(customer, new() { DaysAgo = 40, PaidMinor = 30_00 });
        await server.Lender.AddLoanAsync(customer, new());
        await server.Lender.AddLoanAsync(customer, new() { PaidMinor = 1_200_00 });
        var totals = (await GetAsync(customer, $"user/get-total/{customer.UserId}")).ShouldSucceed();
        totals
            .GetRawText()
            .ShouldBe(
                "{\"totalBorrowed\":3600,\"totalDisbursed\":3600,\"totalOutstanding\":2370,\"totalRepaid\":1230,"
                    + "\"activeLoans\":2,"
                    + $"\"nextDueDate\":\"{server.Today.AddDays(-10):yyyy-MM-dd}\",\"nextDueAmount\":70,"
                    + "\"currencyCode\":\"NGN\"}"
            );
    }

    [Fact]
    public async Task A_customer_without_loans_gets_empty_lists_and_zeros()
    {
        var customer = await server.Lender.AddCustomerAsync();
        (await GetAsync(customer, $"user/manage-loans/{customer.UserId}")).ShouldSucceed().GetRawText().ShouldBe("[]");
        (await GetAsync(customer, $"user/get-loan-history/{customer.UserId}"))
            .ShouldSucceed()
            .GetRawText()
            .ShouldBe("[]");
        var totals = (await GetAsync(customer, $"user/get-total/{customer.UserId}")).ShouldSucceed();
        totals.GetProperty("nextDueDate").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        totals.GetProperty("totalOutstanding").GetRawText().ShouldBe("0");
    }

    [Theory]
    [InlineData("user/manage-loans/")]
    [InlineData("user/get-loan-history/")]
    [InlineData("user/loan-history/")]
    [InlineData("user/get-total/")]
    [InlineData("user/list-customer-bank-accounts/")]
    [InlineData("user/pending-repayments/")]
    [InlineData("user/repaid-transactions/")]
    public async Task Another_customer_looks_like_one_who_does_not_exist(string path)
    {
        var customer = await server.Lender.AddCustomerAsync();
        var other = await server.Lender.AddCustomerAsync();
        var existing = (await GetAsync(customer, path + other.UserId)).ShouldBeRefused(403, "FORBIDDEN");
        (await GetAsync(customer, path + server.Ids.Next())).Body.ShouldBe(existing.Body);
    }

    [Theory]
    [InlineData("user/loan-details-with-payment-history/")]
    [InlineData("user/repayment-instructions/")]
    [InlineData("user/payoff-quote/")]
    public async Task Another_customers_application_looks_like_one_that_does_not_exist(string path)
    {
        var customer = await server.Lender.AddCustomerAsync();
        var other = await server.Lender.AddLoanAsync(await server.Lender.AddCustomerAsync(), new());
        var existing = (await GetAsync(customer, path + other.ApplicationId)).ShouldBeRefused(404, "NOT_FOUND");
        (await GetAsync(customer, path + server.Ids.Next())).Body.ShouldBe(existing.Body);
    }

    [Theory]
    [InlineData(Role.Cashier)]
    [InlineData(Role.Manager)]
    public async Task An_officer_sees_the_customers_of_the_same_organisation_and_no_others(Role role)
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new());
        var officer = await server.Lender.AddUserAsync(role);
        var stranger = await server.OtherLender.AddUserAsync(role);
        foreach (var path in OfficerPaths(customer.UserId, file))
        {
            (await GetAsync(officer, path)).ShouldSucceed();
            (await GetAsync(stranger, path)).ShouldBeRefused(404, "NOT_FOUND");
        }

        (await GetAsync(officer, $"user/manage-loans/{officer.UserId}")).ShouldBeRefused(404, "NOT_FOUND");
    }

    private static string[] OfficerPaths(Guid customerId, StoredLoan file) =>
        [
            $"user/manage-loans/{customerId}",
            $"user/get-loan-history/{customerId}",
            $"user/loan-history/{customerId}",
            $"user/get-total/{customerId}",
            $"user/list-customer-bank-accounts/{customerId}",
            $"{Details}/{file.ApplicationId}",
        ];

    private static Guid AccountId(System.Text.Json.JsonElement loan) => loan.GetProperty("accountId").GetGuid();

    private async Task<Reply> GetAsync(TestUser caller, string path)
    {
        return await caller.GetAsync(path);
    }
}
