using System.Net;
using System.Text.Json;
using Paydown.Client;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ClientRefusalTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_exception_carries_everything_in_the_refusal()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var line = new Line();
        var client = setting.Client(line);

        var refused = await Should.ThrowAsync<PaydownRefusedException>(() =>
            client.Repayments.ReportAsync(setting.Report(1200.01m))
        );
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (refused.Code, refused.Title).ShouldBe(("INVALID_AMOUNT", "Invalid Amount"));
        refused.Message.ShouldContain("1200");
        refused.InteractionId.ShouldBe(line.Interactions.Single());
        refused.IdempotencyKey.ShouldBe(line.Keys.Single());

        var invalid = await Should.ThrowAsync<PaydownRefusedException>(() =>
            client.Repayments.ReportAsync(setting.Report(1.005m) with { RepaymentReference = "" })
        );
        invalid.Errors.Select(error => error.Field).ShouldContain("repaymentReference");
        var unknown = await Should.ThrowAsync<PaydownRefusedException>(() => client.Loans.GetAsync(server.Ids.Next()));
        unknown.Status.ShouldBe(HttpStatusCode.NotFound);
        await Should.ThrowAsync<PaydownRefusedException>(async () =>
            await client.Repayments.ListAsync(server.Ids.Next()).ToListAsync()
        );
    }

    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"status":"SUCCESS"}""")]
    [InlineData(200, """{"status":"SUCCESS","data":null}""")]
    [InlineData(404, "<html>")]
    [InlineData(400, "{}")]
    public async Task A_response_that_is_not_paydowns_is_a_protocol_exception(int status, string body)
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var line = new Line { Break = (_, _, _) => Task.FromResult(Line.Canned(status, body)) };
        var client = setting.Client(line);

        var odd = await Should.ThrowAsync<PaydownProtocolException>(() =>
            client.Loans.GetTotalsAsync(setting.Customer.UserId)
        );
        ((int)odd.Status).ShouldBe(status);
        await Should.ThrowAsync<PaydownProtocolException>(async () =>
            await client.Repayments.ListAsync(setting.Customer.UserId).ToListAsync()
        );
    }

    [Theory]
    [InlineData("""{"status":"SUCCESS","data":[{"installmentNumber":1""")]
    [InlineData("""{"status":"SUCCESS","data":[""")]
    [InlineData("""{"status":"SUCCESS","data":{}}""")]
    [InlineData("""{"status":"SUCCESS","data":[{}]}""")]
    public async Task A_truncated_list_is_a_protocol_exception(string body)
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var line = new Line { Break = (_, _, _) => Task.FromResult(Line.Canned(200, body)) };

        await Should.ThrowAsync<PaydownProtocolException>(async () =>
            await setting.Client(line).Repayments.ListAsync(setting.Customer.UserId).ToListAsync()
        );
    }

    [Fact]
    public void Unknown_enum_values_can_be_read_but_not_sent()
    {
        JsonSerializer.Deserialize<AccountState>("\"FROZEN\"").ShouldBe(AccountState.Unknown);
        JsonSerializer.Deserialize<AccountState>("\"IN_ARREARS\"").ShouldBe(AccountState.InArrears);
        JsonSerializer.Serialize(RepaymentMethod.BankTransfer).ShouldBe("\"BANK_TRANSFER\"");
        Should.Throw<ArgumentException>(() => JsonSerializer.Serialize(ChargeKind.Unknown));
    }

    [Theory]
    [InlineData("1250.500", "1250.5")]
    [InlineData("50000.00", "50000")]
    [InlineData("0.01", "0.01")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void Money_is_sent_exactly_and_without_trailing_zeros(string amount, string sent) =>
        JsonSerializer.Serialize(decimal.Parse(amount), PaydownJson.Default.Decimal).ShouldBe(sent);
}
