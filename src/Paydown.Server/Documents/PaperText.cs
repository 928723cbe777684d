using System.Globalization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Pdf;

namespace Paydown.Server.Documents;

/// <summary>How documents write amounts, dates and words, and how they are sent.</summary>
internal static class PaperText
{
    // Other currencies are written with their code.
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["NGN"] = "₦",
        ["EUR"] = "€",
        ["INR"] = "₹",
        ["USD"] = "$",
        ["GBP"] = "£",
        ["JPY"] = "¥",
        ["KRW"] = "₩",
    };

    /// <summary>An amount with its currency: <c>₦1,234.50</c> or <c>KES 1,234.50</c>.</summary>
    public static string Amount(Money amount)
    {
        var currency = Symbols.GetValueOrDefault(amount.Currency.Code, amount.Currency.Code + "\u00a0");
        return (amount.MinorUnits < 0 ? "−" : "") + currency + Digits(amount).TrimStart('−');
    }

    /// <summary>An amount in a column whose currency is known: <c>1,234.50</c>.</summary>
    public static string Digits(Money amount) =>
        amount.Major.ToString($"N{amount.Currency.FractionDigits}", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A day: <c>15 Feb 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>An instant in the lender's time zone: <c>15 Feb 2026, 14:05</c>.</summary>
    public static string Instant(DateTimeOffset instant, Organisation organisation) =>
        TimeZoneInfo
            .ConvertTime(instant, organisation.TimeZone)
            .ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A word of the API for people: <c>BANK_TRANSFER</c> is <c>Bank transfer</c>.</summary>
    public static string Word(string word) => word[..1] + word[1..].Replace('_', ' ').ToLowerInvariant();

    /// <inheritdoc cref="Word(string)"/>
    public static string Word<T>(T value)
        where T : struct, Enum => Word(Words.Write(value));

    /// <summary>Adds how to reach the lender.</summary>
    public static void Contact(Paper paper, Organisation organisation)
    {
        var contact = organisation.Contact;
        paper.Paragraph($"Questions: {contact.Email}, {contact.Phone} ({contact.Hours}).");
    }

    /// <summary>Sends a finished document.</summary>
    public static Answer Send(Paper paper, string fileName)
    {
        var bytes = paper.ToBytes();
        return Answer.File(
            "application/pdf",
            fileName,
            async (body, aborted) => await body.WriteAsync(bytes, aborted),
            bytes.Length
        );
    }
}
