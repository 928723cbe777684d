using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Paydown.Lending.Statements;

/// <summary>
/// What distinguishes an entry from the other entries of its account, in whichever file it comes. The place in the file
/// does not matter, and neither does the status: announced and booked entries are kept apart by their status. The
/// account is kept beside the fingerprint.
/// </summary>
/// <remarks>
/// <para>
/// If the bank gives a reference, then day, amount and that reference identify an entry. Formats differ in names and
/// texts, but not in these, so the MT940 file of a day adds nothing to the camt file of that day. A counter such as
/// <c>0</c> or <c>17</c> is not such a reference: see <see cref="IdentifyingReference"/>.
/// </para>
/// <para>Without a reference of the bank, everything that the entry states identifies it.</para>
/// <para>
/// Equal entries of one file are several payments, so the fingerprint alone would drop money. The caller numbers them
/// with <see cref="EntryOccurrences"/>: the Nth equal entry of a file is the Nth equal entry of the account.
/// </para>
/// <para>
/// Limits. Two formats of a day without references of the bank are two sets of entries, unless their texts agree.
/// A format that cuts a reference of the bank gives another one. Two equal entries that come one by one in two files of
/// the same day are taken for one entry in two files; the balance of the account shows the difference.
/// </para>
/// </remarks>
public static class EntryFingerprint
{
    // Shorter ones are counters of a day or of a page.
    private const int ReferenceLengthMin = 5;

    /// <summary>SHA-256 of what identifies an entry: 32 bytes.</summary>
    public static byte[] Of(StatementEntry entry) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', PartsOf(entry))));

    /// <summary>
    /// The reference of the bank in letters and digits, if it distinguishes entries of a day; null if there is none, if
    /// it is shorter than 5 characters, or if it has no digit but zeros.
    /// </summary>
    public static string? IdentifyingReference(StatementEntry entry) =>
        Squash(entry.BankReference) is { Length: >= ReferenceLengthMin } reference
        && reference.Any(c => char.IsDigit(c) && c != '0')
            ? reference
            : null;

    private static string[] PartsOf(StatementEntry entry)
    {
        string[] always =
        [
            entry.BookedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            entry.Amount.MinorUnits.ToString(CultureInfo.InvariantCulture),
            entry.Amount.Currency.Code,
        ];
        return IdentifyingReference(entry) is { } reference
            ? [.. always, reference]
            :
            [
                .. always,
                Squash(entry.BankReference),
                Squash(entry.Reference),
                Squash(entry.EndToEndId),
                Squash(entry.CounterpartyAccount),
                Squash(entry.Text),
                entry.RunningBalance?.MinorUnits.ToString(CultureInfo.InvariantCulture) ?? "",
            ];
    }

    private static string Squash(string? text) =>
        text is null ? "" : string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
