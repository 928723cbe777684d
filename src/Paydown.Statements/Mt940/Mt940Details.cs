using System.Text;

namespace Paydown.Statements.Mt940;

/// <summary>
/// What a text of a booking (:86:) says. Banks have three ways of writing it: German codes (<c>166?20EREF+…?31…</c>),
/// words between slashes (<c>/EREF/…/REMI/…</c>) and free text.
/// </summary>
internal sealed record Mt940Details
{
    // A line that is full was cut there, within a word; a shorter one was ended after a word.
    private const int FullLine = 65;

    public string? Text { get; init; }

    public string? Reference { get; init; }

    public string? Name { get; init; }

    public string? Account { get; init; }

    public string? EndToEndId { get; init; }

    public string? Code { get; init; }

    public string? ReturnReason { get; init; }

    /// <summary>Reads the lines of all texts of a booking.</summary>
    /// <param name="lines">The lines, without the tag.</param>
    /// <param name="supplement">The second line of :61:; null if there is none.</param>
    public static Mt940Details Read(List<string> lines, string? supplement)
    {
        if (lines.Count == 0)
            return new Mt940Details();
        if (GermanCodes.Separator(lines[0]) is { } separator)
            return GermanCodes.Read(string.Concat(lines), separator);
        var text = Joined(lines);
        return SlashWords.Begins(text) ? SlashWords.Read(text, supplement) : DutchLabels.Read(lines, text);
    }

    private static string Joined(List<string> lines)
    {
        if (lines.Count == 1)
            return lines[0];
        var text = new StringBuilder(lines[0]);
        for (var i = 1; i < lines.Count; i++)
        {
            // The tag counts, so the first line of a text is shorter than the others.
            if (lines[i - 1].Length + (i == 1 ? 4 : 0) < FullLine)
                text.Append(' ');
            text.Append(lines[i]);
        }

        return text.ToString();
    }
}
