using Paydown.Lending.Identifiers;

namespace Paydown.Lending.Loans;

/// <summary>
/// Ids of events that the replay makes itself: always the same for the same loan, so they can be reversed, waived and
/// posted like recorded ones. Made from the id of the disbursement by changing its last bytes.
/// </summary>
public static class DerivedId
{
    /// <summary>The automatic down payment of a disbursement.</summary>
    public static LoanEventId DownPayment(LoanEventId disbursementId) => Derive(disbursementId, 0xD0, 0);

    /// <summary>The overdue penalty of an installment.</summary>
    /// <param name="disbursementId">The first disbursement of the loan.</param>
    /// <param name="installmentNumber">Counted from 1.</param>
    /// <param name="repetition">Counted from 0, the first penalty of the installment.</param>
    public static LoanEventId Penalty(LoanEventId disbursementId, int installmentNumber, int repetition = 0) =>
        Derive(disbursementId, 0x9E, installmentNumber, repetition);

    /// <summary>The payment that a payoff quote tries; never recorded.</summary>
    internal static LoanEventId Payoff(LoanEventId disbursementId) => Derive(disbursementId, 0xF0, 0);

    /// <summary>The waiver that finds what is unpaid; never recorded.</summary>
    internal static LoanEventId Waiver(LoanEventId disbursementId) => Derive(disbursementId, 0x3A, 0);

    /// <summary>The nth event of a loan that is only computed; never recorded.</summary>
    public static LoanEventId Trial(int number) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private static LoanEventId Derive(LoanEventId id, byte kind, int number, int repetition = 0)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes);
        bytes[15] ^= kind;
        bytes[14] ^= (byte)(number & 0xFF);
        bytes[13] ^= (byte)(number >> 8);
        bytes[12] ^= (byte)(repetition & 0xFF);
        bytes[11] ^= (byte)(repetition >> 8);
        return new(new Guid(bytes));
    }
}
