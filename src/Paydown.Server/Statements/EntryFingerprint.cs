using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Paydown.Lending.Statements;

namespace Paydown.Server.Statements;

/// <summary>
/// What distinguishes an entry from other entries of its account, whichever file it comes in. Whether it is booked or
/// announced does not matter, and neither does its place in the file. Equal entries have one fingerprint.
/// </summary>
internal static class EntryFingerprint
{
    /// <summary>SHA-256 of the parts that identify an entry.</summary>
    public static byte[] Of(StatementEntry entry)
    {
        var parts = string.Join(
            '\n',
            entry.BookedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            entry.Amount.MinorUnits.ToString(CultureInfo.InvariantCulture),
            entry.Amount.Currency.Code,
            Squashed(entry.BankReference),
            Squashed(entry.Reference),
            Squashed(entry.EndToEndId),
            Squashed(entry.CounterpartyAccount),
            Squashed(entry.Text),
            entry.RunningBalance?.MinorUnits.ToString(CultureInfo.InvariantCulture) ?? ""
        );
        return SHA256.HashData(Encoding.UTF8.GetBytes(parts));
    }

    private static string Squashed(string? text) =>
        text is null ? "" : string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
