using System.Runtime.InteropServices;
using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Repayments;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>
/// A customer reports a repayment already sent by bank transfer; it waits for verification. Reports that wait at the same moment are read, decided
/// and written as one group: two round trips and one commit for all of them. A loan that something else holds does not hold up the others.
/// </summary>
public sealed class RepayLoan : IAsyncDisposable
{
    private const int GroupSizeMax = 256;
    private const int WaitingMax = 10_000;

    // For so long a request asks again for a loan that something else holds.
    private static readonly TimeSpan HeldMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HeldPause = TimeSpan.FromMilliseconds(20);

    // After one such loan was met, the groups of so long do not wait for any.
    private static readonly TimeSpan HeldMemory = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource database;
    private readonly OrganisationDirectory organisations;
    private readonly TimeProvider time;
    private readonly Ids ids;
    private readonly GroupWriter<Reported, Answer?> writer;
    private long heldMetAt;

    public RepayLoan(NpgsqlDataSource database, OrganisationDirectory organisations, TimeProvider time, Ids ids)
    {
        (this.database, this.organisations, this.time, this.ids) = (database, organisations, time, ids);
        writer = new GroupWriter<Reported, Answer?>(RunGroupAsync, GroupSizeMax, WaitingMax);
    }

    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Amount("repaymentAmount", "What was sent: more than 0, at most the total payable.") with { Example = 50000 },
        Field.Id("customerId", "The signed-in customer."),
        Field.Id("accountId", "The loan account."),
        Field.Id("bankAccountId", "The bank account of the customer that it was sent from."),
        Field.Text("repaymentReference", "The reference of the repayment instructions, as written on the transfer.", 1, 64)
            with { Example = "RF18539007547034" },
        Field.Moment("paymentDate", "When it was paid; absent: now.").Optional() with { Example = "2026-01-31" },
        Field.Text("paymentNarration", "A note.", 0, 255).Optional() with { Example = "January installment" },
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var today = organisation.Today(time);
        var body = call.Body;
        var report = new RepaymentReport
        {
            CallerId = call.Caller.UserId,
            UserId = call.PathId("user-id"),
            CustomerId = body.Id("customerId"),
            AccountId = body.Id("accountId"),
            BankAccountId = body.Id("bankAccountId"),
            Amount = body.Amount("repaymentAmount"),
            Reference = body.Text("repaymentReference"),
            PaidOn = body.MomentOrNull("paymentDate")?.DateIn(organisation.TimeZone) ?? today,
            Narration = body.TextOrNull("paymentNarration"),
        };
        var reported = new Reported(report, call.Caller.OrganisationId, today, call.Route.Name, call.IdempotencyKey, call.CanonicalHash());
        return await SubmitAsync(reported, call.Cancellation);
    }

    /// <summary>Finishes what waits.</summary>
    public ValueTask DisposeAsync() => writer.DisposeAsync();

    private async ValueTask<Answer> SubmitAsync(Reported reported, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var answer = await writer.SubmitAsync(reported, cancellation);
            if (answer.IsRefused) return Answer.Refused(answer.Refusal);
            if (answer.Value.Answer is { } decided) return decided;
            if (time.GetElapsedTime(since) > HeldMax)
                return Answer.Refused(Refusals.ServiceUnavailable("Another change holds this loan; nothing was done. Try again."));
            await Task.Delay(HeldPause, time, cancellation);
        }
    }

    private async Task<IReadOnlyList<Answer?>> RunGroupAsync(IReadOnlyList<Reported> group)
    {
        if (heldMetAt != 0 && time.GetElapsedTime(heldMetAt) < HeldMemory) return await RunGroupAsync(group, skipsHeld: true);
        try
        {
            return await RunGroupAsync(group, skipsHeld: false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            heldMetAt = time.GetTimestamp();
            return await RunGroupAsync(group, skipsHeld: true);
        }
    }

    // Null is for those whose loan is held.
    private async Task<IReadOnlyList<Answer?>> RunGroupAsync(IReadOnlyList<Reported> group, bool skipsHeld)
    {
        // Closing a connection rolls back what is not committed.
        await using var connection = await database.OpenConnectionAsync();
        var known = await RepaymentReportStore.ReadAsync(connection, group, skipsHeld);
        var recorded = new List<RecordedRepayment>(group.Count);
        var answers = new Answer?[group.Count];
        var now = time.GetUtcNow();
        for (var i = 0; i < group.Count; i++) answers[i] = Decide(group[i], known, recorded, now);
        await RepaymentReportStore.WriteAsync(connection, recorded, now);
        return answers;
    }

    // Sees what those before it in the group did: their keys, and what they left payable.
    private Answer? Decide(Reported reported, ReportedState known, List<RecordedRepayment> recorded, DateTimeOffset now)
    {
        var key = (reported.Report.CallerId, reported.Key);
        if (known.Answers.TryGetValue(key, out var earlier))
            return IdempotentWrites.Repeat(reported.Hash, earlier.Hash, earlier.Status, earlier.Body);

        var report = reported.Report;
        if (known.HeldAccounts.Contains((report.CallerId, report.AccountId))) return null;
        var account = known.Accounts.GetValueOrDefault((report.CallerId, report.AccountId));
        var result = RepaymentRules.Report(
            account?.ToPayable(), report, known.BankAccounts.Contains((report.CallerId, report.BankAccountId)), reported.Today);
        if (result.IsRefused) return Answer.Refused(result.Refusal);

        var repayment = new RecordedRepayment(ids.Next(), reported, account!, result.Value);
        var answer = RepaymentRecorded.ToAnswer(repayment);
        account!.PendingMinor += result.Value.Amount.MinorUnits;
        known.Answers.Add(key, new StoredAnswer(reported.Hash, answer.Status, answer.Body.ToArray()));
        recorded.Add(repayment with { Answer = answer.Body, Event = RepaymentRecorded.ToEvent(repayment, now) });
        return answer;
    }
}

/// <summary>A report with what its idempotency needs.</summary>
public sealed record Reported(
    RepaymentReport Report, Guid OrganisationId, DateOnly Today, string Route, string Key, byte[] Hash);

/// <summary>A repayment that is about to be written, with the answer that is stored beside it.</summary>
public sealed record RecordedRepayment(Guid Id, Reported Reported, ReportedAccount Account, PendingRepayment Pending)
{
    public ReadOnlyMemory<byte> Answer { get; init; }

    public byte[] Event { get; init; } = [];
}

/// <summary>The answer to an earlier request with a key.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StoredAnswer(byte[] Hash, int Status, byte[] Body);
