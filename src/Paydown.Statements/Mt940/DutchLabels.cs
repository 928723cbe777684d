namespace Paydown.Statements.Mt940;

/// <summary>
/// Free text of :86:. Only the labels of Dutch banks are known (<c>IBAN: … NAAM: …</c>, <c>REK: …/NAAM: …</c>); all
/// else is text alone.
/// </summary>
internal static class DutchLabels
{
    private const string Name = "NAAM:";
    private const string Iban = "IBAN:";
    private const string Number = "REK:";

    // Columns are filled with spaces.
    private const string Gap = "  ";

    /// <summary>Reads the text of a booking.</summary>
    /// <param name="lines">Its lines; a name ends with its line.</param>
    /// <param name="text">The lines together.</param>
    public static Mt940Details Read(List<string> lines, string text)
    {
        string? name = null,
            account = null;
        foreach (var line in lines)
        {
            account ??= After(line, Iban, " ") ?? After(line, Number, "/");
            name ??= After(line, Name, Gap);
        }

        return new Mt940Details
        {
            Text = text,
            Name = name,
            Account = account,
        };
    }

    private static string? After(string line, string label, string end)
    {
        var at = line.IndexOf(label, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var value = line.AsSpan(at + label.Length).Trim();
        var length = value.IndexOf(end);
        return (length < 0 ? value : value[..length]).ToString();
    }
}
