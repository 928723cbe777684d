namespace Paydown.Client;

/// <summary>The types of events, for webhooks and <see cref="WebhookCalls.ListEventsAsync"/>.</summary>
public static class EventTypes
{
    /// <summary>An application was approved.</summary>
    public const string LoanApproved = "loan.approved";

    /// <summary>Money of a loan was paid out.</summary>
    public const string LoanDisbursed = "loan.disbursed";

    /// <summary>Nothing is owed on a loan any more.</summary>
    public const string LoanPaidOff = "loan.paid_off";

    /// <summary>A loan was written off.</summary>
    public const string LoanWrittenOff = "loan.written_off";

    /// <summary>Money for a loan is confirmed.</summary>
    public const string PaymentReceived = "payment.received";

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
}
