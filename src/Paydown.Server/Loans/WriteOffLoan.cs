using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// A manager writes a loan off: nobody expects the money any longer, and what comes nevertheless is a recovery. Above
/// the organisation's four-eyes amount the first manager's word is recorded, and another one's writes it off.
/// </summary>
public sealed class WriteOffLoan(
    IdempotentWrites writes, OrganisationDirectory organisations, LoanChanges changes, TimeProvider time)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Text("reason", "Why, for the audit trail.", 1, 255) with { Example = "The customer is insolvent." },
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        // Before there is a connection: who holds a lock must not wait for a second one.
        var occasion = await organisations.OccasionAsync(call, time);
        return await writes.RunAsync(call, connection => DecideAsync(connection, call, occasion));
    }

    private async ValueTask<Answer> DecideAsync(NpgsqlConnection connection, Call call, Occasion occasion)
    {
        var loan = await LoanStore.FindInOrganisationAsync(
            connection, call.Caller.OrganisationId, call.PathId("accountId"), forUpdate: true, call.Cancellation);
        var (fourEyesAbove, approvedBy) = loan is null
            ? default
            : await WriteOffStore.FindAsync(connection, loan, call.Cancellation);
        var decided = WriteOffRules.WriteOff(
            loan?.Replay(occasion.Today), approvedBy, fourEyesAbove, call.Caller.UserId);
        if (decided.IsRefused) return Answer.Refused(decided.Refusal);

        var (isFirst, reason) = (decided.Value == Verification.FirstApproval, call.Body.Text("reason"));
        var change = isFirst
            ? changes.ApproveWriteOff(loan!, reason, occasion)
            : changes.WriteOff(loan!, reason, occasion);
        if (isFirst) await WriteOffStore.ApproveAsync(connection, loan!, reason, occasion, call.Cancellation);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(WrittenOffLoan.Of(change), isFirst
            ? "Your approval is recorded. This amount needs a second manager: the loan is written off when another "
                + "one agrees."
            : "The loan is written off; what is paid on it from now on is a recovery.");
    }
}

/// <summary>What a manager is answered who wrote a loan off.</summary>
/// <param name="AccountId">The loan account.</param>
/// <param name="IsWrittenOff">False while a second manager is awaited.</param>
/// <param name="WrittenOffAmount">What can still be recovered; 0 while a second manager is awaited.</param>
/// <param name="TotalBalance">What is outstanding.</param>
/// <param name="AccountState">State of the loan account now.</param>
public sealed record WrittenOffLoan(
    Guid AccountId, bool IsWrittenOff, Money WrittenOffAmount, Money TotalBalance, string AccountState)
{
    public static WrittenOffLoan Example { get; } = new(
        Guid.Parse("01957ad2-7c00-7000-8000-000000000002"), true, new Money(43_400_000, Currency.Get("NGN")),
        Money.Zero(Currency.Get("NGN")), "WRITTEN_OFF");

    public static WrittenOffLoan Of(LoanChange change) => new(
        change.After.Id, change.State.Status == LoanStatus.WrittenOff,
        change.After.Money(change.State.WrittenOffMinor), change.After.Money(change.State.Outstanding.Total),
        StoredWords.Write(change.State.Status));
}
