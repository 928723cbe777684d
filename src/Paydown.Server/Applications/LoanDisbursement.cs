using System.Buffers.Binary;
using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Accounting;
using Paydown.Lending.Applications;
using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Lending.Repayments;
using Paydown.Server.Ledger;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Wallets;

namespace Paydown.Server.Applications;

/// <summary>What was paid out.</summary>
/// <param name="Application">After it.</param>
/// <param name="Loan">After it.</param>
/// <param name="Amount">Of this disbursement.</param>
/// <param name="Deducted">Fees that were kept back.</param>
/// <param name="DownPayment">Collected at once.</param>
public sealed record PaidOut(
    ApplicationFile Application,
    LoanFile Loan,
    Money Amount,
    Money Deducted,
    Money DownPayment
)
{
    /// <summary>What came to the wallet.</summary>
    public Money Credited => Amount - Deducted - DownPayment;
}

/// <summary>A disbursement that may be made, and that nothing is written of yet.</summary>
/// <param name="Running">The loan, locked; null where this is its first disbursement.</param>
/// <param name="Amount">What is paid out now.</param>
/// <param name="Total">What the loan will have been paid out with it.</param>
public sealed record DecidedDisbursement(LoanFile? Running, Money Amount, Money Total)
{
    /// <summary>Whether two officers must pay it out.</summary>
    public bool NeedsTwoOfficers(ApplicationFile file) => Total.MinorUnits > file.TwoOfficersAboveMinor;
}

