using Paydown.Statements.Reading;

namespace Paydown.Statements.Mt940;

/// <summary>
/// The German way of :86:, used in other countries too: a code of three digits, then subfields of a separator and two
/// digits. ?20 to ?29 and ?60 to ?63 are the text, ?30 the bank, ?31 the account, ?32 and ?33 the name.
/// </summary>
internal static class GermanCodes
{
    // A subfield of the text has at most 27 characters; a full one was cut within a word.
    private const int FullSubfield = 27;

    // The labels of SEPA payments within the text. What follows SVWZ+ is the remittance text.
    private static readonly string[] Labels =
    [
        "EREF+",
        "KREF+",
        "MREF+",
        "CRED+",
        "DEBT+",
        "COAM+",
        "OAMT+",
        "SVWZ+",
        "ABWA+",
        "ABWE+",
        "IBAN+",
        "BIC+",
        "PURP+",
    ];

    /// <summary>The separator if the text is of this kind; else null.</summary>
    public static char? Separator(string first)
    {
        var at = first.Length > 3 && first.AsSpan(0, 3).IndexOfAnyExceptInRange('0', '9') < 0 ? 3 : 0;
        if (first.Length < at + 3)
            return null;
        var separator = first[at];
        var isSeparator = !char.IsLetterOrDigit(separator) && separator is not (' ' or '/' or ':' or '-' or '.' or ',');
        return isSeparator && IsCode(first, at, separator) ? separator : null;
    }

    /// <summary>Reads the text of a booking.</summary>
    public static Mt940Details Read(string text, char separator)
    {
        string? kind = null,
            account = null,
            iban = null;
        var purpose = new List<string>();
        var name = "";
        var at = text.IndexOf(separator);
        var code = at == 3 ? text[..3] : null;
        while (at >= 0)
        {
            var next = NextCode(text, at + 3, separator);
            var value = text[(at + 3)..(next < 0 ? text.Length : next)];
            switch (text.AsSpan(at + 1, 2))
            {
                case "00":
                    kind = Clean.Text(value);
                    break;
                case ['2', _] or ['6', >= '0' and <= '3']:
                    purpose.Add(value);
                    break;
                case "31":
                    account = Clean.Text(value);
                    break;
                case "32" or "33":
                    name += value;
                    break;
                case "38":
                    iban = Clean.Text(value);
                    break;
                default:
                    break;
            }

            at = next;
        }

        var sections = Sections(purpose);
        return new Mt940Details
        {
            Text = TextOf(sections) ?? kind,
            Name = name,
            Account = account ?? iban,
            EndToEndId = sections.GetValueOrDefault("EREF+"),
            Code = code,
        };
    }

    // Without labels, all is text. A payer who pays for another one stands beside it.
    private static string? TextOf(Dictionary<string, string> sections)
    {
        var text = Clean.Text(sections.GetValueOrDefault("SVWZ+")) ?? Clean.Text(sections.GetValueOrDefault(""));
        foreach (var label in new[] { "ABWA+", "ABWE+" })
        {
            if (Clean.Text(sections.GetValueOrDefault(label)) is { } other)
                text = text is null ? label + other : $"{text} {label}{other}";
        }

        return text;
    }

    private static Dictionary<string, string> Sections(List<string> subfields)
    {
        var sections = new Dictionary<string, string>(StringComparer.Ordinal);
        var (label, isCut) = ("", true);
        foreach (var subfield in subfields)
        {
            var rest = subfield.AsSpan();
            while (true)
            {
                var at = FindLabel(rest, out var next);
                var part = at < 0 ? rest : rest[..at];
                if (!part.IsEmpty)
                {
                    var before = sections.GetValueOrDefault(label, "");
                    sections[label] = string.Concat(before, isCut || before.Length == 0 ? "" : " ", part);
                }

                if (at < 0)
                    break;
                (label, isCut) = (next, true);
                sections.TryAdd(label, "");
                rest = rest[(at + next.Length)..];
            }

            isCut = subfield.Length >= FullSubfield;
        }

        return sections;
    }

    // A label begins a word.
    private static int FindLabel(ReadOnlySpan<char> text, out string label)
    {
        var first = -1;
        label = "";
        if (!text.Contains('+'))
            return first;
        foreach (var known in Labels)
        {
            var at = text.IndexOf(known);
            if (at >= 0 && (at == 0 || text[at - 1] == ' ') && (first < 0 || at < first))
                (first, label) = (at, known);
        }

        return first;
    }

    private static int NextCode(string text, int from, char separator)
    {
        for (var at = text.IndexOf(separator, from); at >= 0; at = text.IndexOf(separator, at + 1))
        {
            if (IsCode(text, at, separator))
                return at;
        }

        return -1;
    }

    private static bool IsCode(string text, int at, char separator) =>
        at + 2 < text.Length
        && text[at] == separator
        && char.IsAsciiDigit(text[at + 1])
        && char.IsAsciiDigit(text[at + 2]);
}
