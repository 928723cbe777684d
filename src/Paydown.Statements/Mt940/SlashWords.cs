using Paydown.Statements.Reading;

namespace Paydown.Statements.Mt940;

/// <summary>
/// The Dutch and SWIFT way of :86:: words between slashes, each followed by its value up to the next word, for example
/// <c>/EREF/E2E-1//CNTP/IBAN/BIC/NAME/CITY//REMI/USTD//text/</c> or <c>/BENM//NAME/…/REMI/…</c>.
/// </summary>
internal static class SlashWords
{
    private static readonly string[] Words =
    [
        "/EREF/",
        "/REMI/",
        "/CNTP/",
        "/NAME/",
        "/IBAN/",
        "/BENM/",
        "/ORDP/",
        "/TRTP/",
        "/BIC/",
        "/ADDR/",
        "/ISDT/",
        "/MARF/",
        "/CSID/",
        "/PREF/",
        "/PURP/",
        "/RTRN/",
        "/ULTD/",
        "/ULTC/",
        "/ULTB/",
        "/SVCL/",
        "/SWOC/",
        "/SWOD/",
        "/TRCD/",
        "/OCMT/",
        "/CHGS/",
        "/EXCH/",
        "/INIT/",
        "/ID/",
        "/RREF/",
        "/ACCW/",
        "/BUSP/",
    ];

    public static bool Begins(string text) =>
        text.StartsWith('/') && Array.Exists(Words, word => text.StartsWith(word, StringComparison.Ordinal));

    /// <summary>Reads the text of a booking.</summary>
    /// <param name="text">It begins with a word.</param>
    /// <param name="supplement">The second line of :61:, where some banks write the account of the other side.</param>
    public static Mt940Details Read(string text, string? supplement)
    {
        var details = new Mt940Details();
        var (at, word) = (0, WordAt(text, 0)!);
        var isParty = false;
        while (true)
        {
            var start = at + word.Length;
            var next = NextWord(text, start, out var following);
            var value = text.AsSpan(start, (next < 0 ? text.Length : next) - start);
            details = With(details, word, value);
            isParty |= word is "/BENM/" or "/ORDP/";
            if (next < 0)
                break;
            (at, word) = (next, following);
        }

        var hasAccount = details.Account is not null || !isParty || supplement is null or ['/', ..];
        return hasAccount ? details : details with { Account = supplement!.Split('\n')[0] };
    }

    private static Mt940Details With(Mt940Details details, string word, ReadOnlySpan<char> value)
    {
        switch (word)
        {
            case "/EREF/":
                return details with { EndToEndId = Bare(value) };
            case "/NAME/":
                return details with { Name = details.Name ?? Bare(value) };
            case "/IBAN/":
                return details with { Account = details.Account ?? Bare(value) };
            case "/CNTP/":
                var parts = value.ToString().Split('/');
                return details with
                {
                    Account = Clean.Text(parts[0]),
                    Name = parts.Length > 2 ? Clean.Text(parts[2]) : null,
                };
            case "/RTRN/":
                return details with { ReturnReason = Bare(value) };
            case "/REMI/":
                return Remittance(details, value);
            default:
                return details;
        }
    }

    // USTD//text, STRD/kind/reference, or the text itself.
    private static Mt940Details Remittance(Mt940Details details, ReadOnlySpan<char> value)
    {
        if (value.StartsWith("USTD"))
            return details with { Text = Bare(value[4..].TrimStart(" /")) };
        if (!value.StartsWith("STRD/"))
            return details with { Text = Bare(value) };
        var structured = value[5..];
        var kind = structured.IndexOf('/');
        return details with { Reference = Bare(kind < 0 ? structured : structured[(kind + 1)..]) };
    }

    private static string? Bare(ReadOnlySpan<char> value) => Clean.Text(value.Trim().TrimEnd('/').ToString());

    private static int NextWord(string text, int from, out string word)
    {
        // The slash that ends a value may begin the next word.
        for (var at = text.IndexOf('/', Math.Max(from - 1, 0)); at >= 0; at = text.IndexOf('/', at + 1))
        {
            if (at >= from && WordAt(text, at) is { } found)
            {
                word = found;
                return at;
            }
        }

        word = "";
        return -1;
    }

    private static string? WordAt(string text, int at) =>
        Array.Find(Words, word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0);
}
