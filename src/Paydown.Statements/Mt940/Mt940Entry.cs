using System.Buffers;
using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Mt940;

/// <summary>A booking: the field :61: with its second line, and the texts (:86:) that follow it.</summary>
internal sealed class Mt940Entry
{
    private const int CodeLength = 4;
    private const int TextMax = 64 * 1024;

    private static readonly SearchValues<char> AmountLetters = SearchValues.Create("0123456789,.");

    private readonly StatementEntry booked;
    private readonly string? reference;
    private readonly string? supplement;
    private readonly List<string> lines = [];
    private int length;

    private Mt940Entry(StatementEntry booked, string? reference, string? supplement)
    {
        (this.booked, this.reference, this.supplement) = (booked, reference, supplement);
    }

    /// <summary>
    /// Reads :61:. Day, booking day, side, amount, kind, reference // bank's reference; then a second line.
    /// </summary>
    public static Mt940Entry Read(Mt940Field field, Currency currency)
    {
        var text = field.First.AsSpan().TrimEnd();
        var valueOn = Mt940Values.Day(text, field.Number, field.Tag);
        text = text[Mt940Values.DayLength..];
        var bookedOn = BookingDay(ref text, valueOn, field);
        var (isCredit, isReversal, isExpected) = Side(ref text, field);
        var end = text.IndexOfAnyExcept(AmountLetters);
        var amount = Mt940Values.Amount(end < 0 ? text : text[..end], currency, field);
        text = end < 0 ? default : text[end..].TrimStart();
        var code = text[..Math.Min(text.Length, CodeLength)].Trim().ToString();
        text = text.Length > CodeLength ? text[CodeLength..] : default;
        var slashes = text.IndexOf("//");
        var entry = new StatementEntry
        {
            BookedOn = bookedOn,
            ValueOn = valueOn,
            Amount = isCredit ? amount : -amount,
            Status = isExpected ? EntryStatus.Pdng : EntryStatus.Book,
            IsReversal = isReversal,
            BankReference = slashes < 0 ? null : Clean.Reference(text[(slashes + 2)..].ToString()),
            TransactionCode = Clean.Text(code),
            Line = field.Number,
        };
        var ownReference = Clean.Reference((slashes < 0 ? text : text[..slashes]).ToString());
        return new Mt940Entry(entry, ownReference, Clean.Text(string.Join('\n', field.Lines.Skip(1))));
    }

    /// <summary>Adds a text. Some banks write several for one booking.</summary>
    public void AddText(List<string> text)
    {
        foreach (var line in text)
        {
            length += line.Length;
            if (length > TextMax)
                throw new StatementFaultException(
                    $"The text of the entry is longer than {TextMax} characters.",
                    booked.Line,
                    ":86:"
                );
            lines.Add(line);
        }
    }

    /// <summary>The entry with all that its texts say.</summary>
    public StatementEntry Finish()
    {
        var details = Mt940Details.Read(lines, supplement);
        return booked with
        {
            Text = WithReference(Clean.Text(details.Text) ?? Described()),
            Reference = Clean.Reference(details.Reference),
            CounterpartyName = Clean.Text(details.Name),
            CounterpartyAccount = Clean.Text(details.Account),
            EndToEndId = Clean.Reference(details.EndToEndId),
            TransactionCode = details.Code ?? booked.TransactionCode,
            ReturnReason = Clean.Text(details.ReturnReason),
        };
    }

    // Without a text, the second line says what it is; unless it only has codes.
    private string? Described() => lines.Count == 0 && supplement is not ['/', ..] ? supplement : null;

    // The reference for the account's owner may be the loan's. It has no other place here.
    private string? WithReference(string? text)
    {
        var isWord =
            reference is null || reference.EndsWith("REF", StringComparison.Ordinal) || reference.EndsWith('+');
        return isWord || text?.Contains(reference!, StringComparison.Ordinal) == true ? text
            : text is null ? reference
            : $"{text} {reference}";
    }

    private static DateOnly BookingDay(ref ReadOnlySpan<char> text, DateOnly valueOn, Mt940Field field)
    {
        if (text.IsEmpty || !char.IsAsciiDigit(text[0]))
            return valueOn;
        if (
            Mt940Values.TwoDigits(text) is not { } month
            || Mt940Values.TwoDigits(text[2..]) is not { } day
            || Mt940Values.DayNear(valueOn, month, day) is not { } near
        )
            throw Mt940Values.Fault(
                $"'{AmountText.Shown(text[..Math.Min(text.Length, 4)])}' is not a booking day; write it as MMDD.",
                field
            );
        text = text[4..];
        return near;
    }

    // C, D; RC and RD take one back; EC and ED are expected. A further letter is the third one of the currency.
    private static (bool IsCredit, bool IsReversal, bool IsExpected) Side(ref ReadOnlySpan<char> text, Mt940Field field)
    {
        var first = text.IsEmpty ? ' ' : text[0];
        var (isReversal, isExpected) = (first == 'R', first == 'E');
        if (isReversal || isExpected)
            text = text[1..];
        if (text is not ['C' or 'D', ..])
            throw Mt940Values.Fault(
                $"'{AmountText.Shown(text)}' does not say the side; write C, D, RC or RD before the amount.",
                field
            );
        var isCredit = text[0] == 'C';
        text = text[1..];
        if (!text.IsEmpty && char.IsAsciiLetter(text[0]))
            text = text[1..];
        return (isCredit != isReversal, isReversal, isExpected);
    }
}
