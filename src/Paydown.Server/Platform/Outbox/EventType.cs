using Paydown.Lending.Outcomes;

namespace Paydown.Server.Platform.Outbox;

/// <summary>The types of the events for other systems; the schema's <c>event_type</c>.</summary>
public enum EventType
{
    LoanApproved,
    LoanDisbursed,
    LoanPaidOff,
    LoanWrittenOff,
    PaymentReceived,
    RepaymentRecorded,
    RepaymentVerified,
    RepaymentRejected,
    RepaymentReversed,
    TransactionCreated,
    TransactionCompleted,
    TransactionFailed,
}

/// <summary>The names of event types in the contract.</summary>
public static class EventTypes
{
    private static readonly Dictionary<EventType, string> Names = Enum.GetValues<EventType>()
        .ToDictionary(type => type, NameOf);

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
