using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>A manager charges a fee or a penalty to a running loan.</summary>
public sealed class ApplyCharge(
    IdempotentWrites writes, OrganisationDirectory organisations, LoanChanges changes, TimeProvider time)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.OneOf("kind", "What it is.", "FEE", "PENALTY"),
        Field.Amount("amount", "More than 0, at most what was disbursed.") with { Example = 1500 },
        Field.Date("dueDate", "When it falls due; absent: today.").Optional(),
        Field.Text("reason", "Why, for the audit trail.", 1, 255).Optional() with { Example = "Returned direct debit" },
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
        var dueOn = call.Body.DateOrNull("dueDate") ?? occasion.Today;
        var amount = ChargeRules.Apply(loan?.Replay(occasion.Today), call.Body.Amount("amount"), dueOn);
        if (amount.IsRefused) return Answer.Refused(amount.Refusal);

        var kind = StoredWords.Read<ChargeKind>(call.Body.Text("kind"));
        var change = changes.Charge(loan!, kind, amount.Value, dueOn, call.Body.TextOrNull("reason"), occasion);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(AppliedCharge.Of(change), "The charge is applied.");
    }
}

/// <summary>What a manager is answered who applied a charge.</summary>
public sealed record AppliedCharge(
    Guid Id, Guid AccountId, ChargeKind Kind, Money Amount, DateOnly DueDate, Money FeesBalance, Money PenaltyBalance,
    Money TotalBalance,
    string AccountState)
{
    public static AppliedCharge Example { get; } = CreateExample();

    public static AppliedCharge Of(LoanChange change)
    {
        var (loan, charge, owed) = (change.After, change.Events[0], change.State.Outstanding);
        return new AppliedCharge(
            charge.Id, loan.Id, charge.ChargeKind!.Value, loan.Money(charge.AmountMinor), charge.DueOn!.Value,
            loan.Money(owed.Fees),
            loan.Money(owed.Penalty), loan.Money(owed.Total), StoredWords.Write(change.State.Status));
    }

    private static AppliedCharge CreateExample()
    {
        var naira = Currency.Get("NGN");
        return new AppliedCharge(
            Guid.Parse("01957ad2-7c00-7000-8000-000000000006"), Guid.Parse("01957ad2-7c00-7000-8000-000000000002"),
            ChargeKind.Fee,
            new Money(150_000, naira), new DateOnly(2026, 1, 31), new Money(150_000, naira), Money.Zero(naira),
            new Money(43_400_000, naira), "ACTIVE");
    }
}
