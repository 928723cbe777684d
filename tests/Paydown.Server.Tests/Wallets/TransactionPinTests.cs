using Microsoft.Extensions.DependencyInjection;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Wallets;

/// <summary><see cref="SetTransactionPin"/> sets PINs, and <see cref="TransactionPins"/> checks them.</summary>
public sealed class TransactionPinTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_first_pin_needs_the_password_and_later_ones_the_previous_pin_or_the_password()
    {
        var client = await server.Lender.AddCustomerAsync();
        (await PutAsync(client, "4821")).ShouldBeRefused(422, "VALIDATION_ERROR").Body.ShouldContain("password");
        (await PutAsync(client, "4821", currentPin: "1111")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await PutAsync(client, "4821", password: "Not-the-1")).ShouldBeRefused(403, "PASSWORD_WRONG");
        (await PutAsync(client, "4821", password: TestOrganisation.Password)).ShouldSucceed();
        (await PutAsync(client, "9173")).ShouldBeRefused(422, "VALIDATION_ERROR").Body.ShouldContain("currentPin");
        (await PutAsync(client, "9173", currentPin: "4822")).ShouldBeRefused(403, "TRANSACTION_PIN_WRONG");
        (await PutAsync(client, "9173", currentPin: "4821")).ShouldSucceed();
        (await PutAsync(client, "556677", password: TestOrganisation.Password)).ShouldSucceed();
        (await PutAsync(client, "9173", currentPin: "556677")).ShouldSucceed();
    }

    [Theory]
    [InlineData("1234", 422)]
    [InlineData("0000", 422)]
    [InlineData("123", 422)]
    [InlineData("1234567", 422)]
    [InlineData("12a4", 422)]
    public async Task A_malformed_pin_is_refused(string pin, int status)
    {
        var client = await server.Lender.AddCustomerAsync();
        (await PutAsync(client, pin, password: TestOrganisation.Password)).ShouldBeRefused(status, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Five_wrong_pins_on_two_servers_lock_even_the_right_one()
    {
        var customer = await server.Lender.AddCustomerAsync();
        await using var second = await server.StartSecondAsync();
        var other = customer.On(second);
        (await PutAsync(customer, "4821", password: TestOrganisation.Password)).ShouldSucceed();
        var guesses = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    TestWallet.UntilAnsweredAsync(() =>
                        PutAsync(i % 2 == 0 ? customer : other, "9173", currentPin: $"482{i + 2}", key: $"guess-{i}")
                    )
                )
        );
        guesses.Count(answer => answer.Code == "TRANSACTION_PIN_WRONG").ShouldBe(5);
        guesses.Count(answer => answer.Code == "TRANSACTION_PIN_LOCKED").ShouldBe(3);
        (await PutAsync(customer, "9173", currentPin: "4821")).ShouldBeRefused(403, "TRANSACTION_PIN_LOCKED");
        (await PutAsync(customer, "9173", password: TestOrganisation.Password)).ShouldBeRefused(
            403,
            "TRANSACTION_PIN_LOCKED"
        );
    }

    [Fact]
    public async Task A_lock_ends_after_a_quarter_of_an_hour_and_a_right_pin_deletes_the_failures()
    {
        var customer = await server.Lender.AddCustomerAsync();
        (await PutAsync(customer, "4821", password: TestOrganisation.Password)).ShouldSucceed();
        var time = server.Clock;
        var pins = new TransactionPins(
            server.Database,
            server.Services.GetRequiredService<PasswordHashingLimit>(),
            server.Ids,
            time
        );
        for (var i = 0; i < TransactionPins.FailuresMax; i++)
            (await CheckAsync(pins, customer, "0001")).ShouldBe("TRANSACTION_PIN_WRONG");
        (await CheckAsync(pins, customer, "4821")).ShouldBe("TRANSACTION_PIN_LOCKED");
        time.Advance(TransactionPins.FailureWindow);
        (await CheckAsync(pins, customer, "0001")).ShouldBe("TRANSACTION_PIN_WRONG");
        (
            await server.ScalarAsync<long>(
                "select count(*) from transaction_pin_failure where customer_id = $1",
                customer.UserId
            )
        ).ShouldBe(1);
        (await CheckAsync(pins, customer, "4821")).ShouldBeNull();
        (
            await server.ScalarAsync<long>(
                "select count(*) from transaction_pin_failure where customer_id = $1",
                customer.UserId
            )
        ).ShouldBe(0);
    }

    [Fact]
    public async Task Pin_and_password_are_stored_only_as_slow_hashes()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var first = await PutAsync(customer, "4821", password: TestOrganisation.Password, key: "pin-1");
        var again = await PutAsync(customer, "4821", password: "another password", key: "pin-1");
        (again.IsReplayed, again.Body).ShouldBe((true, first.Body));
        (
            await server.ScalarAsync<long>(
                "select count(*) from transaction_pin where customer_id = $1 and pin_hash like '$pbkdf2-sha512$%'",
                customer.UserId
            )
        ).ShouldBe(1);
    }

    // An earlier version accepted any PIN, or none, at a lender that asks for none.
    [Fact]
    public async Task A_pin_that_is_set_is_required_and_checked_even_if_the_organisation_asks_for_none()
    {
        await server.Lender.ChangeAsync(("asksTransactionPin", false));

        var setting = await TestWallet.CreateAsync(server, 1_000_00);
        var client = setting.Customer;
        (await TestWallet.SendAsync(client, setting.Transfer(1))).ShouldSucceed();
        (await PutAsync(client, "4821", password: TestOrganisation.Password)).ShouldSucceed();

        (await TestWallet.SendAsync(client, setting.Transfer(10))).ShouldBeRefused(422, "TRANSACTION_PIN_REQUIRED");
        foreach (var pin in (string[])["0000", "0001", "0002", "0003"])
        {
            (await TestWallet.SendAsync(client, setting.Transfer(10, pin))).ShouldBeRefused(
                403,
                "TRANSACTION_PIN_WRONG"
            );
        }

        (await TestWallet.SendAsync(client, setting.Transfer(10, "4821"))).ShouldSucceed();
        // A right PIN deletes the failures. Five failures in a row lock even the right PIN.
        for (var i = 0; i < TransactionPins.FailuresMax; i++)
        {
            (await TestWallet.SendAsync(client, setting.Transfer(10, "0000"))).ShouldBeRefused(
                403,
                "TRANSACTION_PIN_WRONG"
            );
        }

        (await TestWallet.SendAsync(client, setting.Transfer(10, "4821"))).ShouldBeRefused(
            403,
            "TRANSACTION_PIN_LOCKED"
        );
        (await TestWallet.SendAsync(client, setting.Transfer(10))).ShouldBeRefused(422, "TRANSACTION_PIN_REQUIRED");
        (await setting.BalanceAsync()).ShouldBe(989_00);
    }

    [Fact]
    public async Task A_pin_that_was_never_set_is_refused_with_instructions_to_set_one()
    {
        var setting = await TestWallet.CreateAsync(server, 1_000_00);
        var client = setting.Customer;
        var refused = await TestWallet.SendAsync(client, setting.Transfer(10, "1111"));
        refused.ShouldBeRefused(409, "TRANSACTION_PIN_NOT_SET").Body.ShouldContain("PUT user/transaction-pin");
        (await setting.BalanceAsync()).ShouldBe(1_000_00);
    }

    [Fact]
    public async Task If_two_proofs_are_sent_both_must_be_right()
    {
        var client = await server.Lender.AddCustomerAsync();
        (await PutAsync(client, "4821", "1111", TestOrganisation.Password))
            .ShouldBeRefused(422, "VALIDATION_ERROR")
            .Body.ShouldContain("currentPin");
        (await PutAsync(client, "4821", password: TestOrganisation.Password)).ShouldSucceed();
        (await PutAsync(client, "9173", "4821", "Not-the-1")).ShouldBeRefused(403, "PASSWORD_WRONG");
        (await PutAsync(client, "9173", "4822", TestOrganisation.Password)).ShouldBeRefused(
            403,
            "TRANSACTION_PIN_WRONG"
        );
        (await PutAsync(client, "9173", "4821", TestOrganisation.Password)).ShouldSucceed();
    }

    private async Task<string?> CheckAsync(TransactionPins pins, TestUser customer, string pin)
    {
        await server.Lender.ChangeAsync(("asksTransactionPin", true));

        await using var connection = await server.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        return (
            await pins.CheckAsync(
                connection,
                new CustomerId(customer.UserId),
                new(customer.OrganisationId),
                pin,
                true,
                default
            )
        )?.Code;
    }

    private static Task<Reply> PutAsync(
        TestUser client,
        string newPin,
        string? currentPin = null,
        string? password = null,
        string? key = null
    ) =>
        client.PutAsync(
            "user/transaction-pin",
            new
            {
                newPin,
                currentPin,
                password,
            },
            key
        );
}
