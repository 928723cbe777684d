using System.Diagnostics;
using System.Text.Json;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// Customers report repayments and read their latest ones, and a cashier verifies some: as fast as possible, or at a
/// rate.
/// </summary>
internal sealed class SoakLoad(Lender lender)
{
    private const int Clients = 16;
    private const int VerifyOneIn = 50;

    private long sent;

    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Runs the load.</summary>
    /// <param name="duration">The duration.</param>
    /// <param name="requestsPerSecond">The rate of all clients together; null for as fast as possible.</param>
    /// <returns>The requests per second that were reached.</returns>
    public async Task<double> RunAsync(TimeSpan duration, double? requestsPerSecond)
    {
        var (began, before) = (Stopwatch.GetTimestamp(), Sent);
        await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(client =>
                    Task.Run(async () =>
                    {
                        for (var turn = 0L; Stopwatch.GetElapsedTime(began) < duration; turn++)
                        {
                            if (requestsPerSecond is { } pace)
                            {
                                var due = TimeSpan.FromSeconds(turn * Clients / pace);
                                if (due > Stopwatch.GetElapsedTime(began))
                                    await Task.Delay(due - Stopwatch.GetElapsedTime(began));
                            }

                            await TakeTurnAsync(client, turn);
                        }
                    })
                )
        );
        return (Sent - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private async Task TakeTurnAsync(int client, long turn)
    {
        // Each client has its own customers. Two clients with the same customer would permanently open one more
        // connection.
        var number = (int)(client + turn % (lender.Borrowers.Count / Clients) * Clients);
        var borrower = lender.Borrowers[number];
        var userId = borrower.Customer.Caller.UserId;
        var key = $"soak-{Interlocked.Increment(ref sent)}";
        if (turn % 3 == 2)
        {
            await SendAsync(
                borrower.Customer,
                HttpMethod.Get,
                $"user/list-customer-repayments/{userId}?page=1&size=10",
                key,
                null
            );
            return;
        }

        var reported = await SendAsync(
            borrower.Customer,
            HttpMethod.Post,
            $"user/repay-loan/{userId}",
            key,
            new
            {
                repaymentAmount = 1.25m,
                customerId = userId,
                accountId = borrower.Loan.Id,
                bankAccountId = borrower.BankAccountId,
                repaymentReference = borrower.Loan.Reference,
            }
        );
        if (turn % VerifyOneIn != 0)
            return;
        var id = reported.GetProperty("id").GetString();
        await SendAsync(lender.Officer, HttpMethod.Put, $"admin/repayments/{id}/verify", $"verify-{id}", null);
        Interlocked.Increment(ref sent);
    }

    private static async Task<JsonElement> SendAsync(
        TestUser user,
        HttpMethod method,
        string path,
        string key,
        object? body
    )
    {
        var answer = await user.RaceAsync(method, path, key, body);
        if (answer.Status != 200)
            throw new InvalidOperationException($"{method} {path}: {answer.Status} {answer.Body}");
        return answer.Data;
    }
}
