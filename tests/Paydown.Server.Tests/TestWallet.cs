using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Server.Organisations;
using Paydown.Server.Payments;
using Paydown.Server.Wallets;

namespace Paydown.Server.Tests;

/// <summary>A customer with money in the wallet and a bank account.</summary>
internal sealed record TestWallet(
    TestServer Server,
    TestUser Customer,
    Guid BankAccountId,
    string AccountNumber,
    string BankCode = "058"
)
{
    /// <summary>A bank account whose transfers the sandbox completes.</summary>
    public const string GoodNumber = "0123456785";

    /// <summary>A bank account that is closed in the sandbox.</summary>
    public const string ClosedNumber = "0000009011";

    /// <summary>A bank account whose transfers never end in the sandbox.</summary>
    public const string EndlessNumber = "0000009035";

    /// <summary>Creates a customer of the server's first lender.</summary>
    public static async Task<TestWallet> CreateAsync(
        TestServer server,
        long balanceMinor,
        string accountNumber = GoodNumber
    )
    {
        var customer = await server.Lender.AddCustomerAsync();
        var bankAccountId = await server.Lender.BankAccountOfAsync(customer, accountNumber);
        if (balanceMinor > 0)
            await server.Lender.FundWalletAsync(customer, balanceMinor);
        return new TestWallet(server, customer, bankAccountId, accountNumber);
    }

    /// <summary>Returns the body of a correct transfer.</summary>
    public Dictionary<string, object?> Transfer(decimal amount, string? pin = null) =>
        new()
        {
            ["customerId"] = Customer.UserId,
            ["amount"] = amount,
            ["bankAccountId"] = BankAccountId,
            ["accountNumber"] = AccountNumber,
            ["bankCode"] = BankCode,
            ["accountName"] = "EXAMPLE ADA",
            ["transactionPin"] = pin,
        };

    public static Task<Reply> SendAsync(TestUser customer, object body, string? key = null) =>
        customer.PostAsync("user/transfer-funds-to-bank", body, key);

    /// <summary>
    /// Repeats a request while the response is 503, as every client should. A request that waits too long for a lock
    /// gets 503, which happens on a busy machine.
    /// </summary>
    public static async Task<Reply> UntilAnsweredAsync(Func<Task<Reply>> send)
    {
        while (true)
        {
            var reply = await send();
            if (reply.Code != "SERVICE_UNAVAILABLE")
                return reply;
        }
    }

    /// <summary>Sends money to the bank account.</summary>
    /// <returns>The reference of the transfer.</returns>
    public async Task<string> TransferAsync(decimal amount) =>
        (await SendAsync(Customer, Transfer(amount))).ShouldSucceed().GetProperty("transactionReference").GetString()!;

    public async Task<string> StatusAsync(string reference) =>
        (await Customer.GetAsync($"user/check-transfer-status/{reference}"))
            .ShouldSucceed()
            .GetProperty("transferStatus")
            .GetString()!;

    public Task<long> BalanceAsync() => Server.Lender.ReadWalletAsync(Customer);

    /// <summary>Returns the dispatcher of a server, with another partner or clock.</summary>
    public static PaymentDispatcher DispatcherOf(
        TestServer server,
        IPaymentPartner? partner = null,
        TimeProvider? time = null
    ) =>
        new(
            server.Database,
            server.Services.GetRequiredService<OrganisationDirectory>(),
            partner ?? server.Services.GetRequiredService<IPaymentPartner>(),
            new TransferChanges(server.Ids),
            new PaymentOptions(),
            server.Ids,
            time ?? server.Clock,
            NullLogger<PaymentDispatcher>.Instance
        );
}
