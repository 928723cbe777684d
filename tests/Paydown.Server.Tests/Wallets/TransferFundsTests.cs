using Npgsql;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Wallets;

/// <summary>How <see cref="TransferFunds"/> takes money from a wallet, and what it refuses.</summary>
public sealed class TransferFundsTests(LenderServer server) : IClassFixture<LenderServer>
{
    [Fact]
    public async Task Amount_and_fee_leave_the_wallet_at_once_and_are_told()
    {
        await SetFeeAsync(25_00);
        var setting = await WalletSetting.CreateAsync(server, 1_000_00);
        using var client = setting.Client();
        var answer = await WalletSetting.SendAsync(client, setting.Transfer(900.50m), "key-1");
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

        var again = await WalletSetting.SendAsync(client, setting.Transfer(900.50m), "key-1");
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
    public async Task What_is_wrong_is_refused_and_takes_nothing()
    {
        await SetFeeAsync(25_00);
        var setting = await WalletSetting.CreateAsync(server, 1_000_00);
        var other = await WalletSetting.CreateAsync(server, 1_000_00);
        using var client = setting.Client();
        Dictionary<string, object?> With(string name, object? value) => new(setting.Transfer(10)) { [name] = value };

        (await WalletSetting.SendAsync(client, With("customerId", other.Customer.UserId))).ShouldBeRefused(
            403,
            "CUSTOMER_MISMATCH"
        );
        (await WalletSetting.SendAsync(client, With("bankAccountId", other.BankAccountId))).ShouldBeRefused(
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
            var refused = (await WalletSetting.SendAsync(client, With(name, value))).ShouldBeRefused(
                422,
                "VALIDATION_ERROR"
            );
            refused.Json.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(name);
        }

        foreach (var amount in new[] { 0m, -1m, 0.001m })
            (await WalletSetting.SendAsync(client, With("amount", amount))).ShouldBeRefused(422, "INVALID_AMOUNT");
        foreach (var amount in new[] { 975.01m, 1_000m, 92_233_720_368_547_757m })
        {
            (await WalletSetting.SendAsync(client, With("amount", amount)))
                .ShouldBeRefused(422, "INSUFFICIENT_FUNDS")
                .Body.ShouldContain("1000.00 NGN");
        }

        (await setting.BalanceAsync()).ShouldBe(1_000_00);
        (await WalletSetting.SendAsync(client, With("amount", 975m))).ShouldSucceed();
        (await setting.BalanceAsync()).ShouldBe(0);
        await SetFeeAsync(0);
    }

    [Fact]
    public async Task Of_50_transfers_at_once_on_two_servers_just_those_succeed_that_the_wallet_can_bear()
    {
        var setting = await WalletSetting.CreateAsync(server, 1_950_00);
        await using var second = await server.StartSecondAsync();
        using var client = setting.Client();
        using var other = LenderServer.ClientOf(second, setting.Customer);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    WalletSetting.UntilAnsweredAsync(() =>
                        WalletSetting.SendAsync(i % 2 == 0 ? client : other, setting.Transfer(100), $"race-{i}")
                    )
                )
        );
        answers.Count(answer => (int)answer.Status == 200).ShouldBe(19);
        foreach (var answer in answers.Where(answer => (int)answer.Status != 200))
            answer.ShouldBeRefused(422, "INSUFFICIENT_FUNDS");
        (await setting.BalanceAsync()).ShouldBe(50_00);
        (
            await server.CountAsync(
                "select count(*) from wallet_transfer where customer_id = $1",
                setting.Customer.UserId
            )
        ).ShouldBe(19);
    }

    [Fact]
    public async Task The_database_refuses_a_wallet_below_zero()
    {
        var setting = await WalletSetting.CreateAsync(server, 10_00);
        await using var command = server.Database.CreateCommand(
            "update wallet set balance = balance - 1001 where customer_id = $1"
        );
        command.Parameters.Add(new() { Value = setting.Customer.UserId });
        (await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync())).SqlState.ShouldBe("23514");
    }

    [Fact]
    public async Task A_pin_is_asked_for_where_the_organisation_wants_one()
    {
        var setting = await WalletSetting.CreateAsync(server, 1_000_00);
        using var client = setting.Client();
        await SetPinAskedAsync(true);
        try
        {
            (await WalletSetting.SendAsync(client, setting.Transfer(10))).ShouldBeRefused(
                422,
                "TRANSACTION_PIN_REQUIRED"
            );
            (await WalletSetting.SendAsync(client, setting.Transfer(10, "4821"))).ShouldBeRefused(
                409,
                "TRANSACTION_PIN_NOT_SET"
            );
            (
                await client.PutAsync("user/transaction-pin", new { newPin = "4821", password = LenderServer.Password })
            ).ShouldSucceed();
            (await WalletSetting.SendAsync(client, setting.Transfer(10, "4822"))).ShouldBeRefused(
                403,
                "TRANSACTION_PIN_WRONG"
            );
            (await WalletSetting.SendAsync(client, setting.Transfer(10, "4821"))).ShouldSucceed();
            (await setting.BalanceAsync()).ShouldBe(990_00);
        }
        finally
        {
            await SetPinAskedAsync(false);
        }
    }

    [Fact]
    public async Task Others_cannot_see_a_transfer_and_officers_of_the_organisation_can()
    {
        var setting = await WalletSetting.CreateAsync(server, 1_000_00);
        var reference = await setting.TransferAsync(10);
        foreach (
            var (organisationId, role, isSeen) in new[]
            {
                (server.OrganisationId, Role.Customer, false),
                (server.OrganisationId, Role.Cashier, true),
                (server.OtherOrganisationId, Role.Manager, false),
            }
        )
        {
            using var client = server.ClientOf(await server.AddUserAsync(organisationId, role));
            var answer = await client.GetAsync($"user/check-transfer-status/{reference}");
            if (isSeen)
                answer.ShouldSucceed();
            else
                answer
                    .ShouldBeRefused(404, "NOT_FOUND")
                    .Body.ShouldBe((await client.GetAsync("user/check-transfer-status/no-reference")).Body);
        }
    }

    private Task<long> CountEventsAsync(WalletSetting setting) =>
        server.CountAsync(
            "select count(*) from outbox_event where customer_id = $1 and type = 'transaction.created'",
            setting.Customer.UserId
        );

    private Task SetFeeAsync(long minor) =>
        ExecuteAsync("update organisation set withdrawal_fee = $2 where id = $1", server.OrganisationId, minor);

    private Task SetPinAskedAsync(bool isAsked) =>
        ExecuteAsync("update organisation set asks_transaction_pin = $2 where id = $1", server.OrganisationId, isAsked);

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = server.Database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
