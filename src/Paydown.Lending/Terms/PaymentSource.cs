namespace Paydown.Lending.Terms;

/// <summary>The source of the money that settles debts.</summary>
public enum PaymentSource
{
    Repayment,

    /// <summary>The share of a disbursement that is due on its day.</summary>
    DownPayment,

    /// <summary>A gift of the lender.</summary>
    GoodwillCredit,

    /// <summary>A merchant returns the price of what the loan paid for.</summary>
    MerchantIssuedRefund,

    /// <summary>The payee of a payout returns it.</summary>
    PayoutRefund,

    /// <summary>Interest that is returned together with a refund.</summary>
    InterestRefund,

    /// <summary>The lender pays in the customer's place.</summary>
    InterestPaymentWaiver,
}
