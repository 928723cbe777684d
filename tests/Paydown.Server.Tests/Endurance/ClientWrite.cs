using System.Collections.Concurrent;
using System.Text.Json;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A write that a client wants done exactly once, under one idempotency key: reporting or verifying a repayment. It is
/// done once a response confirms it. Until then only the database knows.
/// </summary>
internal sealed class ClientWrite
{
    public required string Key { get; init; }

    public required Borrower Borrower { get; init; }

    public long AmountMinor { get; init; }

    /// <summary>The repayment to verify; null for a report.</summary>
    public Guid? Verifies { get; init; }

    /// <summary>The repayment, once a response confirmed that it is recorded or verified.</summary>
    public Guid? Id { get; private set; }

    /// <summary>
    /// True if the response was the stored one: an earlier attempt succeeded, but its response was lost.
    /// </summary>
    public bool WasReplayed { get; private set; }

    public bool IsDone => Id is not null;

    public bool IsReport => Verifies is null;

    public string Path =>
        IsReport ? $"user/repay-loan/{Borrower.Customer.Caller.UserId}" : $"admin/repayments/{Verifies}/verify";

    public object? Body =>
        IsReport
            ? new
            {
                repaymentAmount = AmountMinor / 100m,
                customerId = Borrower.Customer.Caller.UserId,
                accountId = Borrower.Loan.Id,
                bankAccountId = Borrower.BankAccountId,
                repaymentReference = Borrower.Loan.Reference,
                paymentNarration = Key,
            }
            : null;

    public void Acknowledge(JsonElement data, bool wasReplayed)
    {
        Id = data.GetProperty("id").GetGuid();
        WasReplayed = wasReplayed;
    }
}

/// <summary>All writes of the clients of a run. The seed decides which.</summary>
internal sealed class ClientWrites(Lender lender, Random random)
{
    private const int VerifiesOneIn = 12;

    private readonly Lock gate = new();
    private readonly Queue<ClientWrite> unverified = new();
    private int done;

    public ConcurrentQueue<ClientWrite> All { get; } = new();

    /// <summary>Responses that no correct client may get. There must be none.</summary>
    public ConcurrentQueue<string> Unexpected { get; } = new();

    /// <summary>The number of confirmed writes.</summary>
    public int Done => Volatile.Read(ref done);

    public IReadOnlyList<ClientWrite> Open => [.. All.Where(write => !write.IsDone)];

    /// <summary>Waits until N more are confirmed, or a client got a response that it must never get.</summary>
    public Task UntilDoneAsync(int more, Func<string>? otherwise = null)
    {
        var wanted = Done + more;
        return Wait.UntilAsync(() => Done >= wanted || !Unexpected.IsEmpty, otherwise);
    }

    /// <summary>Returns the next write of a client.</summary>
    public ClientWrite Next()
    {
        lock (gate)
        {
            return unverified.Count > 0 && random.Next(VerifiesOneIn) == 0
                ? Verify(unverified.Dequeue())
                : Report(lender.Borrowers[random.Next(lender.Borrowers.Count)]);
        }
    }

    /// <summary>Adds a report of this borrower.</summary>
    public ClientWrite Report(Borrower borrower)
    {
        lock (gate)
        {
            return Add(
                new ClientWrite
                {
                    Key = $"report-{All.Count}",
                    Borrower = borrower,
                    AmountMinor = random.Next(1, 1_000),
                }
            );
        }
    }

    /// <summary>Adds the verification of a confirmed report.</summary>
    public ClientWrite Verify(ClientWrite reported)
    {
        lock (gate)
        {
            return Add(
                new ClientWrite
                {
                    Key = $"verify-{All.Count}",
                    Borrower = reported.Borrower,
                    Verifies = reported.Id,
                }
            );
        }
    }

    public void Acknowledge(ClientWrite write, JsonElement data, bool wasReplayed)
    {
        write.Acknowledge(data, wasReplayed);
        Interlocked.Increment(ref done);
        if (!write.IsReport)
            return;
        lock (gate)
        {
            // Only some reports are verified, so the loans' histories stay short and fast to replay.
            if (unverified.Count < 100)
                unverified.Enqueue(write);
        }
    }

    private ClientWrite Add(ClientWrite write)
    {
        All.Enqueue(write);
        return write;
    }
}
