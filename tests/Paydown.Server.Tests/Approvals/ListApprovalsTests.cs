using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Server.Approvals;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Approvals;

/// <summary><see cref="ListApprovals"/>, and the approvals in the officers' lists.</summary>
public sealed class ListApprovalsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    public async ValueTask InitializeAsync() => await lender.ChangeAsync(("fourEyesAbove", 100));

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task An_awaited_act_is_listed_until_it_is_done_replaced_or_invalid()
    {
        var (charged, waived) = (await lender.OpenLoanAsync(), await lender.OpenLoanAsync());
        await ChargeAsync(charged.Id.Value, 200);
        await ChargeAsync(charged.Id.Value, 300);
        (
            await lender.SecondManager.PutAsync(
                $"admin/loans/{waived.Id}/waive",
                new
                {
                    debt = "INTEREST",
                    amount = 101,
                    reason = "Kind",
                }
            )
        ).Status.ShouldBe(200);
        var settings = JsonNode.Parse((await lender.Manager.GetAsync("admin/organisation")).Body)!["data"]!;
        settings["fourEyesAbove"] = null;
        (await lender.Manager.PutAsync("admin/organisation", settings)).Status.ShouldBe(200);

        var listed = await ListAsync();
        listed
            .Select(one => one.GetProperty("act").GetString())
            .ShouldBe(["APPLY_CHARGE", "WAIVE_DEBT", "CHANGE_ORGANISATION"]);
        var charge = listed[0];
        charge.GetProperty("amount").GetDecimal().ShouldBe(300);
        charge.GetProperty("terms").GetProperty("amount").GetDecimal().ShouldBe(300);
        charge.GetProperty("accountId").GetGuid().ShouldBe(charged.Id.Value);
        charge.GetProperty("customerName").GetString().ShouldBe("Ada Example");
        charge.GetProperty("reason").GetString().ShouldBe("Court costs");
        charge.GetProperty("firstApprovedBy").GetGuid().ShouldBe(lender.Manager.UserId);
        charge.GetProperty("firstApprovedByName").GetString().ShouldBe("Ada Example");
        listed[2].GetProperty("terms").GetProperty("weakens")[0].GetString().ShouldBe("fourEyesAbove");
        (await server.OtherLender.Manager.GetAsync("admin/approvals")).Data.GetArrayLength().ShouldBe(0);
        (await lender.Customer.GetAsync("admin/approvals")).Status.ShouldBe(403);

        var first = await lender.Cashier.GetAsync("admin/approvals?size=1");
        var next = first.Json.GetProperty("page").GetProperty("next").GetString();
        (await lender.Cashier.GetAsync($"admin/approvals?size=1&after={next}"))
            .Data[0]
            .GetProperty("act")
            .GetString()
            .ShouldBe("WAIVE_DEBT");

        await ChargeAsync(charged.Id.Value, 300, second: true);
        await lender.PayAsync(waived, 1, lender.Today);
        (await ListAsync()).Select(one => one.GetProperty("act").GetString()).ShouldBe(["CHANGE_ORGANISATION"]);
    }

    [Fact]
    public async Task The_list_of_repayments_shows_how_many_officers_are_needed()
    {
        var loan = await lender.OpenLoanAsync();
        var (large, small) = (
            await lender.ReportAsync(loan, 10_001, lender.Today),
            await lender.ReportAsync(loan, 10_000, lender.Today)
        );
        (await NeededAsync(large), await NeededAsync(small)).ShouldBe((2, 1));
        await lender.Cashier.PutAsync($"admin/repayments/{large}/verify");
        (await NeededAsync(large)).ShouldBe(1);
        await lender.SecondCashier.PutAsync($"admin/repayments/{large}/verify");
        (await NeededAsync(large)).ShouldBe(0);
    }

    private async Task<int> NeededAsync(Guid id) =>
        (await lender.Cashier.GetAsync("admin/repayments/list?size=50"))
            .Data.EnumerateArray()
            .Single(one => one.GetProperty("id").GetGuid() == id)
            .GetProperty("approvalsNeeded")
            .GetInt32();

    private async Task<List<JsonElement>> ListAsync()
    {
        var answer = await lender.Cashier.GetAsync("admin/approvals");
        answer.Status.ShouldBe(200, answer.Body);
        return [.. answer.Data.EnumerateArray()];
    }

    private async Task ChargeAsync(Guid accountId, decimal amount, bool second = false) =>
        (
            await (second ? lender.SecondManager : lender.Manager).PostAsync(
                $"admin/loans/{accountId}/charges",
                new
                {
                    kind = "FEE",
                    amount,
                    reason = "Court costs",
                }
            )
        ).Status.ShouldBe(200);
}
