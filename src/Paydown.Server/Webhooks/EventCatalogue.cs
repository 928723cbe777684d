using Paydown.Server.Applications;
using Paydown.Server.Customers;
using Paydown.Server.Events;
using Paydown.Server.Loans;
using Paydown.Server.Notices;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Statements;
using Paydown.Server.Wallets;

namespace Paydown.Server.Webhooks;

/// <summary>What each event means and carries: the source of docs/events.md and of the OpenAPI document.</summary>
public static class EventCatalogue
{
    /// <summary>Every event, and the test of an endpoint.</summary>
    public static IReadOnlyList<EventDescription> All { get; } =
    [
        .. Enum.GetValues<EventType>().Select(Describe),
        new(
            EventBody.TestType,
            "A manager tests the endpoint. It is in no list of events.",
            typeof(WebhookTestPayload)
        ),
    ];

    private static EventDescription Describe(EventType type)
    {
        var (happened, payload) = Of(type);
        return new EventDescription(type.Name, happened, payload);
    }

    private static (string Happened, Type Payload) Of(EventType type) =>
        type switch
        {
            EventType.CustomerRegistered => ("A customer has registered.", typeof(CustomerPayload)),
            EventType.ApplicationRequested => ("A customer has applied for a loan.", typeof(StatusPayload)),
            EventType.ApplicationRejected => ("An application was rejected.", typeof(StatusPayload)),
            EventType.ApplicationCancelled => ("An application was cancelled.", typeof(StatusPayload)),
            EventType.OfferSent => ("An offer was sent to the customer.", typeof(StatusPayload)),
            EventType.OfferAccepted => ("The customer has accepted the offer.", typeof(StatusPayload)),
            EventType.OfferRejected => ("The customer has rejected the offer.", typeof(StatusPayload)),
            EventType.OfferExpired => ("The customer did not answer the offer in time.", typeof(StatusPayload)),
            EventType.LoanApproved => ("An application was approved.", typeof(ApplicationPayload)),
            EventType.LoanDisbursed => ("Money of a loan was paid out.", typeof(DisbursementPayload)),
            EventType.LoanDisbursementUndone => (
                "A payout was taken back: the payload shows it as it was paid out.",
                typeof(DisbursementPayload)
            ),
            EventType.LoanPaidOff => ("Nothing is owed on a loan any more.", typeof(LoanPayload)),
            EventType.LoanWrittenOff => ("A loan was written off.", typeof(LoanPayload)),
            EventType.LoanChargedOff => ("A loan left the books as lost, but is owed still.", typeof(LoanPayload)),
            EventType.LoanChargeApplied => ("A fee or penalty was charged.", typeof(LoanActPayload)),
            EventType.LoanDebtWaived => ("A charge or interest was waived.", typeof(LoanActPayload)),
            EventType.LoanCreditGiven => (
                "The lender has credited an amount: for a charge, or as a payment in the customer's place.",
                typeof(LoanActPayload)
            ),
            EventType.LoanOverpaymentRefunded => ("An overpayment was refunded.", typeof(LoanActPayload)),
            EventType.LoanActUndone => (
                "A charge, waiver, refund, loss or change of the agreement was undone.",
                typeof(LoanActPayload)
            ),
            EventType.LoanCollectorChanged => (
                "The collection went to a third party, or came back.",
                typeof(CollectionPayload)
            ),
            EventType.LoanAgreementChanged => (
                "An officer has changed what was agreed: the installments, the interest, or the days that count as past due.",
                typeof(LoanPayload)
            ),
            EventType.LoanOverdue => (
                "A loan has become overdue, or has reached another bucket of arrears.",
                typeof(ArrearsPayload)
            ),
            EventType.LoanCurrent => ("Nothing of a loan is overdue any more.", typeof(ArrearsPayload)),
            EventType.NoticeDue => (
                "A customer is to be reminded of an installment, for example by the lender's SMS gateway.",
                typeof(NoticeDuePayload)
            ),
            EventType.PaymentReceived => ("Money for a loan is confirmed.", typeof(RepaymentPayload)),
            EventType.PaymentUnmatched => (
                "Money has arrived that the rules could not match. An officer must decide about it.",
                typeof(UnmatchedPayload)
            ),
            EventType.RepaymentRecorded => (
                "A customer has reported a repayment, or an officer has recorded one.",
                typeof(RepaymentPayload)
            ),
            EventType.RepaymentVerified => ("A repayment was verified and allocated.", typeof(RepaymentPayload)),
            EventType.RepaymentRejected => ("A repayment was rejected or withdrawn.", typeof(RepaymentPayload)),
            EventType.RepaymentReversed => ("A verified repayment was reversed.", typeof(RepaymentPayload)),
            EventType.TransactionCreated => ("A transfer left a wallet for a bank account.", typeof(TransferPayload)),
            EventType.TransactionCompleted => (
                "The bank account has the money of a transfer.",
                typeof(TransferPayload)
            ),
            EventType.TransactionFailed => (
                "A transfer failed; its money is in the wallet again.",
                typeof(TransferPayload)
            ),
            EventType.TransactionReturned => (
                "The bank sent the money of a completed transfer back; its amount, without the fee, is in the wallet again.",
                typeof(TransferPayload)
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This event is not described."),
        };
}

/// <summary>The payload of the event <c>webhook.test</c>.</summary>
/// <param name="WebhookId">The endpoint that is tested.</param>
public sealed record WebhookTestPayload(WebhookId WebhookId);
