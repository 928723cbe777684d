using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Conflicting calls at the same moment, on two servers of one database. Exactly one wins, and the books are right at
/// the end. docs/testing.md says how to run it for longer.
/// </summary>
public sealed class RaceTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    private const int UsesShort = 500;
    private const int UsesLong = 10_000;
    private const int PairsShort = 100;
    private const int PairsLong = 10_000;
    private const int PairsAtOnce = 24;
    private const int PairsOfLoan = 20;
    private const int PayoffRoundsShort = 10;
    private const int PayoffRoundsLong = 500;
    private const int ReportsAgainstPayoff = 8;

    private TestServer second = null!;

    public async ValueTask InitializeAsync()
    {
        second = await server.StartSecondAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await second.DisposeAsync();
        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Concurrent_uses_of_one_key_have_one_effect_and_get_one_response()
    {
        var uses = LongRun.Count(UsesShort, UsesLong);
        var (loan, bankAccountId) = (await lender.OpenLoanAsync(), await lender.BankAccountOfAsync(lender.Customer));
        var pair = PairOf(lender.Customer, lender.Customer);
        var body = ReportOf(loan, bankAccountId, 12.5m);
        var began = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, uses)
                .Select(i => Task.Run(() => pair[i % 2].RaceAsync(HttpMethod.Post, RepayPath, "one-key", body)))
        );
        Print("uses of one key", uses, began);
        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Body).Distinct().Count().ShouldBe(1);
        answers.Count(answer => !answer.IsReplayed).ShouldBe(1);
        (await CountAsync("select count(*) from repayment where account_id = $1", loan.Id.Value)).ShouldBe(1);
    }

    [Fact]
    public async Task Of_concurrent_verify_and_reject_exactly_one_wins()
    {
        var pairs = LongRun.Count(PairsShort, PairsLong);
        var officers = PairOf(lender.Cashier, lender.SecondCashier);
        var verified = 0;
        var began = Stopwatch.GetTimestamp();
        await ForEachPairAsync(
            pairs,
            async (id, number) =>
            {
                // Which of the two comes first varies.
                var verify = officers[number % 2].RaceAsync(HttpMethod.Put, $"admin/repayments/{id}/verify", $"v{id}");
                var reject = officers[1 - number % 2]
                    .RaceAsync(
                        HttpMethod.Put,
                        $"admin/repayments/{id}/reject",
                        $"r{id}",
                        new { reason = "Not arrived" }
                    );
                var answers = await Task.WhenAll(verify, reject);
                answers.Select(answer => answer.Status).Order().ShouldBe([200, 409]);
                answers.Single(answer => answer.Status == 409).Code.ShouldBe("ALREADY_DECIDED");
                if (answers[0].Status == 200)
                    Interlocked.Increment(ref verified);
            }
        );
        Print($"pairs of verify and reject, {verified:N0} verified", pairs, began);
    }

    [Fact]
    public async Task Of_concurrent_verify_and_reverse_the_later_one_sees_the_earlier()
    {
        var pairs = LongRun.Count(PairsShort, PairsLong) / 2;
        var officers = PairOf(lender.Manager, lender.Cashier);
        var began = Stopwatch.GetTimestamp();
        await ForEachPairAsync(
            pairs,
            async (id, number) =>
            {
                var verify = officers[1].RaceAsync(HttpMethod.Put, $"admin/repayments/{id}/verify", $"v{id}");
                var reverses = Enumerable
                    .Range(0, 2)
                    .Select(i =>
                        officers[0]
                            .RaceAsync(
                                HttpMethod.Put,
                                $"admin/repayments/{id}/reverse",
                                $"b{id}{i}",
                                new { reason = "Bounced" }
                            )
                    );
                var answers = await Task.WhenAll([verify, .. reverses]);
                answers[0].Status.ShouldBe(200, answers[0].Body);
                answers[1..].Count(answer => answer.Status == 200).ShouldBeLessThanOrEqualTo(1);
                answers[1..]
                    .Where(answer => answer.Status != 200)
                    .ShouldAllBe(answer => answer.Code == "REPAYMENT_NOT_VERIFIED" || answer.Code == "ALREADY_DECIDED");
            }
        );
        Print("verifies against two reverses", pairs, began);
    }

    [Fact]
    public async Task Concurrent_reports_and_a_payoff_never_exceed_the_debt()
    {
        var rounds = LongRun.Count(PayoffRoundsShort, PayoffRoundsLong);
        var bankAccountId = await lender.BankAccountOfAsync(lender.Customer);
        var pair = PairOf(lender.Customer, lender.Customer);
        var began = Stopwatch.GetTimestamp();
        for (var round = 0; round < rounds; round++)
        {
            var loan = await lender.OpenLoanAsync();
            var payable = loan.Payoff.MinorUnits;
            // Four reports exceed the loan together, and so does one report with the payoff.
            var reports = Enumerable
                .Range(0, ReportsAgainstPayoff)
                .Select(i =>
                    pair[i % 2]
                        .RaceAsync(
                            HttpMethod.Post,
                            RepayPath,
                            $"report-{loan.Id}-{i}",
                            ReportOf(loan, bankAccountId, 4_000)
                        )
                );
            var payoff = pair[round % 2]
                .RaceAsync(
                    HttpMethod.Post,
                    "user/payoff-loan",
                    $"payoff-{loan.Id}",
                    new { loanApplicationId = loan.ApplicationId, paymentMethod = "BANK_TRANSFER" }
                );
            var answers = await Task.WhenAll([.. reports, payoff]);
            answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 422 || answer.Status == 409);
            var pending = await CountAsync(
                "select coalesce(sum(amount), 0)::bigint from repayment where account_id = $1",
                loan.Id.Value
            );
            pending.ShouldBeLessThanOrEqualTo(payable);
            pending.ShouldBeGreaterThan(0);
        }

        Print($"payoffs against {ReportsAgainstPayoff} reports each", rounds, began);
    }

    private string RepayPath => $"user/repay-loan/{lender.Customer.UserId}";

    // Pending repayments, spread over loans so each has a short history, and decided a few at a time.
    private async Task ForEachPairAsync(int pairs, Func<Guid, int, Task> race)
    {
        var number = 0;
        while (number < pairs)
        {
            var loan = await lender.OpenLoanAsync();
            var ids = new List<(Guid Id, int Number)>();
            for (; ids.Count < PairsOfLoan && number < pairs; number++)
            {
                var paidOn = lender.Today.AddDays(-number % 90);
                ids.Add((await lender.ReportAsync(loan, 1_000 + number % 997, paidOn), number));
            }

            await Parallel.ForEachAsync(
                ids,
                new ParallelOptions { MaxDegreeOfParallelism = PairsAtOnce },
                async (one, _) => await race(one.Id, one.Number)
            );
        }
    }

    // The first user calls the first server, the second user the second server.
    private TestUser[] PairOf(TestUser one, TestUser other) => [one, other.On(second)];

    private object ReportOf(StoredLoan loan, Guid bankAccountId, decimal amount) =>
        new
        {
            repaymentAmount = amount,
            customerId = lender.Customer.UserId,
            accountId = loan.Id,
            bankAccountId,
            repaymentReference = loan.Reference,
        };

    private Task<long> CountAsync(string sql, Guid id) => server.ScalarAsync<long>(sql, id);

    private static void Print(string what, int count, long began) =>
        Console.WriteLine($"race: {count:N0} {what} in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s");
}
