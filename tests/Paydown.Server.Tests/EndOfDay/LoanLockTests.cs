using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Server.EndOfDay;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.EndOfDay;

/// <summary>A loan is two rows that change. Whoever waits for one must not see an old version of the other.</summary>
public sealed class LoanLockTests(TestServer server) : IClassFixture<TestServer>
{
    // With the old version it would recognise the same interest a second time.
    [Fact]
    public async Task Whoever_waits_for_a_loan_sees_what_the_end_of_day_has_left()
    {
        var lender = await server.AddOrganisationAsync();
        await lender.FollowAsync("DAILY");
        var loan = await lender.OpenLoanAsync();
        server.Clock.AdvanceDays(3);
        await using var first = await server.Database.OpenConnectionAsync();
        await using var holds = await first.BeginTransactionAsync();
        var before = await LockAsync(first, loan);
        var today = new ActionContext(UserId.Nobody, ActionContext.InstantOf(server.Clock), server.Today, "");
        var change = new LoanDays(server.Ids).EndDay(before, Rules, today);
        change.After.Standing.ShouldNotBe(before.Standing);
        await LoanChangeStore.WriteAsync(first, [change], default);

        await using var second = await server.Database.OpenConnectionAsync();
        await using var waits = await second.BeginTransactionAsync();
        var read = LockAsync(second, loan);
        await Wait.UntilAsync(() => server.ScalarAsync<bool>(IsWaiting, second.ProcessID));
        await holds.CommitAsync();
        (await read).Standing.ShouldBe(change.After.Standing);
        (await read).NextActionOn.ShouldBe(change.After.NextActionOn);
    }

    private const string IsWaiting = "select exists (select from pg_locks where pid = $1 and not granted)";

    private static DayRules Rules => new() { Version = 2, Accrual = new(AccrualPosting.Daily, SuspendedAfterDays: 90) };

    private static async Task<StoredLoan> LockAsync(NpgsqlConnection connection, StoredLoan loan) =>
        (await LoanStore.FindAsync(connection, loan.CustomerId, loan.Id, forUpdate: true, default))!;
}
