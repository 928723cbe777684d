using Paydown.Lending.Wallets;
using Paydown.Server.Payments;
using Paydown.Server.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Wallets;

/// <summary>
/// <see cref="GetWallet"/>, <see cref="ListWalletEntries"/>, <see cref="ListTransfers"/> and
/// <see cref="GetTransferStatus"/>.
/// </summary>
public sealed class WalletReadsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_wallet_that_was_never_used_is_empty()
    {
        var customer = await server.Lender.AddCustomerAsync();
        (await customer.GetAsync($"user/wallet/{customer.UserId}"))
            .ShouldSucceed()
            .GetRawText()
            .ShouldBe($"{{\"customerId\":\"{customer.UserId}\",\"balance\":0,\"currencyCode\":\"NGN\"}}");
        (await customer.GetAsync($"user/wallet-history/{customer.UserId}")).ShouldSucceed().GetRawText().ShouldBe("[]");
        (await customer.GetAsync($"user/transfer-history/{customer.UserId}"))
            .ShouldSucceed()
            .GetRawText()
            .ShouldBe("[]");
    }

    [Fact]
    public async Task Every_movement_is_explained_with_the_balance_after_it()
    {
        var setting = await TestWallet.CreateAsync(server, 500_00, TestWallet.ClosedNumber);
        var reference = await setting.TransferAsync(120.50m);
        var time = server.Clock;
        var sandbox = new SandboxPartner(server.Database, time, TimeSpan.FromSeconds(2));
        var rounds = TestWallet.DispatcherOf(server, sandbox, time);
        await rounds.RunOnceAsync(default);
        time.Advance(TimeSpan.FromSeconds(2));
        await rounds.RunOnceAsync(default);

        var client = setting.Customer;
        var answer = await client.GetAsync($"user/wallet-history/{setting.Customer.UserId}?page=1&size=2");
        var items = answer.ShouldSucceed();
        items
            .EnumerateArray()
            .Select(item =>
                (
                    item.GetProperty("kind").GetString(),
                    item.GetProperty("amount").GetDecimal(),
                    item.GetProperty("balanceAfter").GetDecimal(),
                    item.GetProperty("transactionReference").GetString()
                )
            )
            .ShouldBe([
                ("WITHDRAWAL_FAILED", 120.50m, 500m, reference),
                ("FUNDS_WITHDRAWN", -120.50m, 379.50m, reference),
            ]);
        answer.Json.GetProperty("page").GetProperty("total").GetInt32().ShouldBe(3);
        var oldest = (
            await client.GetAsync($"user/wallet-history/{setting.Customer.UserId}?page=3&size=1")
        ).ShouldSucceed()[0];
        oldest.GetProperty("kind").GetString().ShouldBe("DISBURSED_TO_WALLET");
        oldest.GetProperty("balanceAfter").GetDecimal().ShouldBe(500m);
        (await client.GetAsync($"user/wallet-history/{setting.Customer.UserId}?page=9"))
            .Json.GetProperty("page")
            .GetProperty("total")
            .GetInt32()
            .ShouldBe(3);

        var transfers = (await client.GetAsync($"user/transfer-history/{setting.Customer.UserId}")).ShouldSucceed();
        var transfer = transfers.EnumerateArray().ShouldHaveSingleItem();
        transfer.GetProperty("transferStatus").GetString().ShouldBe("FAILED");
        transfer.GetProperty("failureReason").GetString().ShouldBe("The account is closed.");
        transfer
            .GetRawText()
            .ShouldBe((await client.GetAsync($"user/check-transfer-status/{reference}")).ShouldSucceed().GetRawText());
        TransferReference.TryParse(reference, out var transferId).ShouldBeTrue();
        transfer.GetProperty("transferId").GetGuid().ShouldBe(transferId.Value);
    }
}
