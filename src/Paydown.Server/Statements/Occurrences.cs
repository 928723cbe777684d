using Paydown.Lending.Identifiers;
using Paydown.Lending.Statements;

namespace Paydown.Server.Statements;

/// <summary>
/// Counts equal entries of a file. Two equal entries of one file are two payments: a hash alone would drop the second.
/// The same entry in two files is one payment, because it is the first of its kind in both.
/// </summary>
internal sealed class Occurrences
{
    private readonly Dictionary<(CollectionAccountId, EntryStatus, string), int> counts = [];

    /// <summary>Returns how many equal entries of the account there were so far, this one included.</summary>
    public int Next(CollectionAccountId accountId, StatementEntry entry)
    {
        var key = (accountId, entry.Status, Convert.ToHexString(EntryFingerprint.Of(entry)));
        return counts[key] = counts.GetValueOrDefault(key) + 1;
    }
}
