using Npgsql;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Wallets;

/// <summary><see cref="TransferFunds"/> and its refusals.</summary>
public sealed class TransferFundsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Amount_and_fee_leave_the_wallet_at_once_and_are_published()
    {
        await SetFeeAsync(25_00);
        var setting = await TestWallet.CreateAsync(server, 1_000_00);
        var client = setting.Customer;
        var answer = await TestWallet.SendAsync(client, setting.Transfer(900.50m), "key-1");
        var data = answer.ShouldSucceed();
        var id = data.GetProperty("transferId").GetGuid();
        data.EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe([
                "transactionReference",
                "transferId",
                "amount",
                "status",
                "transferDate",
                "estimatedSettlementTime",
                "fee",
            ]);
        (data.GetProperty("amount").GetDecimal(), data.GetProperty("fee").GetDecimal()).ShouldBe((900.50m, 25m));
        data.GetProperty("status").GetString().ShouldBe("PENDING");
        (await setting.BalanceAsync()).ShouldBe(74_50);
        (await CountEventsAsync(setting)).ShouldBe(1);

        var again = await TestWallet.SendAsync(client, setting.Transfer(900.50m), "key-1");
        (again.IsReplayed, again.Body).ShouldBe((true, answer.Body));
        (await setting.BalanceAsync()).ShouldBe(74_50);

        var shown = (
            await client.GetAsync($"user/check-transfer-status/{data.GetProperty("transactionReference")}")
        ).ShouldSucceed();
        shown.GetProperty("transferStatus").GetString().ShouldBe("PENDING");
        shown.GetProperty("transferId").GetGuid().ShouldBe(id);
        await SetFeeAsync(0);
    }

    [Fact]
    public async Task An_invalid_transfer_is_refused_and_takes_nothing()
    {
        await SetFeeAsync(25_00);
        var setting = await TestWallet.CreateAsync(server, 1_000_00);
        var other = await TestWallet.CreateAsync(server, 1_000_00);
        var client = setting.Customer;
        Dictionary<string, object?> With(string name, object? value) => new(setting.Transfer(10)) { [name] = value };

        (await TestWallet.SendAsync(client, With("customerId", other.Customer.UserId))).ShouldBeRefused(
            403,
            "CUSTOMER_MISMATCH"
        );
        (await TestWallet.SendAsync(client, With("bankAccountId", other.BankAccountId))).ShouldBeRefused(
            403,
            "BANK_ACCOUNT_MISMATCH"
        );
        foreach (
            var (name, value) in new[]
            {
                ("accountNumber", "0000014579"),
                ("bankCode", "011"),
                ("accountName", "Bola Example"),
            }
        )
        {
            var refused = (await TestWallet.SendAsync(client, With(name, value))).ShouldBeRefused(
                422,
                "VALIDATION_ERROR"
            );
            refused.Json.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(name);
        }

        foreach (var amount in new[] { 0m, -1m, 0.001m })
            (await TestWallet.SendAsync(client, With("amount", amount))).ShouldBeRefused(422, "INVALID_AMOUNT");
        foreach (var amount in new[] { 975.01m, 1_000m, 92_233_720_368_547_757m })
        {
            (await TestWallet.SendAsync(client, With("amount", amount)))
                .ShouldBeRefused(422, "INSUFFICIENT_FUNDS")
                .Body.ShouldContain("1000.00 NGN");
        }

        (await setting.BalanceAsync()).ShouldBe(1_000_00);
        (await TestWallet.SendAsync(client, With("amount", 975m))).ShouldSucceed();
        (await setting.BalanceAsync()).ShouldBe(0);
        await SetFeeAsync(0);
    }

    [Fact]
    public async Task Of_50_concurrent_transfers_on_two_servers_only_those_that_the_wallet_covers_succeed()
    {
        var setting = await TestWallet.CreateAsync(server, 1_950_00);
        await using var second = await server.StartSecondAsync();
        var client = setting.Customer;
        var other = setting.Customer.On(second);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    TestWallet.UntilAnsweredAsync(() =>
                        TestWallet.SendAsync(i % 2 == 0 ? client : other, setting.Transfer(100), $"race-{i}")
                    )
                )
        );
        answers.Count(answer => (int)answer.Status == 200).ShouldBe(19);
        foreach (var answer in answers.Where(answer => (int)answer.Status != 200))
            answer.ShouldBeRefused(422, "INSUFFICIENT_FUNDS");
        (await setting.BalanceAsync()).ShouldBe(50_00);
        (
            await server.ScalarAsync<long>(
                "select count(*) from wallet_transfer where customer_id = $1",
                setting.Customer.UserId
            )
        ).ShouldBe(19);
    }

    [Fact]
    public async Task The_database_refuses_a_wallet_below_zero()
    {
        var setting = await TestWallet.CreateAsync(server, 10_00);
        var spend = server.BackDoor.ExecuteAsync(
            "update wallet set balance = balance - 1001 where customer_id = $1",
            setting.Customer.UserId
        );
        (await Should.ThrowAsync<PostgresException>(spend)).SqlState.ShouldBe("23514");
    }

    [Fact]
    public async Task A_pin_is_required_if_the_organisation_asks_for_one()
    {
        var setting = await TestWallet.CreateAsync(server, 1_000_00);
        var client = setting.Customer;
        await SetPinAskedAsync(true);
        try
        {
            (await TestWallet.SendAsync(client, setting.Transfer(10))).ShouldBeRefused(422, "TRANSACTION_PIN_REQUIRED");
            (await TestWallet.SendAsync(client, setting.Transfer(10, "4821"))).ShouldBeRefused(
                409,
                "TRANSACTION_PIN_NOT_SET"
            );
            (
                await client.PutAsync(
                    "user/transaction-pin",
                    new { newPin = "4821", password = TestOrganisation.Password }
                )
            ).ShouldSucceed();
            (await TestWallet.SendAsync(client, setting.Transfer(10, "4822"))).ShouldBeRefused(
                403,
                "TRANSACTION_PIN_WRONG"
            );
            (await TestWallet.SendAsync(client, setting.Transfer(10, "4821"))).ShouldSucceed();
            (await setting.BalanceAsync()).ShouldBe(990_00);
        }
        finally
        {
            await SetPinAskedAsync(false);
        }
    }

    [Fact]
    public async Task Officers_of_the_organisation_can_see_a_transfer_and_others_cannot()
    {
        var setting = await TestWallet.CreateAsync(server, 1_000_00);
        var reference = await setting.TransferAsync(10);
        foreach (
            var (lender, role, isSeen) in new[]
            {
                (server.Lender, Role.Customer, false),
                (server.Lender, Role.Cashier, true),
                (server.OtherLender, Role.Manager, false),
            }
        )
        {
            var client = await lender.AddUserAsync(role);
            var answer = await client.GetAsync($"user/check-transfer-status/{reference}");
            if (isSeen)
                answer.ShouldSucceed();
            else
                answer
                    .ShouldBeRefused(404, "NOT_FOUND")
                    .Body.ShouldBe((await client.GetAsync("user/check-transfer-status/no-reference")).Body);
        }
    }

    private Task<long> CountEventsAsync(TestWallet setting) =>
        server.ScalarAsync<long>(
            "select count(*) from outbox_event where customer_id = $1 and type = 'TRANSACTION_CREATED'",
            setting.Customer.UserId
        );

    private Task SetFeeAsync(long minor) => server.Lender.ChangeAsync(("withdrawalFee", minor / 100m));

    private Task SetPinAskedAsync(bool isAsked) => server.Lender.ChangeAsync(("asksTransactionPin", isAsked));
}
