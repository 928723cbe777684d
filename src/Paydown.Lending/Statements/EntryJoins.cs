using Paydown.Lending.Amounts;

namespace Paydown.Lending.Statements;

/// <summary>
/// Which entries are about the same money although they are not equal: an announcement and its booking, a collective
/// booking and its details from a camt.054. Only the booking is money.
/// </summary>
public static class EntryJoins
{
    /// <summary>A bank books what it announces within this many days.</summary>
    public const int AnnouncedDaysMax = 10;

    /// <summary>
    /// The announcement whose booking this is; null if there is none. Amount and currency are equal. The end-to-end id
    /// decides if both have one; else the account of the other side. Of several, the nearest day.
    /// </summary>
    public static StatementEntry? FindAnnouncement(StatementEntry booked, IEnumerable<StatementEntry> announced) =>
        announced
            .Where(one =>
                one.Status == EntryStatus.Pdng
                && one.Amount == booked.Amount
                && DaysBetween(one, booked) <= AnnouncedDaysMax
                && IsSameSource(one, booked)
            )
            .OrderBy(one => DaysBetween(one, booked))
            .FirstOrDefault();

    /// <summary>
    /// Whether these details, from a notification, are the parts of a booking: they name its reference of the bank, or
    /// have it, and their amounts add up to it.
    /// </summary>
    public static bool AreDetailsOf(IReadOnlyList<StatementEntry> details, StatementEntry booking) =>
        details.Count > 0
        && EntryFingerprint.IdentifyingReference(booking) is { } reference
        && details.All(detail =>
            detail.Amount.Currency == booking.Amount.Currency
            && EntryFingerprint.IdentifyingReference(BookingOf(detail)) == reference
        )
        && Money.Sum(details.Select(detail => detail.Amount), booking.Amount.Currency) == booking.Amount;

    private static StatementEntry BookingOf(StatementEntry detail) =>
        detail.BookingReference is { } reference ? detail with { BankReference = reference } : detail;

    private static bool IsSameSource(StatementEntry one, StatementEntry other) =>
        one.EndToEndId is { } id && other.EndToEndId is { } otherId
            ? id == otherId
            : one.CounterpartyAccount is { } account && account == other.CounterpartyAccount;

    private static int DaysBetween(StatementEntry one, StatementEntry other) =>
        Math.Abs(one.BookedOn.DayNumber - other.BookedOn.DayNumber);
}
