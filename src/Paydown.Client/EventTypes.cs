namespace Paydown.Client;

/// <summary>The types of events, for webhooks and <see cref="WebhookCalls.ListEventsAsync"/>.</summary>
public static class EventTypes
{
    /// <summary>A customer has registered.</summary>
    public const string CustomerRegistered = "customer.registered";

    /// <summary>A customer has applied for a loan.</summary>
    public const string ApplicationRequested = "application.requested";

    /// <summary>An application was rejected.</summary>
    public const string ApplicationRejected = "application.rejected";

    /// <summary>An application was cancelled.</summary>
    public const string ApplicationCancelled = "application.cancelled";

    /// <summary>An offer was sent to the customer.</summary>
    public const string OfferSent = "offer.sent";

    /// <summary>The customer has accepted the offer.</summary>
    public const string OfferAccepted = "offer.accepted";

    /// <summary>The customer has rejected the offer.</summary>
    public const string OfferRejected = "offer.rejected";

    /// <summary>The customer did not answer the offer in time.</summary>
    public const string OfferExpired = "offer.expired";

    /// <summary>A fee or penalty was charged.</summary>
    public const string LoanChargeApplied = "loan.charge_applied";

    /// <summary>A charge or interest was waived.</summary>
    public const string LoanDebtWaived = "loan.debt_waived";

    /// <summary>An overpayment was refunded.</summary>
    public const string LoanOverpaymentRefunded = "loan.overpayment_refunded";

    /// <summary>What was agreed has changed: installments, interest, or the days that count as past due.</summary>
    public const string LoanAgreementChanged = "loan.agreement_changed";

    /// <summary>A charge, waiver, refund, write-off or change of the agreement was undone.</summary>
    public const string LoanActUndone = "loan.act_undone";

    /// <summary>The collection went to a third party, or came back.</summary>
    public const string LoanCollectorChanged = "loan.collector_changed";

    /// <summary>A loan has become overdue, or has reached another bucket of arrears.</summary>
    public const string LoanOverdue = "loan.overdue";

    /// <summary>Nothing of a loan is overdue any more.</summary>
    public const string LoanCurrent = "loan.current";

    /// <summary>An application was approved.</summary>
    public const string LoanApproved = "loan.approved";

    /// <summary>Money of a loan was paid out.</summary>
    public const string LoanDisbursed = "loan.disbursed";

    /// <summary>A payout was taken back.</summary>
    public const string LoanDisbursementUndone = "loan.disbursement_undone";

    /// <summary>Nothing is owed on a loan any more.</summary>
    public const string LoanPaidOff = "loan.paid_off";

    /// <summary>A loan was written off.</summary>
    public const string LoanWrittenOff = "loan.written_off";

    /// <summary>A loan left the books as lost, but is owed still.</summary>
    public const string LoanChargedOff = "loan.charged_off";

    /// <summary>The lender has credited an amount to a loan.</summary>
    public const string LoanCreditGiven = "loan.credit_given";

    /// <summary>A customer is to be reminded of an installment.</summary>
    public const string NoticeDue = "notice.due";

    /// <summary>Money for a loan is confirmed.</summary>
    public const string PaymentReceived = "payment.received";

    /// <summary>Money has arrived that the rules could not match.</summary>
    public const string PaymentUnmatched = "payment.unmatched";

    /// <summary>A repayment was reported or recorded.</summary>
    public const string RepaymentRecorded = "repayment.recorded";

    /// <summary>A repayment was verified and allocated.</summary>
    public const string RepaymentVerified = "repayment.verified";

    /// <summary>A repayment was rejected or withdrawn.</summary>
    public const string RepaymentRejected = "repayment.rejected";

    /// <summary>A verified repayment was reversed.</summary>
    public const string RepaymentReversed = "repayment.reversed";

    /// <summary>A transfer left a wallet for a bank account.</summary>
    public const string TransactionCreated = "transaction.created";

    /// <summary>The bank account has the money of a transfer.</summary>
    public const string TransactionCompleted = "transaction.completed";

    /// <summary>A transfer failed.</summary>
    public const string TransactionFailed = "transaction.failed";

    /// <summary>The money of a completed transfer came back.</summary>
    public const string TransactionReturned = "transaction.returned";
}
