using System.Collections.Concurrent;
using System.Text.Json;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// One thing that a client wants done exactly once, under one idempotency key: a repayment reported, or one verified.
/// It is done when the client has its answer; until then nobody but the database knows.
/// </summary>
internal sealed class Deed
{
    public required string Key { get; init; }

    public required Borrower Borrower { get; init; }

    public long AmountMinor { get; init; }

    /// <summary>The repayment that is verified; null: one is reported.</summary>
    public Guid? Verifies { get; init; }

    /// <summary>The repayment, once a response confirmed that it is recorded or verified.</summary>
    public Guid? Id { get; private set; }

    /// <summary>True where the answer was the stored one: an attempt before had done it unheard.</summary>
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

/// <summary>All that the clients of a run wanted done. Which deeds there are follows from the seed.</summary>
internal sealed class Deeds(Lender lender, Random random)
{
    private const int VerifiesOneIn = 12;

    private readonly Lock gate = new();
    private readonly Queue<Deed> unverified = new();
    private int done;

    public ConcurrentQueue<Deed> All { get; } = new();

    /// <summary>Answers that no correct client may get. There must be none.</summary>
    public ConcurrentQueue<string> Surprises { get; } = new();

    /// <summary>How many are acknowledged.</summary>
    public int Done => Volatile.Read(ref done);

    public IReadOnlyList<Deed> Open => [.. All.Where(deed => !deed.IsDone)];

    /// <summary>Waits until N more are acknowledged, or a client got a response that it must never get.</summary>
    public Task UntilDoneAsync(int more, Func<string>? otherwise = null)
    {
        var wanted = Done + more;
        return Wait.UntilAsync(() => Done >= wanted || !Surprises.IsEmpty, otherwise);
    }

    /// <summary>What a client does next.</summary>
    public Deed Next()
    {
        lock (gate)
        {
            return unverified.Count > 0 && random.Next(VerifiesOneIn) == 0
                ? Verify(unverified.Dequeue())
                : Report(lender.Borrowers[random.Next(lender.Borrowers.Count)]);
        }
    }

    /// <summary>A new report of this borrower.</summary>
    public Deed Report(Borrower borrower)
    {
        lock (gate)
        {
            return Add(
                new Deed
                {
                    Key = $"report-{All.Count}",
                    Borrower = borrower,
                    AmountMinor = random.Next(1, 1_000),
                }
            );
        }
    }

    /// <summary>The verification of a report that is done.</summary>
    public Deed Verify(Deed reported)
    {
        lock (gate)
        {
            return Add(
                new Deed
                {
                    Key = $"verify-{All.Count}",
                    Borrower = reported.Borrower,
                    Verifies = reported.Id,
                }
            );
        }
    }

    public void Acknowledge(Deed deed, JsonElement data, bool wasReplayed)
    {
        deed.Acknowledge(data, wasReplayed);
        Interlocked.Increment(ref done);
        if (!deed.IsReport)
            return;
        lock (gate)
        {
            // A few wait to be verified; the loans stay short enough to be folded again and again.
            if (unverified.Count < 100)
                unverified.Enqueue(deed);
        }
    }

    private Deed Add(Deed deed)
    {
        All.Enqueue(deed);
        return deed;
    }
}
