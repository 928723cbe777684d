namespace Paydown.Lending.Statements;

/// <summary>What identifies an entry within its account.</summary>
/// <param name="Fingerprint">The fingerprint of <see cref="EntryFingerprint"/>, in hexadecimal digits.</param>
/// <param name="Status">The status: an announcement is kept apart from the booked entry.</param>
/// <param name="Occurrence">1 for the first such entry, 2 for the second one.</param>
public readonly record struct EntryIdentity(string Fingerprint, EntryStatus Status, int Occurrence);

/// <summary>
/// Numbers the equal entries of one account in one file. An entry is known if the account has one of the same identity:
/// the first of two equal entries in a file is the first of two in an overlapping file, and both are payments.
/// </summary>
public sealed class EntryOccurrences
{
    private readonly Dictionary<(string, EntryStatus), int> counts = [];

    /// <summary>Returns the identity of the next entry of the file.</summary>
    public EntryIdentity Next(StatementEntry entry)
    {
        var fingerprint = Convert.ToHexString(EntryFingerprint.Of(entry));
        var occurrence = counts[(fingerprint, entry.Status)] =
            counts.GetValueOrDefault((fingerprint, entry.Status)) + 1;
        return new(fingerprint, entry.Status, occurrence);
    }
}
