using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Camt;

/// <summary>
/// Makes entries of a booking: one per detail if all details have amounts that add up to the booking, else one of the
/// booked sum. So one booking is never counted twice, and never in part.
/// </summary>
internal static class CamtBooking
{
    /// <summary>The entries of a booking that was checked.</summary>
    /// <param name="booking">The booking; it has an amount, a side, a day and a status.</param>
    /// <param name="account">The account of the statement; null if it has none.</param>
    /// <param name="given">The account that the caller gave, if any.</param>
    public static IEnumerable<StatementEntry> Entries(CamtEntry booking, string? account, string? given)
    {
        var own = (account ?? given) is { } number ? Clean.Account(number) : null;
        var booked = Signed(booking.Amount!.Value, booking.IsCredit!.Value);
        if (booking.Details.Count <= 1)
        {
            var only = booking.Details.FirstOrDefault();
            var differs =
                (only?.Amount ?? only?.TransactionAmount) is { } amount && Signed(amount, only!, booking) != booked;
            return [Entry(booking, booked, only, own) with { DetailsDiffer = differs }];
        }

        if (booking.Details.Exists(detail => AmountOf(detail) is null))
            return [Entry(booking, booked, null, own)];
        var parts = booking.Details.ConvertAll(detail => Signed(AmountOf(detail)!.Value, detail, booking));
        return Money.Sum(parts, booked.Currency) == booked
            ? booking.Details.Zip(parts, (detail, part) => Entry(booking, part, detail, own))
            : [Entry(booking, booked, null, own) with { DetailsDiffer = true }];
    }

    private static Money? AmountOf(CamtDetail detail) =>
        detail.Amount ?? detail.TransactionAmount ?? detail.InstructedAmount;

    private static Money Signed(Money amount, bool isCredit) => isCredit ? amount : -amount;

    private static Money Signed(Money amount, CamtDetail detail, CamtEntry booking) =>
        Signed(amount, detail.IsCredit ?? booking.IsCredit!.Value);

    private static StatementEntry Entry(CamtEntry booking, Money amount, CamtDetail? detail, string? own)
    {
        var other = detail is null ? null : OtherSide(detail, own, booking.IsCredit!.Value);
        return new StatementEntry
        {
            BookedOn = (booking.BookedOn ?? booking.ValueOn)!.Value,
            ValueOn = (booking.ValueOn ?? booking.BookedOn)!.Value,
            Amount = amount,
            Status = booking.Status!.Value,
            IsReversal = booking.IsReversal,
            Reference = detail?.References.FirstOrDefault(),
            Text = TextOf(detail) ?? booking.Description,
            CounterpartyName = other?.Name,
            CounterpartyAccount = other?.Account,
            BankReference = detail?.BankReference ?? booking.BankReference,
            BookingReference = detail is null ? null : booking.BankReference,
            EndToEndId = detail?.EndToEndId,
            TransactionCode = detail?.TransactionCode ?? booking.TransactionCode,
            ReturnReason = detail?.ReturnReason,
            Line = booking.Line,
        };
    }

    // Further references stay visible: a payment of two loans must not look like one of the first.
    private static string? TextOf(CamtDetail? detail)
    {
        if (detail is null)
            return null;
        var text = detail.Text ?? detail.StructuredText;
        if (detail.References.Count > 1)
            text = string.Join(' ', detail.References.Skip(1).Prepend(text ?? detail.References[0]));
        return text ?? detail.Description;
    }

    // The roles of a return stay those of the transfer, so the accounts decide before the side does.
    private static CamtParty OtherSide(CamtDetail detail, string? own, bool isCredit)
    {
        bool IsOwn(CamtParty party) => own is not null && party.Account is { } account && Clean.Account(account) == own;
        var (debtor, creditor) = (detail.Debtor, detail.Creditor);
        if (IsOwn(debtor) != IsOwn(creditor))
            return IsOwn(debtor) ? creditor : debtor;
        var (usual, other) = isCredit ? (debtor, creditor) : (creditor, debtor);
        // A returned direct debit names the debtor alone.
        return usual is { Name: null, Account: null } && other.Account is not null && !IsOwn(other) ? other : usual;
    }
}
