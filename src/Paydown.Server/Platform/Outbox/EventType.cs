using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Outbox;

/// <summary>The types of the events for other systems; the schema's <c>event_type</c>.</summary>
public enum EventType
{
    CustomerRegistered,
    ApplicationRequested,
    ApplicationRejected,
    ApplicationCancelled,
    OfferSent,
    OfferAccepted,
    OfferRejected,
    OfferExpired,
    LoanApproved,
    LoanDisbursed,
    LoanDisbursementUndone,
    LoanPaidOff,
    LoanWrittenOff,
    LoanChargedOff,
    LoanChargeApplied,
    LoanDebtWaived,
    LoanCreditGiven,
    LoanOverpaymentRefunded,
    LoanActUndone,
    LoanCollectorChanged,
    LoanAgreementChanged,
    LoanOverdue,
    LoanCurrent,
    NoticeDue,
    PaymentReceived,
    PaymentUnmatched,
    RepaymentRecorded,
    RepaymentVerified,
    RepaymentRejected,
    RepaymentReversed,
    TransactionCreated,
    TransactionCompleted,
    TransactionFailed,
    TransactionReturned,
}

/// <summary>The names of event types in the contract.</summary>
public static class EventTypes
{
    private static readonly Dictionary<EventType, string> Names = Enum.GetValues<EventType>()
        .ToDictionary(type => type, NameOf);

    private static readonly Dictionary<string, EventType> ByName = Names.ToDictionary(
        pair => pair.Value,
        pair => pair.Key,
        StringComparer.Ordinal
    );

    /// <summary>The names of all types.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Values];

    /// <summary>Returns the types with these names.</summary>
    public static IReadOnlyList<EventType> Read(IEnumerable<string> names) => [.. names.Select(name => ByName[name])];

    extension(EventType type)
    {
        /// <summary>For example <c>loan.paid_off</c>.</summary>
        public string Name => Names[type];
    }

    // The first word is what the event is about.
    private static string NameOf(EventType type)
    {
        var words = Words.Write(type).Split('_', 2);
        return $"{words[0]}.{words[1]}".ToLowerInvariant();
    }
}
