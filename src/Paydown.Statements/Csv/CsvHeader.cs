using System.Text;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>Finds the line of a CSV file that names its columns, and the profile that fits them.</summary>
internal static class CsvHeader
{
    // Banks write an address, a period and balances above it.
    private const int LinesMax = 60;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private static readonly CsvProfile Usual = new() { Name = "usual column names" };

    /// <summary>Finds the header.</summary>
    /// <exception cref="StatementFaultException">No line has the columns that a statement needs.</exception>
    public static CsvLayout Find(Stream stream, Encoding encoding, StatementReading reading, CsvNames? names = null)
    {
        IReadOnlyList<string> widest = [];
        var line = 1;
        char[] delimiters = reading.Profile?.Delimiter is { } given ? [given] : Delimiters;
        foreach (var delimiter in delimiters)
        {
            stream.Position = 0;
            var records = new CsvRecords(new TextLines(stream, encoding), delimiter);
            var preamble = new CsvPreamble();
            for (var read = 0; read < LinesMax && TryNext(records); read++)
            {
                var bare = records.Cells.Select(CsvWords.Bare).ToList();
                if (Profile(bare, reading.Profile, names) is var (profile, roles))
                    return new CsvLayout
                    {
                        Encoding = encoding,
                        Delimiter = delimiter,
                        HeaderLine = records.Line,
                        Header = [.. records.Cells],
                        Profile = profile,
                        Roles = roles,
                        Preamble = preamble,
                    };
                preamble.Take(records.Cells);
                if (bare.Count(cell => cell.Length > 0) > widest.Count)
                    (widest, line) = ([.. records.Cells.Where(cell => cell.Length > 0)], records.Line);
            }
        }

        throw Missing(widest, line, reading.Profile, names);
    }

    // With the wrong delimiter, a quotation mark may not close.
    private static bool TryNext(CsvRecords records)
    {
        try
        {
            return records.Next();
        }
        catch (StatementFaultException)
        {
            return false;
        }
    }

    // A given profile, else the known bank that names most of the columns, else the usual names.
    private static (CsvProfile Profile, Dictionary<CsvRole, int> Roles)? Profile(
        List<string> bare,
        CsvProfile? given,
        CsvNames? names
    )
    {
        if (names is not null)
            return Roles(bare, names) is { } sought ? (given ?? Usual, sought) : null;
        if (given is not null)
            return Roles(bare, given) is { } named ? (given, named) : null;
        if (Roles(bare, Usual) is not { } roles)
            return null;
        var bank = CsvWords
            .Banks.Where(bank => bank.Has.All(name => bare.Contains(CsvWords.Bare(name))))
            .MaxBy(bank => bank.Has.Count);
        return bank is null ? (Usual, roles) : (bank, Roles(bare, bank) ?? roles);
    }

    // A statement needs a day and an amount.
    private static Dictionary<CsvRole, int>? Roles(List<string> bare, CsvProfile profile)
    {
        var roles = Roles(
            bare,
            role =>
                role == CsvRole.Commission ? []
                : profile.Columns is { } columns ? Named(columns, role)
                : CsvWords.All.Columns[role]
        );
        if (profile.Columns is null)
            AddByParts(bare, roles);
        // A column "Value" beside debit and credit is a day.
        if (
            profile.Columns is null
            && roles.ContainsKey(CsvRole.Debit)
            && roles.ContainsKey(CsvRole.Credit)
            && roles.Remove(CsvRole.Amount, out var value)
            && bare[value] == "value"
        )
            roles.TryAdd(CsvRole.ValueOn, value);
        var hasAmount =
            roles.ContainsKey(CsvRole.Amount) || roles.ContainsKey(CsvRole.Debit) || roles.ContainsKey(CsvRole.Credit);
        return roles.ContainsKey(CsvRole.BookedOn) && hasAmount ? roles : null;
    }

    private static Dictionary<CsvRole, int>? Roles(List<string> bare, CsvNames names)
    {
        var roles = Roles(bare, role => names.Names.GetValueOrDefault(role, []));
        return names.Required.All(roles.ContainsKey) ? roles : null;
    }

    private static Dictionary<CsvRole, int> Roles(List<string> bare, Func<CsvRole, string[]> namesOf)
    {
        var roles = new Dictionary<CsvRole, int>();
        foreach (var role in Enum.GetValues<CsvRole>())
        {
            foreach (var name in namesOf(role))
            {
                if (bare.IndexOf(name) is >= 0 and var at && !roles.ContainsValue(at))
                {
                    roles[role] = at;
                    break;
                }
            }
        }

        return roles;
    }

    // The amount of a row is either one column or two.
    private static void AddByParts(List<string> bare, Dictionary<CsvRole, int> roles)
    {
        foreach (var (role, parts) in CsvWords.All.Parts)
        {
            if (
                roles.ContainsKey(role)
                || (role is CsvRole.Debit or CsvRole.Credit && roles.ContainsKey(CsvRole.Amount))
            )
                continue;
            var at = bare.FindIndex(name => parts.Any(part => name.Contains(part, StringComparison.Ordinal)));
            if (at >= 0 && !roles.ContainsValue(at) && !bare[at].StartsWith("value", StringComparison.Ordinal))
                roles[role] = at;
        }
    }

    private static string[] Named(CsvColumns columns, CsvRole role)
    {
        var name = role switch
        {
            CsvRole.BookedOn => columns.BookedOn,
            CsvRole.ValueOn => columns.ValueOn,
            CsvRole.Amount => columns.Amount,
            CsvRole.Side => columns.Side,
            CsvRole.Debit => columns.Debit,
            CsvRole.Credit => columns.Credit,
            CsvRole.Balance => columns.Balance,
            CsvRole.Text => columns.Text,
            CsvRole.Description => columns.Description,
            CsvRole.Reference => columns.Reference,
            CsvRole.BankReference => columns.BankReference,
            CsvRole.EndToEndId => columns.EndToEndId,
            CsvRole.CounterpartyName => columns.CounterpartyName,
            CsvRole.CounterpartyAccount => columns.CounterpartyAccount,
            CsvRole.Account => columns.Account,
            CsvRole.Currency => columns.Currency,
            _ => columns.Status,
        };
        return name is null ? [] : [CsvWords.Bare(name)];
    }

    private static StatementFaultException Missing(
        IReadOnlyList<string> found,
        int line,
        CsvProfile? profile,
        CsvNames? names
    )
    {
        var looked =
            names is not null ? string.Join(", ", names.Required.Select(role => names.Names[role][0]))
            : profile?.Columns is { } columns
                ? string.Join(", ", Enum.GetValues<CsvRole>().SelectMany(role => Named(columns, role)))
            : "a day (for example Date, Trans Date, Buchungstag) and an amount (for example Debit and Credit, Amount, Betrag)";
        var seen = AmountText.Shown(string.Join(", ", found), 300);
        return new StatementFaultException(
            $"No line names the columns of a {(names is null ? "statement" : "collector's file")}. Looked for: {looked}. Found: {seen}. Give a profile that maps them.",
            line
        );
    }
}
