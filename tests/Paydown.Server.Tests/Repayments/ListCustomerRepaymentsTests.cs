using System.Text.Json;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class ListCustomerRepaymentsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_customer_without_repayments_gets_an_empty_list()
    {
        var borrower = await Borrower.CreateAsync(server);
        (await borrower.ListAsync()).ShouldSucceed().GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_record_has_the_documented_fields_in_order()
    {
        var borrower = await Borrower.CreateAsync(server);
        await borrower.ReportAsync(10);
        var described = Wire.Options.GetTypeInfo(typeof(CustomerRepayment)).Properties;
        (await borrower.ListAsync())
            .Data[0]
            .EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe(described.Where(field => field.Get is not null).Select(field => field.Name));
    }

    [Fact]
    public async Task The_whole_list_is_newest_first_if_short_and_if_streamed()
    {
        var borrower = await Borrower.CreateAsync(server);
        for (var i = 1; i <= 130; i++)
        {
            (await borrower.ReportAsync(i / 100m)).ShouldSucceed();
            if (i is 1 or 50 or 51 or 52 or 130)
                await ShouldListAsync(borrower, i);
        }
    }

    [Fact]
    public async Task Pages_and_filters_show_their_part_and_the_total()
    {
        var borrower = await Borrower.CreateAsync(server);
        for (var i = 1; i <= 25; i++)
            await borrower.ReportAsync(i);
        await server.Lender.RejectAsync(borrower.Loan, 500);
        await server.Lender.ReverseAsync(borrower.Loan, 600);

        var page = await borrower.ListAsync("?page=2&size=10");
        page.Json.GetProperty("page")
            .GetRawText()
            .ShouldStartWith("""{"page":2,"size":10,"total":27,"totalIsExact":true,"next":""");
        page.Data.GetArrayLength().ShouldBe(10);
        var rejected = (await borrower.ListAsync("?status=REJECTED")).Data;
        rejected.GetArrayLength().ShouldBe(2);
        rejected
            .EnumerateArray()
            .ShouldAllBe(record =>
                record.GetProperty("verificationStatus").GetString() == "REJECTED"
                && record.GetProperty("rejectionReason").GetString() == "Because"
                && !record.GetProperty("loanAmountPaid").GetBoolean()
            );
        (await borrower.ListAsync("?status=PENDING_VERIFICATION&page=1&size=1"))
            .Json.GetProperty("page")
            .GetProperty("total")
            .GetInt32()
            .ShouldBe(25);
        (await borrower.ListAsync($"?loanApplicationId={borrower.Loan.ApplicationId}"))
            .Data.GetArrayLength()
            .ShouldBe(27);
        (await borrower.ListAsync($"?loanApplicationId={Guid.Empty}")).Data.GetArrayLength().ShouldBe(0);
        (await borrower.ListAsync("?page=0")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await borrower.ListAsync("?page=x")).ShouldBeRefused(400, "BAD_REQUEST");
    }

    [Fact]
    public async Task Only_the_customer_and_officers_of_the_same_lender_see_it()
    {
        var (borrower, other) = (await Borrower.CreateAsync(server), await Borrower.CreateAsync(server));
        await borrower.ReportAsync(10);
        var path = $"user/list-customer-repayments/{borrower.Customer.UserId}";
        var refused = (await other.Customer.GetAsync(path)).ShouldBeRefused(403, "FORBIDDEN");
        (await other.Customer.GetAsync($"user/list-customer-repayments/{Guid.Empty}")).Body.ShouldBe(refused.Body);
        var cashier = await server.Lender.AddUserAsync(Role.Cashier);
        (await cashier.GetAsync(path)).ShouldSucceed().GetArrayLength().ShouldBe(1);
        var stranger = await server.OtherLender.AddUserAsync(Role.Manager);
        (await stranger.GetAsync(path)).ShouldBeRefused(404, "NOT_FOUND");
        var agent = await server.Lender.AddUserAsync(Role.Agent);
        (await agent.GetAsync(path)).ShouldBeRefused(403, "FORBIDDEN");
    }

    private static async Task ShouldListAsync(Borrower borrower, int count)
    {
        var amounts = (await borrower.ListAsync())
            .ShouldSucceed()
            .EnumerateArray()
            .Select(record => record.GetProperty("repaymentAmount").GetDecimal());
        amounts.ShouldBe(Enumerable.Range(1, count).Reverse().Select(i => i / 100m));
    }
}
