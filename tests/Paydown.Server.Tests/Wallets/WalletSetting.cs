using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Server.Ledger;
using Paydown.Server.Organisations;
using Paydown.Server.Payments;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Wallets;

namespace Paydown.Server.Tests.Wallets;

/// <summary>A customer with money in the wallet and a bank account.</summary>
internal sealed record WalletSetting(
    LenderServer Server,
    Caller Customer,
    Guid BankAccountId,
    string AccountNumber,
    string BankCode = "058"
)
{
    /// <summary>Any account number but those that the sandbox answers in its own way.</summary>
    public const string GoodNumber = "0123456785";

    public const string ClosedNumber = "0000009011";

    public const string EndlessNumber = "0000009035";

    public static async Task<WalletSetting> CreateAsync(
        LenderServer server,
        long balanceMinor,
        string accountNumber = GoodNumber
    )
    {
        var customer = await server.AddCustomerAsync();
        var bankAccountId = server.Ids.Next();
        await using (
            var command = server.Database.CreateCommand(
                """
                insert into bank_account (customer_id, id, organisation_id, account_number, account_name, bank_code,
                                          bank_name, account_type, is_default, is_verified, recorded_at)
                values ($1, $2, $3, $4, 'Ada Example', '058', 'Example Bank', 'SAVINGS', true, true, now())
                """
            )
        )
        {
            object[] values = [customer.UserId, bankAccountId, customer.OrganisationId, accountNumber];
            foreach (var value in values)
                command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync();
        }

        var setting = new WalletSetting(server, customer, bankAccountId, accountNumber);
        if (balanceMinor > 0)
            await setting.FillAsync(balanceMinor);
        return setting;
    }

    public ApiClient Client() => Server.ClientOf(Customer);

    /// <summary>Books money into the wallet, as a disbursement does.</summary>
    public async Task FillAsync(long amountMinor)
    {
        await using var connection = await Server.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await WalletStore.LockAsync(connection, Customer.UserId, Customer.OrganisationId, LenderServer.Naira, default);
        var entry = PostingRules.DisbursedToWallet(
            Server.Ids.Next(),
            new Money(amountMinor, LenderServer.Naira),
            LenderServer.Today
        );
        await using var batch = new NpgsqlBatch(connection);
        WalletStore.AddTo(
            batch,
            [
                new WalletMovement(
                    Customer.UserId,
                    Customer.OrganisationId,
                    new BookedEntry(Server.Ids.Next(), entry),
                    TimeProvider.System.GetUtcNow()
                ),
            ]
        );
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    /// <summary>The body of a transfer, right in all but what is given.</summary>
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

    public static Task<ApiAnswer> SendAsync(ApiClient client, object body, string? key = null) =>
        client.PostAsync("user/transfer-funds-to-bank", body, key);

    /// <summary>
    /// Does it again, as every client should, where the server asks for that: what waits for a lock for too long gets
    /// 503, and on a busy machine a crowd does.
    /// </summary>
    public static async Task<ApiAnswer> UntilAnsweredAsync(Func<Task<ApiAnswer>> send)
    {
        while (true)
        {
            var answer = await send();
            if (answer.Code != "SERVICE_UNAVAILABLE")
                return answer;
        }
    }

    /// <summary>Sends money.</summary>
    /// <returns>The reference.</returns>
    public async Task<string> TransferAsync(decimal amount)
    {
        using var client = Client();
        return (await SendAsync(client, Transfer(amount), Server.Ids.Next().ToString()))
            .ShouldSucceed()
            .GetProperty("transactionReference")
            .GetString()!;
    }

    public async Task<string> StatusAsync(string reference)
    {
        using var client = Client();
        return (await client.GetAsync($"user/check-transfer-status/{reference}"))
            .ShouldSucceed()
            .GetProperty("transferStatus")
            .GetString()!;
    }

    public Task<long> BalanceAsync() =>
        Server.CountAsync("select balance from wallet where customer_id = $1", Customer.UserId);

    /// <summary>The rounds of a server, with a partner and a clock of the test's own.</summary>
    public static PaymentDispatcher RoundsOf(LenderServer server, IPaymentPartner partner, TimeProvider time) =>
        new(
            server.Database,
            server.Services.GetRequiredService<OrganisationDirectory>(),
            partner,
            new TransferChanges(server.Ids),
            new PaymentOptions(),
            server.Ids,
            time,
            NullLogger<PaymentDispatcher>.Instance
        );
}
