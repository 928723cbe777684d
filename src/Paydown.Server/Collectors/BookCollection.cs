using System.Text.Json;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Collectors;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Server.Collectors;

/// <summary>
/// An officer books a collection that waits. The loan may be another one than the line names, and closed, and the
/// amount may exceed the debt: the rest is owed to the customer. Above the organisation's four-eyes amount, a second
/// officer must approve.
/// </summary>
public sealed class BookCollection(SingleWrites writes, CollectionBooking booking, FourEyes fourEyes, Ids ids)
    : IUseCase
{
    private static readonly Field<LoanId?> AccountId = Field
        .Id<LoanId>("accountId", "The loan account to book it on. Absent: the one that the line names.")
        .Optional();
    private static readonly Field<decimal?> Commission = Field
        .Amount("commission", "What the collector keeps. Absent: as the line states it, else as agreed.")
        .FromZero()
        .Optional()
        .NotInExamples();
    private static readonly Field<string> Reason = Field
        .Text("reason", "Why.", 1, 255)
        .WithExample("The collector confirmed the loan by telephone.");

    public static Contract Contract { get; } =
        new Contract("Book a collection that waits")
            .Reads(AccountId, Commission, Reason)
            .Returns<DecidedCollection>()
            .Refuses(
                Refusals.NotFound("collection"),
                Refusals.CollectionNotWaiting("BOOKED"),
                Refusals.NotFound("loan account"),
                Refusals.LoanNotDisbursed(),
                Refusals.ValidationFailed(),
                Refusals.SecondOfficerRequired()
            );

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(call, (connection, context) => BookAsync(connection, call, context));

    private async ValueTask<Answer> BookAsync(NpgsqlConnection connection, Call call, ActionContext context)
    {
        var id = call.Path(CollectorRoutes.CollectionId);
        var stored = await CollectionStore.LockAsync(connection, call.Caller.OrganisationId, id, call.Cancellation);
        if (stored is null)
            return Answer.Refused(Refusals.NotFound("collection"));
        if (stored.State != CollectionState.Waiting)
            return Answer.Refused(Refusals.CollectionNotWaiting(Words.Write(stored.State)));
        var line = call.Body.Get(AccountId) is { } other ? stored.Line with { Loan = $"{other}" } : stored.Line;
        var loans = await CollectionStore.FindLoansAsync(
            connection,
            stored.File.OrganisationId,
            [line],
            call.Cancellation
        );
        if (!loans.TryGetValue(line.Loan, out var key))
            return Answer.Refused(Refusals.NotFound("loan account"));
        var found = await VerificationStore.ReadOpenAsync(connection, [key], call.Cancellation);
        var loan = found.GetLoan(key.LoanId);
        var commission = CommissionOf(call.Body.Get(Commission), stored);
        if (Refuse(stored, loan, commission) is { } refusal)
            return Answer.Refused(refusal);
        var reason = call.Body.Get(Reason);
        var terms = new { AccountId = loan.Id, Commission = commission };
        var approval = await fourEyes.ApproveAsync(
            connection,
            stored.ActOf(ActKind.BookCollection, id, terms, reason),
            call,
            context
        );
        if (approval.IsRefused)
            return Answer.Refused(approval.Refusal);
        if (approval.Value.Awaited is { } awaited)
            return Answer.Success(
                new DecidedCollection(await CollectionStore.GetAsync(connection, id, call.Cancellation), awaited),
                AwaitedApproval.Message("the collection is booked")
            );

        var booked = booking.Book(found, loan, stored.File, stored.Line, commission!.Value, context);
        await using (var batch = new NpgsqlBatch(connection))
        {
            CollectionBooking.AddTo(batch, [booked]);
            CollectionStore.AddTo(batch, id, new(CollectionState.Booked, reason, null, booked), context);
            AuditTrail.AddTo(batch, [Audited(call, context, id, booked, reason)]);
            await batch.ExecuteNonQueryAsync(call.Cancellation);
        }

        return Answer.Success(
            new DecidedCollection(await CollectionStore.GetAsync(connection, id, call.Cancellation), null),
            "The collection is booked; the repayment counts."
        );
    }

    private static Refusal? Refuse(StoredCollection stored, StoredLoan loan, Money? commission)
    {
        if (loan.DisbursedOn is not { } disbursedOn)
            return Refusals.LoanNotDisbursed();
        if (commission is null)
            return Refusals.ValidationFailed(
                new FieldError(Commission.Name, $"must be from 0 to {stored.Line.Amount}.")
            );
        if (stored.Line.CollectedOn < disbursedOn)
            return Refusals.ValidationFailed(
                new FieldError(
                    AccountId.Name,
                    $"must be of a loan that was paid out by {stored.Line.CollectedOn:yyyy-MM-dd}."
                )
            );
        return null;
    }

    // Null: not an amount of the currency, or more than was collected.
    private static Money? CommissionOf(decimal? given, StoredCollection stored)
    {
        var (amount, percent) = (stored.Line.Amount, stored.File.Collector.CommissionPercent);
        if (given is not { } major)
            return stored.Line.Commission ?? CollectionRules.Commission(amount, percent);
        return
            Money.TryFromMajor(major, amount.Currency, out var money)
            && money >= Money.Zero(amount.Currency)
            && money <= amount
            ? money
            : null;
    }

    private AuditRecord Audited(
        Call call,
        ActionContext context,
        CollectionId id,
        BookedCollection booked,
        string reason
    )
    {
        var detail = new
        {
            booked.Repayment.AccountId,
            RepaymentId = booked.Repayment.Id,
            booked.Repayment.Amount,
            booked.Commission,
            Reason = reason,
        };
        return new(
            call.Caller.OrganisationId,
            id.AsSubject,
            context,
            new(ids.Next<AuditEntryId>(), "COLLECTION_BOOKED", JsonSerializer.Serialize(detail, Wire.Options))
        );
    }
}
