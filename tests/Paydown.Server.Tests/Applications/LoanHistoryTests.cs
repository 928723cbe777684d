using System.Text.Json;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Applications;

public sealed class LoanHistoryTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_history_lists_loans_and_applications_newest_first()
    {
        var (product, other) = (await server.Lender.AddProductAsync(), await server.Lender.AddProductAsync());
        var applying = await TestApplication.CreateAsync(server);
        var old = await server.Lender.AddLoanAsync(applying.Applicant, new TestLoan());
        var paidOut = await applying.AcceptTermsAsync(product);
        (await applying.Officer.PutAsync($"admin/loan-application/{paidOut}/disburse")).ShouldSucceed();
        var requested = await applying.RequestAsync(other);
        var path = $"user/get-loan-history/{applying.Applicant.UserId}";
        var all = (await applying.Applicant.GetAsync(path)).ShouldSucceed().EnumerateArray().ToList();
        all.Select(one => one.GetProperty("loanApplicationId").GetGuid())
            .ShouldBe([requested, paidOut, old.ApplicationId!.Value.Value]);
        all[0].GetProperty("loanApplicationStatus").GetString().ShouldBe("REQUESTED");
        all[0].GetProperty("accountId").ValueKind.ShouldBe(JsonValueKind.Null);
        all[1].GetProperty("loanApplicationStatus").GetString().ShouldBe("DISBURSED");
        var second = await applying.Applicant.GetAsync($"{path}?page=2&size=2");
        second.ShouldSucceed().EnumerateArray().Single().GetProperty("accountId").GetGuid().ShouldBe(old.Id.Value);
        second.Json.GetProperty("page").GetProperty("total").GetInt32().ShouldBe(3);
    }
}
