using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Collectors;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Repayments;
using Paydown.Statements.Reading;

namespace Paydown.Server.Collectors;

/// <summary>A new collection, decided and not written yet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Line">What the file says.</param>
/// <param name="Waits">Why it waits; null if it is booked.</param>
/// <param name="Booked">What is booked; null if it waits.</param>
internal sealed record NewCollection(
    CollectionId Id,
    CollectionLine Line,
    WaitingCollection? Waits,
    BookedCollection? Booked
)
{
    /// <summary>The collection as people see it.</summary>
    /// <param name="fileId">The file; null in a preview.</param>
    public CollectedPayment ToView(CollectorFileId? fileId) =>
        new()
        {
            Id = fileId is null ? null : Id,
            FileId = fileId,
            Line = Line.Line,
            TransactionId = Line.TransactionId,
            Loan = Line.Loan,
            CollectedOn = Line.CollectedOn,
            Amount = Line.Amount,
            Commission = Booked?.Commission ?? Line.Commission,
            State = Waits is null ? CollectionState.Booked : CollectionState.Waiting,
            Wait = Waits?.Wait,
            Explanation = Waits?.Explanation,
            AccountId = Booked?.Repayment.AccountId,
            RepaymentId = fileId is null ? null : Booked?.Repayment.Id,
            IsReversed = false,
        };
}

/// <summary>A collection as a repayment.</summary>
/// <param name="Repayment">The repayment.</param>
/// <param name="Commission">What the collector keeps of it.</param>
/// <param name="Change">What it changes about its loan.</param>
internal sealed record BookedCollection(NewRepayment Repayment, Money Commission, LoanChange Change);

/// <summary>
/// Makes verified repayments of what collectors report. The collector says that the money came, and the officer who
/// sends the file that it counts: two different ones.
/// </summary>
public sealed class CollectionBooking(LoanChanges changes, Ids ids)
{
    /// <summary>Decides the new lines of a file in its order. Each sees what those before it have paid.</summary>
    /// <param name="connection">A connection with an open transaction.</param>
    /// <param name="file">The file and its collector, which is locked.</param>
    /// <param name="lines">The new lines.</param>
    /// <param name="context">Who sends the file.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    internal async Task<IReadOnlyList<NewCollection>> DecideAsync(
        NpgsqlConnection connection,
        SentFile file,
        IReadOnlyList<CollectionLine> lines,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var loans = await CollectionStore.FindLoansAsync(connection, file.OrganisationId, lines, cancellation);
        var found = await VerificationStore.ReadOpenAsync(
            connection,
            [.. loans.Values.Distinct().OrderBy(key => key.LoanId.Value)],
            cancellation
        );
        var fourEyesAbove = await CollectionStore.FindFourEyesAsync(connection, file, cancellation);
        var decided = new List<NewCollection>(lines.Count);
        foreach (var line in lines)
        {
            var loan = loans.TryGetValue(line.Loan, out var key) ? found.GetLoan(key.LoanId) : null;
            var agreed = CollectionRules.Commission(line.Amount, file.Collector.CommissionPercent);
            var waits = CollectionRules.Decide(
                new ReportedCollection
                {
                    Amount = line.Amount,
                    StatedCommission = line.Commission,
                    AgreedCommission = agreed,
                    CollectedOn = line.CollectedOn,
                    Collector = file.Collector.Name,
                    Loan = loan?.ToPayable(context.Today),
                    Holder = loan?.Collector,
                    FourEyesAbove = fourEyesAbove,
                }
            );
            var booked = waits is null ? Book(found, loan!, file, line, agreed, context) : null;
            decided.Add(new(ids.Next<CollectionId>(), line, waits, booked));
        }

        return decided;
    }

    /// <summary>Makes a verified repayment of a line, on a loan that is locked and was read.</summary>
    internal BookedCollection Book(
        DecidableRepayments found,
        StoredLoan loan,
        SentFile file,
        CollectionLine line,
        Money commission,
        ActionContext context
    )
    {
        var repayment = new StoredRepayment
        {
            CustomerId = loan.CustomerId,
            Id = ids.Next<RepaymentId>(),
            OrganisationId = loan.OrganisationId,
            AccountId = loan.Id,
            Amount = line.Amount,
            // No bank account of the lender will show it.
            Method = PaymentMethod.Cash,
            PaidOn = line.CollectedOn,
            Status = RepaymentStatus.PendingVerification,
            RecordedBy = file.Id.AsRecorder,
            FirstApprovedBy = null,
            Commission = commission,
        };
        found.Add(repayment, fourEyesAbove: null);
        var change = changes.Collect(loan, repayment, commission, context);
        found.Apply(change, repayment);
        return new(
            new NewRepayment
            {
                CustomerId = repayment.CustomerId,
                Id = repayment.Id,
                OrganisationId = repayment.OrganisationId,
                AccountId = repayment.AccountId,
                Amount = repayment.Amount,
                Method = repayment.Method,
                Reference = loan.Reference,
                ReferenceMatches = true,
                PaidOn = repayment.PaidOn,
                Narration = $"Collected by {file.Collector.Name}, {line.TransactionId}",
                RecordedBy = repayment.RecordedBy,
                RecordedAt = context.At,
            },
            commission,
            change
        );
    }

    /// <summary>Adds the statements that write repayments to a batch, with all that follows from them.</summary>
    internal static void AddTo(NpgsqlBatch batch, IReadOnlyList<BookedCollection> booked)
    {
        RepaymentRecordStore.AddTo(batch, [.. booked.Select(one => one.Repayment)]);
        OutboxStore.AddTo(batch, [.. booked.Select(one => RepaymentRecorded.ToMessage(one.Repayment))]);
        LoanChangeStore.AddTo(batch, [.. booked.Select(one => one.Change)]);
    }
}
