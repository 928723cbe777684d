namespace Paydown.Statements.Reading;

/// <summary>Turns what a bank writes for "nothing" into null.</summary>
internal static class Clean
{
    private const string MaskLetters = "XX";

    /// <summary>The text without surrounding space; null if nothing is left.</summary>
    public static string? Text(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.IsEmpty ? null
            : trimmed.Length == text!.Length ? text
            : trimmed.ToString();
    }

    /// <summary>A reference: null also for the words that banks write if there is none.</summary>
    public static string? Reference(string? text) =>
        Text(text) is { } reference && !IsPlaceholder(reference) ? reference : null;

    /// <summary>An account number without spaces, in upper case, to compare two spellings of one account.</summary>
    public static string Account(string account) =>
        string.Concat(account.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>
    /// True if the number is masked, for example <c>****1234</c>: by asterisks, or by X beside digits. The X of a bank
    /// code stand beside letters.
    /// </summary>
    public static bool IsMasked(string account)
    {
        if (account.Contains('*'))
            return true;
        var at = account.IndexOf(MaskLetters, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return false;
        var end = at;
        while (end < account.Length && account[end] is 'x' or 'X')
            end++;
        return (at > 0 && char.IsAsciiDigit(account[at - 1]))
            || (end < account.Length && char.IsAsciiDigit(account[end]));
    }

    private static bool IsPlaceholder(string text) =>
        text.Equals("NONREF", StringComparison.OrdinalIgnoreCase)
        || text.Equals("NOTPROVIDED", StringComparison.OrdinalIgnoreCase);
}
