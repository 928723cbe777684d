namespace Paydown.Lending.Interest;

/// <summary>
/// Finds what closes a loan whose schedule follows the payment that closes it: the amount is tried, and corrected by
/// what it leaves. If the corrections run in a circle, the interval between too little and too much is halved.
/// </summary>
internal static class ClosingSearch
{
    // By then any 63 bits have been halved away.
    private const int AttemptsMax = 100;

    /// <summary>
    /// The amount that leaves nothing, or the least one that leaves money over, in minor units; null if none is found.
    /// </summary>
    /// <param name="first">The first amount to try.</param>
    /// <param name="leftAfter">What is owed after paying an amount; negative if money is left over.</param>
    public static long? Find(long first, Func<long, long> leftAfter)
    {
        var (amount, tooLittle, tooMuch) = (first, 0L, long.MaxValue);
        for (var attempt = 0; attempt < AttemptsMax && amount > 0; attempt++)
        {
            var left = leftAfter(amount);
            if (left == 0)
                return amount;
            if (left > 0)
                tooLittle = Math.Max(tooLittle, amount);
            else
                tooMuch = Math.Min(tooMuch, amount);
            if (tooMuch - tooLittle == 1)
                break;
            amount += left;
            if (amount <= tooLittle || amount >= tooMuch)
                amount = tooLittle + (tooMuch - tooLittle) / 2;
        }

        return tooMuch == long.MaxValue ? null : tooMuch;
    }
}
