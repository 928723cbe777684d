using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Applications;

/// <summary>
/// The status of an application. <see cref="PaidOff"/> is never stored: it is what <see cref="Disbursed"/> is called
/// once the loan is paid back.
/// </summary>
public enum ApplicationStatus
{
    Requested,
    Approved,
    Rejected,
    OfferSent,
    Accepted,
    Withdrawn,
    Expired,
    Cancelled,
    Disbursed,
    PaidOff,
}

/// <summary>The one table of what an application can become.</summary>
public static class ApplicationStates
{
    private static readonly (ApplicationStatus From, ApplicationStatus To)[] Transitions =
    [
        (ApplicationStatus.Requested, ApplicationStatus.Approved),
        (ApplicationStatus.Requested, ApplicationStatus.Rejected),
        (ApplicationStatus.Requested, ApplicationStatus.Cancelled),
        (ApplicationStatus.Approved, ApplicationStatus.OfferSent),
        (ApplicationStatus.Approved, ApplicationStatus.Cancelled),
        (ApplicationStatus.OfferSent, ApplicationStatus.Accepted),
        (ApplicationStatus.OfferSent, ApplicationStatus.Rejected),
        (ApplicationStatus.OfferSent, ApplicationStatus.Withdrawn),
        (ApplicationStatus.OfferSent, ApplicationStatus.Expired),
        (ApplicationStatus.OfferSent, ApplicationStatus.Cancelled),
        (ApplicationStatus.Accepted, ApplicationStatus.Disbursed),
        (ApplicationStatus.Accepted, ApplicationStatus.OfferSent),
        (ApplicationStatus.Accepted, ApplicationStatus.Cancelled),
        (ApplicationStatus.Disbursed, ApplicationStatus.PaidOff),
    ];

    /// <summary>Whether it may still become a loan: of these a customer has at most one a product.</summary>
    public static bool IsOpen(ApplicationStatus status) =>
        status
            is ApplicationStatus.Requested
                or ApplicationStatus.Approved
                or ApplicationStatus.OfferSent
                or ApplicationStatus.Accepted;

    /// <summary>Whether an application in one state may become another.</summary>
    public static bool Leads(ApplicationStatus from, ApplicationStatus to) => Transitions.Contains((from, to));

    /// <summary>Why it may not; null if it may.</summary>
    public static Refusal? Check(ApplicationStatus from, ApplicationStatus to) =>
        Leads(from, to)
            ? null
            : Refusals.ApplicationStateForbids(
                Word(from),
                Word(to),
                [.. Transitions.Where(step => step.To == to).Select(step => Word(step.From))]
            );

    /// <summary>A state as the contract writes it.</summary>
    public static string Word(ApplicationStatus status) =>
        status switch
        {
            ApplicationStatus.OfferSent => "OFFER_SENT",
            ApplicationStatus.PaidOff => "PAID_OFF",
            _ => status.ToString().ToUpperInvariant(),
        };
}
