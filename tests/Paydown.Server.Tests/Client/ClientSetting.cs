using Paydown.Client;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Tests.Client;

/// <summary>A customer with a loan and a bank account, and clients for users.</summary>
internal sealed record ClientSetting(TestServer Server, TestUser Customer, StoredLoan Loan, Guid BankAccountId)
{
    /// <summary>Options for tests: retries are almost immediate.</summary>
    public static PaydownClientOptions Options { get; } = new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    public static async Task<ClientSetting> CreateAsync(TestServer server, TestLoan? loan = null)
    {
        var customer = await server.Lender.AddCustomerAsync();
        return new(
            server,
            customer,
            await server.Lender.AddLoanAsync(customer, loan ?? new TestLoan()),
            await server.Lender.BankAccountOfAsync(customer)
        );
    }

    /// <summary>A client for the customer, over a line that tests can break.</summary>
    public PaydownClient Client(Line? line = null, PaydownClientOptions? options = null) =>
        ClientOf(Customer, line, options);

    /// <summary>A client for a new officer of the lender.</summary>
    public async Task<PaydownClient> OfficerAsync(Role role) =>
        ClientOf(await Server.Lender.AddUserAsync(role), line: null, options: null);

    /// <summary>A report with the loan's reference.</summary>
    public RepaymentReport Report(decimal amount) =>
        new()
        {
            RepaymentAmount = amount,
            CustomerId = Customer.UserId,
            AccountId = Loan.Id.Value,
            BankAccountId = BankAccountId,
            RepaymentReference = Loan.Reference,
        };

    /// <summary>The number of repayments of the customer.</summary>
    public Task<long> CountRepaymentsAsync() =>
        Server.ScalarAsync<long>("select count(*) from repayment where customer_id = $1", Customer.UserId);

    private PaydownClient ClientOf(TestUser caller, Line? line, PaydownClientOptions? options)
    {
        var client = new PaydownClient(
            new HttpClient(line ?? new Line()),
            (options ?? Options) with
            {
                Address = Server.Address,
            }
        );
        client.SignIn.Resume(new PaydownSession { AccessToken = caller.Token });
        return client;
    }
}
