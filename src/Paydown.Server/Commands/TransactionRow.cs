using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <summary>One row of a scenario's <c>transactions</c>. Amounts by component are in minor units.</summary>
internal sealed record TransactionRow
{
    /// <summary>The type of a fee that is deducted from a disbursement.</summary>
    public const string FeeAtDisbursement = "Fee At Disbursement";

    /// <summary>The types that a scenario may show.</summary>
    public static IReadOnlySet<string> Types { get; } =
        Enum.GetValues<LoanEventKind>().Select(TypeOf).Append(FeeAtDisbursement).Concat(Accruals.Types).ToHashSet();

    /// <summary>The event; null for an accrual, which cannot be undone.</summary>
    public LoanEventId? Id { get; init; }

    public required DateOnly On { get; init; }

    /// <summary>Twice the order of recording, so an accrual fits behind the event that caused it.</summary>
    public required int Sequence { get; init; }

    public required string Type { get; init; }

    public required Money Amount { get; init; }

    public required ComponentAmounts Components { get; init; }

    public required Money Overpaid { get; init; }

    public required Money Balance { get; init; }

    public bool IsReversed { get; init; }

    public static TransactionRow Of(LoanTransaction transaction, int sequence) =>
        new()
        {
            Id = transaction.EventId,
            On = transaction.On,
            Sequence = sequence,
            Type = TypeOf(transaction.Kind),
            // A scenario shows all that a write-off removes from the schedule; the loan knows how much is a loss.
            Amount = transaction.Amount + transaction.ForgoneInterest,
            Components = transaction.Components + new ComponentAmounts(0, transaction.ForgoneInterest.MinorUnits, 0, 0),
            Overpaid = transaction.Overpaid,
            // The published tables show none for what moves or gives up the whole debt.
            Balance = MovesDebt(transaction.Kind)
                ? Money.Zero(transaction.Amount.Currency)
                : transaction.PrincipalBalance,
            IsReversed = transaction.IsReversed,
        };

    private static bool MovesDebt(LoanEventKind kind) =>
        kind
            is LoanEventKind.ReAge
                or LoanEventKind.ReAmortization
                or LoanEventKind.ChargeOff
                or LoanEventKind.ContractTermination;

    private static string TypeOf(LoanEventKind kind) =>
        kind switch
        {
            LoanEventKind.DownPayment => "Down Payment",
            LoanEventKind.CreditBalanceRefund => "Credit Balance Refund",
            LoanEventKind.GoodwillCredit => "Goodwill Credit",
            LoanEventKind.MerchantIssuedRefund => "Merchant Issued Refund",
            LoanEventKind.PayoutRefund => "Payout Refund",
            LoanEventKind.InterestRefund => "Interest Refund",
            LoanEventKind.WriteOff => "Write-off",
            LoanEventKind.ReAge => "Re-age",
            LoanEventKind.ReAmortization => "Re-amortize",
            LoanEventKind.ChargeOff => "Charge-off",
            LoanEventKind.ContractTermination => "Contract Termination",
            LoanEventKind.ChargeAdjustment => "Charge Adjustment",
            LoanEventKind.InterestPaymentWaiver => "Interest Payment Waiver",
            _ => kind.ToString(),
        };
}
