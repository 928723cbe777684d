using Paydown.Lending.Statements;

namespace Paydown.Lending.Matching;

/// <summary>
/// How the charges of a bank are recognised: by the bank's transaction code, or by words in an entry without another
/// side. A payment to somebody is never a charge, whatever its text says.
/// </summary>
/// <param name="Phrases">Words and phrases in upper case. Each must stand as whole words.</param>
public sealed record BankChargeWords(IReadOnlyList<string> Phrases)
{
    // ISO 20022 sub-families of charges, commissions and taxes; SWIFT transaction types of MT940; a BAI2 type.
    private static readonly string[] ChargeCodes =
    [
        "CHRG",
        "COMM",
        "COMT",
        "FEES",
        "TAXE",
        "NCHG",
        "NCOM",
        "SCHG",
        "FCHG",
        "698",
    ];

    private static readonly string[] InterestCodes = ["INTR", "NINT", "SINT", "FINT", "354"];

    /// <summary>The words of many banks.</summary>
    public static BankChargeWords Common { get; } =
        new([
            "COMMISSION",
            "COMMISSIONS",
            "VAT",
            "STAMP DUTY",
            "STAMPDUTY",
            "ELECTRONIC MONEY TRANSFER LEVY",
            "EMTL",
            "SMS",
            "WITHHOLDING TAX",
            "MAINTENANCE FEE",
            "MAINTENANCE FEES",
            "ACCOUNT FEE",
            "SERVICE CHARGE",
            "SERVICE CHARGES",
            "BANK CHARGE",
            "BANK CHARGES",
            "CHARGES",
            "KONTOFUEHRUNG",
            "KONTOFÜHRUNG",
            "ENTGELTABSCHLUSS",
        ]);

    /// <summary>The code or phrase by which an entry is a charge; null if it is none.</summary>
    public string? FindCharge(StatementEntry entry)
    {
        if (CodeIn(entry, ChargeCodes) is { } code)
            return code;
        if (entry.CounterpartyAccount is not null || entry.CounterpartyName is not null || entry.Text is not { } text)
            return null;
        var words = $" {string.Join(' ', WordsOf(text))} ";
        return Phrases.FirstOrDefault(phrase => words.Contains($" {phrase} ", StringComparison.Ordinal));
    }

    /// <summary>The code by which an entry is interest of the bank; null if it is none. Words do not decide.</summary>
    public static string? FindInterest(StatementEntry entry) =>
        entry.CounterpartyAccount is null ? CodeIn(entry, InterestCodes) : null;

    private static string? CodeIn(StatementEntry entry, string[] codes) =>
        (entry.TransactionCode ?? "").Split('/', '+', ' ').FirstOrDefault(codes.Contains);

    private static string[] WordsOf(string text) =>
        string.Concat(text.Select(c => char.IsLetter(c) ? char.ToUpperInvariant(c) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
