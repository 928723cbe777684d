using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>A manager forgives what is unpaid of a charge, or of interest.</summary>
public sealed class WaiveDebt(
    IdempotentWrites writes, OrganisationDirectory organisations, LoanChanges changes, TimeProvider time)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.OneOf("debt", "What is forgiven.", "CHARGE", "INTEREST"),
        Field.Id("chargeId", "Which charge; needed for one. The list of charges tells it.").Optional(),
        Field.Amount("amount", "At most what is unpaid of it; absent: all of that.").Optional() with { Example = 500 },
        Field.Text("reason", "Why, for the audit trail.", 1, 255) with { Example = "The bank was closed that day." },
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
        var request = new WaiverRequest(
            StoredWords.Read<WaivedDebt>(call.Body.Text("debt")), call.Body.IdOrNull("chargeId"),
            call.Body.AmountOrNull("amount"));
        var amount = WaiverRules.Waive(loan?.Replay(occasion.Today), loan?.Events ?? [], request);
        if (amount.IsRefused) return Answer.Refused(amount.Refusal);

        var chargeId = request.Debt == WaivedDebt.Charge ? request.ChargeId : null;
        var change = changes.Waive(loan!, chargeId, amount.Value, call.Body.Text("reason"), occasion);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(AppliedWaiver.Of(change), "It is waived.");
    }
}

/// <summary>What a manager is answered who waived a debt.</summary>
public sealed record AppliedWaiver(
    Guid Id, Guid AccountId, WaivedDebt Debt, Guid? ChargeId, Money WaivedAmount, Money InterestBalance,
    Money FeesBalance, Money PenaltyBalance, Money TotalBalance, string AccountState)
{
    public static AppliedWaiver Example { get; } = CreateExample();

    public static AppliedWaiver Of(LoanChange change)
    {
        var (loan, waiver, owed) = (change.After, change.Events[0], change.State.Outstanding);
        return new AppliedWaiver(
            waiver.Id, loan.Id, waiver.TargetId is null ? WaivedDebt.Interest : WaivedDebt.Charge, waiver.TargetId,
            loan.Money(waiver.AmountMinor), loan.Money(owed.Interest), loan.Money(owed.Fees), loan.Money(owed.Penalty),
            loan.Money(owed.Total), StoredWords.Write(change.State.Status));
    }

    private static AppliedWaiver CreateExample()
    {
        var naira = Currency.Get("NGN");
        return new AppliedWaiver(
            Guid.Parse("01957ad2-7c00-7000-8000-000000000007"), Guid.Parse("01957ad2-7c00-7000-8000-000000000002"),
            WaivedDebt.Charge, Guid.Parse("01957ad2-7c00-7000-8000-000000000006"), new Money(50_000, naira),
            new Money(3_250_000, naira), new Money(100_000, naira), Money.Zero(naira), new Money(43_350_000, naira),
            "ACTIVE");
    }
}
