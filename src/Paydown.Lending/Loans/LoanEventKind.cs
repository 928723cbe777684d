using Paydown.Lending.Terms;

namespace Paydown.Lending.Loans;

/// <summary>
/// The kinds of event as the database, the ledger and the lists of transactions name them. The order of the names means
/// nothing.
/// </summary>
public enum LoanEventKind
{
    Disbursement,
    DownPayment,
    Repayment,
    Charge,
    Waiver,
    Reversal,
    WriteOff,
    CreditBalanceRefund,
    GoodwillCredit,
    MerchantIssuedRefund,
    PayoutRefund,
    Chargeback,
    FutureRuleChange,
    InterestRefund,
    ArrearsPause,
    ArrearsResumption,
    Reschedule,
    ReAge,
    ReAmortization,
    InterestPause,
    ChargeOff,
    ContractTermination,
    ChargeAdjustment,
    InterestPaymentWaiver,
}

/// <summary>Translates between payments and events.</summary>
public static class LoanEventKinds
{
    /// <summary>The kind of event that a payment from this source is.</summary>
    public static LoanEventKind Of(PaymentSource source) =>
        source switch
        {
            PaymentSource.Repayment => LoanEventKind.Repayment,
            PaymentSource.DownPayment => LoanEventKind.DownPayment,
            PaymentSource.GoodwillCredit => LoanEventKind.GoodwillCredit,
            PaymentSource.MerchantIssuedRefund => LoanEventKind.MerchantIssuedRefund,
            PaymentSource.PayoutRefund => LoanEventKind.PayoutRefund,
            PaymentSource.InterestRefund => LoanEventKind.InterestRefund,
            PaymentSource.InterestPaymentWaiver => LoanEventKind.InterestPaymentWaiver,
            _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Not a source of payments."),
        };

    /// <summary>True if an event of this kind settles debts with money.</summary>
    public static bool SettlesDebts(LoanEventKind kind) =>
        kind == LoanEventKind.ChargeAdjustment || SourceOf(kind) is not null;

    /// <summary>The source of a payment of this kind; null if the kind is no payment.</summary>
    public static PaymentSource? SourceOf(LoanEventKind kind) =>
        kind switch
        {
            LoanEventKind.Repayment => PaymentSource.Repayment,
            LoanEventKind.DownPayment => PaymentSource.DownPayment,
            LoanEventKind.GoodwillCredit => PaymentSource.GoodwillCredit,
            LoanEventKind.MerchantIssuedRefund => PaymentSource.MerchantIssuedRefund,
            LoanEventKind.PayoutRefund => PaymentSource.PayoutRefund,
            LoanEventKind.InterestRefund => PaymentSource.InterestRefund,
            LoanEventKind.InterestPaymentWaiver => PaymentSource.InterestPaymentWaiver,
            _ => null,
        };
}
