using Paydown.Lending.Identifiers;
using Paydown.Server.Loans;
using Paydown.Server.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

public sealed class LoanChangeStoreTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_group_writes_many_changes_of_many_loans_at_once()
    {
        var (one, other) = (await lender.OpenLoanAsync(), await lender.OpenLoanAsync());
        var changes = new LoanChanges(server.Ids);
        var context = new Server.Platform.ActionContext(new(lender.Cashier.UserId), server.Now, lender.Today, "test");
        Guid[] ids =
        [
            await lender.ReportAsync(one, 60_000, lender.Today),
            await lender.ReportAsync(one, 50_000, lender.Today.AddDays(-30)),
            await lender.ReportAsync(other, 40_000, lender.Today),
        ];
        await using (var connection = await server.Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            var read = await VerificationStore.ReadAsync(
                connection,
                [.. ids.Select(id => new DecisionTarget(lender.Id, new(id)))],
                default
            );
            var (first, second, third) = (read.Find(new(ids[0]))!, read.Find(new(ids[1]))!, read.Find(new(ids[2]))!);
            var earlier = changes.Verify(read.LoanOf(first), first, context);
            var later = changes.Verify(earlier.After, second, context);
            var elsewhere = changes.Verify(read.LoanOf(third), third, context);
            await LoanChangeStore.WriteAsync(connection, [earlier, later, elsewhere], default);
            await transaction.CommitAsync();
        }

        var after = await lender.ReadAsync(one);
        (after.Events.Count, after.Pending.MinorUnits, after.Balance.Total).ShouldBe(
            (3, 0, one.Balance.Total - 110_000)
        );
        const string Version = "select version from repayment_standing where repayment_id = $1";
        (await server.ScalarAsync<int>(Version, ids[0])).ShouldBe(2);
        await using var output = new StringWriter();
        var exit = await Server.Commands.Audit.RunAsync(server.Database, output, json: false, default);
        exit.ShouldBe(0, output.ToString());
    }

    [Fact]
    public async Task Concurrent_verifications_each_count_once()
    {
        var loans = new List<StoredLoan>();
        for (var i = 0; i < 4; i++)
            loans.Add(await lender.OpenLoanAsync());
        var ids = new List<Guid>();
        for (var i = 0; i < 40; i++)
            ids.Add(await lender.ReportAsync(loans[i % 4], 1_000, lender.Today));

        var answers = await Task.WhenAll(
            ids.Concat(ids)
                .Select(
                    (id, i) =>
                        (i < ids.Count ? lender.Cashier : lender.SecondCashier).PutAsync(
                            $"admin/repayments/{id}/verify"
                        )
                )
        );

        answers.Count(answer => answer.Status == 200).ShouldBe(40);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 409);
        foreach (var loan in loans)
            (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
        await using var output = new StringWriter();
        var exit = await Server.Commands.Audit.RunAsync(server.Database, output, json: false, default);
        exit.ShouldBe(0, output.ToString());
    }
}
