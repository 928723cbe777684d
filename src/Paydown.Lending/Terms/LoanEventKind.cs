namespace Paydown.Lending.Terms;

/// <summary>What can happen to a loan. The order of the names is not the order of events.</summary>
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

    /// <summary>Interest that goes back with a refund (<see cref="InterestRefundRules"/>).</summary>
    InterestRefund,
}
