using Paydown.Lending.Identifiers;

namespace Paydown.Lending.Statements;

/// <summary>
/// The name of a return of money to its payer, for the transfer at the bank: <c>RET</c> and the 32 digits of the id of
/// the entry, the 35 characters that ISO 20022 has for an end-to-end id.
/// </summary>
public static class ReturnReference
{
    /// <summary>How it begins.</summary>
    public const string Prefix = "RET";

    /// <summary>Its number of characters.</summary>
    public const int Length = 35;

    /// <summary>The reference of the return of an entry.</summary>
    public static string Of(StatementEntryId entryId) => Prefix + entryId.Value.ToString("N").ToUpperInvariant();

    /// <summary>Reads a reference, in upper or lower case.</summary>
    public static bool TryParse(string? text, out StatementEntryId entryId)
    {
        entryId = default;
        return text is { Length: Length }
            && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && IdText.TryParse(text.AsSpan(Prefix.Length), "N", out entryId);
    }
}
