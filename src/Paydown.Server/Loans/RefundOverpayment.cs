using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Repayments;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Wallets;

namespace Paydown.Server.Loans;

/// <summary>A manager gives back what was paid beyond all that is owed: it goes to the customer's wallet.</summary>
public sealed class RefundOverpayment(
    IdempotentWrites writes, OrganisationDirectory organisations, LoanChanges changes, TimeProvider time)
{
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Amount("amount", "At most what is overpaid; absent: all of that.").Optional() with { Example = 250.5 },
        Field.Text("reason", "Why, for the audit trail.", 1, 255).Optional() with { Example = "Paid twice" },
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
        var amount = RefundRules.Refund(loan?.Replay(occasion.Today), call.Body.AmountOrNull("amount"));
        if (amount.IsRefused) return Answer.Refused(amount.Refusal);

        var balance = await WalletStore.LockAsync(
            connection, loan!.CustomerId, loan.OrganisationId, loan.Currency, call.Cancellation);
        var change = changes.Refund(loan, amount.Value, call.Body.TextOrNull("reason"), occasion);
        await LoanChangeStore.WriteAsync(connection, [change], call.Cancellation);
        return Answer.Success(
            RefundedOverpayment.Of(change, balance.MinorUnits), "The refund is in the customer's wallet.");
    }
}

/// <summary>What a manager is answered who refunded an overpayment.</summary>
public sealed record RefundedOverpayment(
    Guid Id, Guid AccountId, Money RefundedAmount, Money Overpaid, Money WalletBalance, string AccountState)
{
    public static RefundedOverpayment Example { get; } = CreateExample();

    public static RefundedOverpayment Of(LoanChange change, long walletBeforeMinor)
    {
        var (loan, refund) = (change.After, change.Events[0]);
        return new RefundedOverpayment(
            refund.Id, loan.Id, loan.Money(refund.AmountMinor), loan.Money(change.State.OverpaidMinor),
            loan.Money(walletBeforeMinor + refund.AmountMinor), StoredWords.Write(change.State.Status));
    }

    private static RefundedOverpayment CreateExample()
    {
        var naira = Currency.Get("NGN");
        return new RefundedOverpayment(
            Guid.Parse("01957ad2-7c00-7000-8000-000000000008"), Guid.Parse("01957ad2-7c00-7000-8000-000000000002"),
            new Money(25_050, naira), Money.Zero(naira), new Money(125_050, naira), "CLOSED");
    }
}