/// <summary>
/// Pays a loan out: creates the account, or pays a running one out further, and credits the customer's wallet, all in
/// the transaction that has locked the application. Since the application is locked and knows its loan, nothing is paid
/// out twice; a unique index has the last word.
/// </summary>
public sealed class LoanDisbursement(LoanChanges changes, Ids ids)
{
    private const string ReferenceDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Locks the loan, where it runs, and decides what is paid out now.</summary>
    /// <param name="connection">With the application locked.</param>
    /// <param name="file">The application.</param>
    /// <param name="occasion">Who, when.</param>
    /// <param name="amount">In major units, as it was sent; null: all that is left.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<Result<DecidedDisbursement>> DecideAsync(
        NpgsqlConnection connection,
        ApplicationFile file,
        Occasion occasion,
        decimal? amount,
        CancellationToken cancellation
    )
    {
        var running = file.LoanId is { } loanId
            ? await LoanStore.FindAsync(connection, file.CustomerId, loanId, forUpdate: true, cancellation)
            : null;
        var state = running?.Replay(occasion.Today);
        var decided = Disbursement.Decide(CaseOf(file, state, occasion), amount);
        if (decided.IsRefused)
            return decided.Refusal;
        return new DecidedDisbursement(running, decided.Value, decided.Value + file.Money(state?.DisbursedMinor ?? 0));
    }

    /// <summary>Pays out and writes everything, what the change had before included.</summary>
    /// <param name="connection">With the application and the loan locked.</param>
    /// <param name="change">The change so far.</param>
    /// <param name="decided">What is paid out.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<PaidOut> DisburseAsync(
        NpgsqlConnection connection,
        ApplicationChange change,
        DecidedDisbursement decided,
        CancellationToken cancellation
    )
    {
        var (file, occasion, running) = (change.After, change.Occasion, decided.Running);
        var loan = running is null
            ? Open(file, decided.Amount.MinorUnits, occasion)
            : changes.Disburse(running, decided.Amount.MinorUnits, occasion);
        var deducted = running is null ? Disbursement.DeductedOf(file.Offer!.Fees) : 0;
        var paidOut = new PaidOut(
            file,
            loan.After,
            decided.Amount,
            file.Money(deducted),
            file.Money(DownPaymentOf(loan))
        );
        var disbursed = Disbursed(change, loan, paidOut);

        await WalletStore.LockAsync(connection, file.CustomerId, file.OrganisationId, file.Currency, cancellation);
        await using var batch = new NpgsqlBatch(connection);
        LoanChangeStore.AddTo(batch, [loan]);
        WalletStore.AddTo(batch, [.. MovementsOf(file, loan, paidOut, isFirst: running is null)]);
        ApplicationChangeStore.AddTo(batch, disbursed);
        await batch.ExecuteNonQueryAsync(cancellation);
        return paidOut with { Application = disbursed.After };
    }

    private static DisbursementCase CaseOf(ApplicationFile file, Loan? loan, Occasion occasion) =>
        new()
        {
            Status = file.StatusAt(occasion.At),
            TermsAreAccepted = file.TermsAcceptedAt is not null,
            On = occasion.Today,
            AcceptedTotalMinor = file.Accepted?.TotalMinor,
            Terms =
                file.Offer?.Terms
                ?? ProductTerms.Of(
                    file.Product,
                    file.RequestedMinor,
                    file.Duration,
                    file.Product.AnnualRatePercent,
                    file.RequestedOn
                ),
            Fees = file.Offer?.Fees ?? [],
            Product = file.Product,
            Loan = loan,
        };

    private LoanChange Open(ApplicationFile file, long amountMinor, Occasion occasion)
    {
        var id = ids.Next();
        var events = Disbursement.FirstEvents(
            file.Offer!.Terms,
            file.Offer.Fees,
            amountMinor,
            occasion.Today,
            ids.Next
        );
        return changes.Open(AccountOf(file, id), events, occasion);
    }

    private static LoanFile AccountOf(ApplicationFile file, Guid id) =>
        new()
        {
            CustomerId = file.CustomerId,
            Id = id,
            OrganisationId = file.OrganisationId,
            ApplicationId = file.Id,
            ProductName = file.Product.Name,
            AccountProductName = file.Product.AccountProductName,
            RepaymentMethod = file.RepaymentMethod,
            Reference = ReferenceOf(id).Value,
            Terms = file.Offer!.Terms,
            Collector = null,
            AppliedOn = file.RequestedOn,
            DisbursedOn = null,
            State = "PENDING_DISBURSEMENT",
            Balance = default,
            PayoffMinor = 0,
            OverpaidMinor = 0,
            PendingMinor = 0,
            BalanceOn = null,
            NextDueOn = null,
            InstallmentCount = 0,
            Events = [],
        };

    // The random half of the id, in 13 letters and digits: short enough to be typed.
    private static CreditorReference ReferenceOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var number = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        Span<char> body = stackalloc char[13];
        for (var i = body.Length - 1; i >= 0; i--, number /= 36)
            body[i] = ReferenceDigits[(int)(number % 36)];
        return CreditorReference.FromBody(new string(body));
    }

    private static long DownPaymentOf(LoanChange loan)
    {
        var id = DerivedId.DownPayment(loan.Events[0].Id);
        return loan.State.Transactions.FirstOrDefault(one => one.EventId == id)?.AmountMinor ?? 0;
    }

    private ApplicationChange Disbursed(ApplicationChange change, LoanChange loan, PaidOut paidOut)
    {
        var told = new DisbursementTold(
            change.After.Id,
            loan.After.Id,
            loan.After.CustomerId,
            paidOut.Amount,
            paidOut.Credited,
            change.Occasion.Today,
            loan.After.Currency.Code,
            change.Occasion.At
        );
        return change
            .To(ApplicationStatus.Disbursed, $"{paidOut.Amount} paid out, {paidOut.Credited} of it to the wallet.")
            .With(file => file with { LoanId = loan.After.Id, LoanState = loan.After.State })
            .Told(ids, "loan.disbursed", told, loan.After.Id)
            .Recorded(
                ids,
                "LOAN_DISBURSED",
                new
                {
                    AccountId = loan.After.Id,
                    paidOut.Amount,
                    paidOut.Deducted,
                    paidOut.DownPayment,
                }
            );
    }

    // The wallet pays the fees that are kept back, and the down payment, out of what it gets.
    private IEnumerable<WalletMovement> MovementsOf(
        ApplicationFile file,
        LoanChange loan,
        PaidOut paidOut,
        bool isFirst
    )
    {
        var (disbursementId, on) = (loan.Events[0].Id, loan.Occasion.Today);
        yield return Movement(PostingRules.DisbursedToWallet(disbursementId, paidOut.Amount, on));
        foreach (var fee in file.Offer!.Fees.Where(fee => isFirst && fee.Charged == FeeCharged.Deducted))
        {
            yield return Movement(
                PostingRules.DisbursementFeeDeducted(disbursementId, file.Money(fee.AmountMinor), on, fee.Name)
            );
        }

        if (paidOut.DownPayment.IsPositive)
        {
            yield return Movement(
                PostingRules.RepaidFromWallet(DerivedId.DownPayment(disbursementId), paidOut.DownPayment, on)
            );
        }

        WalletMovement Movement(JournalEntry entry) =>
            new(file.CustomerId, file.OrganisationId, new BookedEntry(ids.Next(), entry), loan.Occasion.At);
    }
}
