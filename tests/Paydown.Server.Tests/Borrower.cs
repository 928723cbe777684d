using Paydown.Server.Loans;

namespace Paydown.Server.Tests;

/// <summary>A customer with a loan and a bank account, who reports repayments.</summary>
public sealed record Borrower(TestUser Customer, StoredLoan Loan, Guid BankAccountId)
{
    /// <summary>A new customer of the server's first lender.</summary>
    public static Task<Borrower> CreateAsync(TestServer server, TestLoan? loan = null) =>
        CreateAsync(server.Lender, loan);

    /// <summary>A new customer of a lender.</summary>
    public static async Task<Borrower> CreateAsync(TestOrganisation lender, TestLoan? loan = null)
    {
        var customer = await lender.AddCustomerAsync();
        return new Borrower(
            customer,
            await lender.AddLoanAsync(customer, loan),
            await lender.BankAccountOfAsync(customer)
        );
    }

    public Task<Reply> ListAsync(string query = "") =>
        Customer.GetAsync($"user/list-customer-repayments/{Customer.UserId}{query}");

    /// <summary>Reports a repayment, correct unless the arguments say otherwise.</summary>
    public Task<Reply> ReportAsync(
        decimal amount,
        string? key = null,
        string? reference = null,
        DateOnly? paidOn = null,
        Guid? userId = null,
        Guid? customerId = null,
        Guid? accountId = null,
        Guid? bankAccountId = null,
        TestUser? caller = null,
        string version = "v1"
    )
    {
        var body = new Dictionary<string, object>
        {
            ["repaymentAmount"] = amount,
            ["customerId"] = customerId ?? Customer.UserId,
            ["accountId"] = accountId ?? Loan.Id.Value,
            ["bankAccountId"] = bankAccountId ?? BankAccountId,
            ["repaymentReference"] = reference ?? Loan.Reference,
        };
        if (paidOn is { } day)
            body["paymentDate"] = $"{day:yyyy-MM-dd}";
        return (caller ?? Customer).PostAsync(
            $"../../{version}/services/user/repay-loan/{userId ?? Customer.UserId}",
            body,
            key
        );
    }
}
